import { expect, test } from "vitest";
import type { Env } from "../../src/env.ts";
import { bearer, brokenDatabase, fetchWith, get, KEY, post, register } from "./http-support.ts";
import { connectWith, socketHeaders } from "./socket-support.ts";

const ON_EVERY_ANSWER = {
  "x-content-type-options": "nosniff",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "referrer-policy": "no-referrer",
};

function expectSecured(headers: Headers): void {
  for (const [name, value] of Object.entries(ON_EVERY_ANSWER)) expect([name, headers.get(name)]).toEqual([name, value]);
}

test.each<[status: number, path: string, headers: Record<string, string>, changes: Partial<Env>]>([
  [200, "/healthz", {}, {}],
  [200, "/openapi.json", {}, {}],
  [200, "/metrics", KEY, {}],
  [401, "/matchmaking/queue/somebody", {}, {}],
  [401, "/matchmaking/ws", { upgrade: "websocket", "sec-websocket-protocol": "muster.v1" }, {}],
  [426, "/matchmaking/ws", {}, {}],
  [404, "/nowhere", {}, {}],
  [422, "/players/leaderboard?limit=0", {}, {}],
  [503, "/healthz", {}, { API_KEY: "short" }],
])("an answer with %s to %s cannot be taken for a page", async (status, path, headers, changes) => {
  const answer = await fetchWith(changes, path, { headers });
  expect(answer.status).toBe(status);
  expectSecured(answer.headers);
});

test("nor can one that failed", async () => {
  const init = { method: "POST", headers: { "content-type": "application/json" }, body: '{"username":"ada"}' };
  const answer = await fetchWith({ DB: brokenDatabase() }, "/players/register", init);
  expect(answer.status).toBe(503);
  expectSecured(answer.headers);
});

test("production tells browsers to come over TLS only, development does not", async () => {
  expect((await get("/healthz")).headers.get("strict-transport-security")).toBeNull();
  for (const environment of ["production", "staging"]) {
    const { headers } = await fetchWith({ ENVIRONMENT: environment }, "/healthz");
    expect(headers.get("strict-transport-security")).toBe("max-age=31536000");
  }
});

test("what is answered to a credential, and every token, is kept by no cache", async () => {
  const { player_id, access_token } = await register();
  const answers = [
    await post("/players/register", { username: "ada" }),
    await post("/players/token", {}, bearer(access_token)),
    await get(`/matchmaking/queue/${player_id}`, bearer(access_token)),
    await get(`/matchmaking/queue/${player_id}`, KEY),
    await get("/modes", bearer("gibberish")),
    await get("/metrics", KEY),
  ];
  for (const { headers } of answers) expect(headers.get("cache-control")).toBe("no-store");
  expect((await get("/modes")).headers.get("cache-control")).toBeNull();
});

test("a socket opens although its answer's headers cannot be changed", async () => {
  const { access_token } = await register();
  const response = await connectWith(socketHeaders(access_token));
  expect(response.status).toBe(101);
  expect(response.headers.get("sec-websocket-protocol")).toBe("muster.v1");
});
