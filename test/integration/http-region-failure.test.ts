import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { expectProblem, fetchWith, KEY, register } from "./http-support.ts";
import { socketHeaders } from "./socket-support.ts";

interface Failure {
  readonly retryable?: boolean;
  readonly overloaded?: boolean;
}

/** The regions, whose `stateOf` fails in the given ways first; `failures` is emptied as they happen. */
function failingRegions(failures: Failure[]): typeof env.REGION {
  const getByName = (name: string) => {
    const stub = env.REGION.getByName(name);
    const stateOf = async (playerId: string) => {
      const failure = failures.shift();
      if (failure !== undefined) throw Object.assign(new Error("the object's own words"), failure);
      return stub.stateOf(playerId);
    };
    return new Proxy(stub, { get: (target, key) => (key === "stateOf" ? stateOf : Reflect.get(target, key)) });
  };
  return new Proxy(env.REGION, {
    get: (target, key) => (key === "getByName" ? getByName : Reflect.get(target, key)),
  });
}

async function askWhile(failures: Failure[]) {
  const { player_id } = await register();
  return fetchWith({ REGION: failingRegions(failures) }, `/matchmaking/queue/${player_id}`, { headers: KEY });
}

test("a call that fails on its way is made once more", async () => {
  expect((await askWhile([{ retryable: true }])).status).toBe(200);
});

test("a call that fails twice is 503, with a time to come back and nothing from inside", async () => {
  const failures: Failure[] = [{ retryable: true }, { retryable: true }, { retryable: true }];
  const answer = await askWhile(failures);
  expectProblem(answer, 503, "region_unavailable");
  expect(answer.headers.get("retry-after")).toBe("2");
  expect(JSON.stringify(answer.body)).not.toContain("the object's own words");
  expect(failures).toHaveLength(1);
});

test.each([
  [{ retryable: true, overloaded: true }, "overloaded"],
  [{ retryable: false }, "region_unavailable"],
  [{}, "region_unavailable"],
])("a call that fails as %j is not repeated, and is %s", async (failure, reason) => {
  const failures = [failure, failure];
  const answer = await askWhile(failures);
  expectProblem(answer, 503, reason);
  expect(Number(answer.headers.get("retry-after"))).toBeGreaterThanOrEqual(2);
  expect(failures).toHaveLength(1);
});

test("an object that the platform calls overloaded is asked for no second socket", async () => {
  const { access_token } = await register();
  let connects = 0;
  const fetchOf = async () => {
    connects += 1;
    throw Object.assign(new Error("too many requests"), { retryable: true, overloaded: true });
  };
  const REGION = new Proxy(env.REGION, {
    get: (target, key) => (key === "getByName" ? () => ({ fetch: fetchOf }) : Reflect.get(target, key)),
  });
  const answer = await fetchWith({ REGION }, "/matchmaking/ws", { headers: socketHeaders(access_token) });
  expectProblem(answer, 503, "overloaded");
  expect(connects).toBe(1);
});

test.each([
  ["of the release before, which says nothing", null, "too_many_sockets"],
  ["of the release to come", { reason: "out_of_season" }, "region_unavailable"],
])("a socket that a region %s does not open is 503", async (_, body, reason) => {
  const { access_token } = await register();
  const refuse = async () =>
    body === null ? new Response(null, { status: 503 }) : Response.json(body, { status: 503 });
  const REGION = new Proxy(env.REGION, {
    get: (target, key) => (key === "getByName" ? () => ({ fetch: refuse }) : Reflect.get(target, key)),
  });
  const answer = await fetchWith({ REGION }, "/matchmaking/ws", { headers: socketHeaders(access_token) });
  expectProblem(answer, 503, reason);
  expect(answer.headers.has("retry-after")).toBe(true);
});

/** What a region of the release before says to a call that it does not know: here the object has none of them at all. */
const OLD_REGIONS = new Proxy(env.REGION, {
  get: (target, key) =>
    key === "getByName" ? (name: string) => env.METRICS_HUB.getByName(name) : Reflect.get(target, key),
});
const MATCH = "/matchmaking/match/01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW";

test.each([
  ["POST", `${MATCH}/accept`, { player_id: crypto.randomUUID(), round: 1 }],
  ["POST", `${MATCH}/decline`, { player_id: crypto.randomUUID(), round: 1 }],
  ["POST", `${MATCH}/assignment`, { connection: { host: "203.0.113.7" } }],
  ["POST", `${MATCH}/backfill`, { places: { teamA: 1 } }],
  ["GET", `${MATCH}/backfill`, undefined],
  ["DELETE", `${MATCH}/backfill`, undefined],
])("while a deploy is under way, a region that does not know a call yet is 503: %s %s", async (method, path, body) => {
  const headers = { ...KEY, "content-type": "application/json" };
  const init = { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) };
  const answer = await fetchWith({ REGION: OLD_REGIONS }, path, init);
  expectProblem(answer, 503, "region_unavailable");
  expect(answer.headers.get("retry-after")).toBe("2");
});
