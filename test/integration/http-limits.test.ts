import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/core/limits.ts";
import { expectProblem, fetchWith, get, KEY, postText } from "./http-support.ts";

const HOST = "http://muster";

/** An address of exactly so many characters. */
function pathOf(length: number): string {
  const path = "/healthz?padding=";
  return path + "x".repeat(length - HOST.length - path.length);
}

describe("an address", () => {
  it("may be as long as the limit, and no longer", async () => {
    expect(await get(pathOf(LIMITS.urlCharacters))).toMatchObject({ status: 200 });
    expectProblem(await get(pathOf(LIMITS.urlCharacters + 1)), 414, "url_too_long");
  });
});

describe("a header that is read", () => {
  it.each(["authorization", "x-api-key", "x-idempotency-key", "sec-websocket-protocol"])(
    "%s may be as long as the limit, and no longer",
    async (name) => {
      const within = await get("/modes", { [name]: "x".repeat(LIMITS.headerCharacters) });
      expect(within.status).not.toBe(431);
      const beyond = await get("/modes", { [name]: "x".repeat(LIMITS.headerCharacters + 1) });
      expectProblem(beyond, 431, "header_too_large");
    },
  );

  it("is refused before a socket is opened", async () => {
    const protocol = `muster.v1, bearer.${"x".repeat(LIMITS.headerCharacters)}`;
    const answer = await get("/matchmaking/ws", { upgrade: "websocket", "sec-websocket-protocol": protocol });
    expectProblem(answer, 431, "header_too_large");
  });
});

describe("a body", () => {
  it("that does not say its length may be no larger either", async () => {
    const answerTo = (bytes: number) => {
      const body = new Response(`{"padding":"${"x".repeat(bytes - '{"padding":""}'.length)}"}`).body;
      const headers = { ...KEY, "content-type": "application/json" };
      return fetchWith({}, "/matchmaking/queue", { method: "POST", body, headers });
    };
    expect((await answerTo(LIMITS.bodyBytes)).status).toBe(422);
    expectProblem(await answerTo(LIMITS.bodyBytes + 1), 413, "body_too_large");
  });

  it("may be as large as the limit, and no larger", async () => {
    const body = (bytes: number) => `{"padding":"${"x".repeat(bytes - '{"padding":""}'.length)}"}`;
    const within = await postText("/matchmaking/queue", body(LIMITS.bodyBytes), KEY);
    expect(within.status).not.toBe(413);
    const beyond = await postText("/matchmaking/queue", body(LIMITS.bodyBytes + 1), KEY);
    expectProblem(beyond, 413, "body_too_large");
  });
});
