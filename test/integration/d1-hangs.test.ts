import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import { DatabaseHealth, guardDatabase } from "../../src/db/guarded-database.ts";
import { Log } from "../../src/log.ts";
import { RegionNotices } from "../../src/results/region-notices.ts";
import { bearer, expectProblem, fetchWith, register } from "./http-support.ts";
import { LostDatabase } from "./lost-database.ts";
import { playersInMatch } from "./region-support.ts";
import { aResult, consume, registerPlayers, ToldRegion } from "./results-support.ts";

const SHORT = { readMs: 30, writeMs: 30 };
const JSON_BODY = { "content-type": "application/json" };

test("reads that need D1 are 503 with a time to come back, and after the first nobody waits for the time limit", async () => {
  const hanging = new LostDatabase(env.DB);
  const unknownMatch = "/matchmaking/match/01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW";
  for (const path of ["/matchmaking/matches/latest", unknownMatch, "/matchmaking/matches/latest", unknownMatch]) {
    const answer = await fetchWith({ DB: hanging.db }, path);
    expectProblem(answer, 503, "database_unavailable");
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
  }
  // The first call only: the others come within the second in which nothing passes.
  expect(hanging.calls).toBe(1);
});

test("a live match is shown from its region", async () => {
  const hanging = new LostDatabase(env.DB);
  const { matchId } = await playersInMatch("KR");
  const answer = await fetchWith({ DB: hanging.db }, `/matchmaking/match/${matchId}`);
  expect(answer.body).toMatchObject({ match_id: matchId, status: "pending" });
});

test("who holds a token queues, asks and leaves without D1, once the region knows them", async () => {
  const hanging = new LostDatabase(env.DB);
  const changes = { DB: hanging.db };
  const { player_id, access_token } = await register("OCE");
  const headers = { ...bearer(access_token), ...JSON_BODY };
  const enqueue = { method: "POST", headers, body: JSON.stringify({ player_id }) };
  const path = `/matchmaking/queue/${player_id}`;
  for (const changed of [{}, changes]) {
    expect((await fetchWith(changed, "/matchmaking/queue", enqueue)).body).toMatchObject({ status: "enqueued" });
    expect((await fetchWith(changed, path, { headers })).body).toMatchObject({ enqueued: true });
    expect((await fetchWith(changed, path, { method: "DELETE", headers })).body).toMatchObject({ status: "dequeued" });
  }
  expect((await fetchWith(changes, "/healthz")).status).toBe(200);
  // Each of these calls comes to an isolate that has not heard yet whose tokens were taken back, and asks for that only.
  expect(hanging.calls).toBeLessThanOrEqual(3);
});

test("a registration that hangs is 503 and can be repeated with its key", async () => {
  const hanging = new LostDatabase(env.DB);
  const headers = { ...JSON_BODY, "x-idempotency-key": crypto.randomUUID() };
  const init = { method: "POST", headers, body: JSON.stringify({ username: "ada" }) };
  expectProblem(await fetchWith({ DB: hanging.db }, "/players/register", init), 503, "database_unavailable");
  expect((await fetchWith({}, "/players/register", init)).status).toBe(200);
});

test("a database that answers again is asked again", async () => {
  const hanging = new LostDatabase(env.DB);
  const db = guardDatabase(hanging.db, new DatabaseHealth(), SHORT);
  const ask = () => db.prepare("SELECT 1 AS one").first("one");
  await expect(ask()).rejects.toThrow("did not answer within 30 ms");
  await expect(ask()).rejects.toThrow("asked again soon");
  hanging.isLost = false;
  await scheduler.wait(1_001);
  expect(await ask()).toBe(1);
  expect(await db.withSession("first-unconstrained").prepare("SELECT 2 AS two").bind().raw()).toEqual([[2]]);
});

test("a batch holds guarded statements as D1 wants them, and refuses as D1 does", async () => {
  const db = guardDatabase(env.DB, new DatabaseHealth(), SHORT);
  const outcomes = await db.batch([db.prepare("SELECT ?1 AS it").bind(7), db.prepare("SELECT 8 AS it")]);
  expect(outcomes.map(({ results }) => results)).toEqual([[{ it: 7 }], [{ it: 8 }]]);
  await expect(db.batch([db.prepare("SELECT 1 FROM nowhere")])).rejects.toThrow("no such table");
  expect(await db.prepare("SELECT 9 AS it").first()).toEqual({ it: 9 });
});

test("results go back to the queue while D1 hangs, and none is acknowledged", async () => {
  const players = await registerPlayers(4);
  const hanging = new LostDatabase(env.DB);
  const db = guardDatabase(hanging.db, new DatabaseHealth(), SHORT);
  const results = [aResult(players), aResult(players)];
  const outcome = await consume(results, { db });
  expect(outcome.retryMessages).toHaveLength(2);
  expect(outcome.explicitAcks).toEqual([]);
  hanging.isLost = false;
  const region = new ToldRegion();
  expect((await consume(results, { region })).explicitAcks).toHaveLength(2);
  expect(region.outcomes).toHaveLength(2);
});

test("a region that hangs holds up neither the batch nor other regions", async () => {
  class HangingRegion extends ToldRegion {
    override rated(): Promise<void> {
      return new Promise(() => {});
    }
  }
  const other = new ToldRegion();
  const notices = new RegionNotices((name) => (name === "EUW" ? new HangingRegion() : other), new Log("off"), 30);
  const outcome = { matchId: "m", mode: "2v2", ratings: [] };
  notices.rated("EUW", outcome);
  notices.rated("NA", outcome);
  expect(await notices.send()).toEqual(new Set(["EUW"]));
  expect(other.outcomes).toEqual([outcome]);
});
