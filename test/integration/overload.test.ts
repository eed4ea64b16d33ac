import { runInDurableObject } from "cloudflare:test";
import { expect, test } from "vitest";
import { LIMITS } from "../../src/core/limits.ts";
import type { Region } from "../../src/region/region.ts";
import type { Answer } from "./http-support.ts";
import { bearer, enqueue, expectProblem, get, KEY, post, register, remove } from "./http-support.ts";
import { askedPlayers, statusOf } from "./ready-check-support.ts";
import { eventually, exportedMatch, playersInMatch, regionObject, tick } from "./region-support.ts";
import { Listener, listeningPlayers, socketHeaders } from "./socket-support.ts";

const CALLS_GO_ON = { status: 200 };

/** Ticks of the region run late, again and again. */
async function overload(region: string): Promise<void> {
  await runInDurableObject(regionObject(region), async (object: Region) => {
    for (let ticks = 0; ticks < LIMITS.lateTicks; ticks += 1) {
      const scheduledTime = Date.now() - LIMITS.lateTickMs;
      await object.alarm({ scheduledTime, retryCount: 0, isRetry: false });
    }
  });
}

function expectTurnedAway(answer: Answer<unknown>): void {
  expectProblem(answer, 503, "overloaded");
  const retryS = Number(answer.headers.get("retry-after"));
  expect(retryS).toBeGreaterThanOrEqual(3);
  expect(retryS).toBeLessThanOrEqual(9);
}

test("an overloaded region turns away new players, new parties and new sockets, and says when to come back", async () => {
  const [listening] = await listeningPlayers("EUW", 1);
  const alone = await register("EUW");
  const others = [await register("EUW"), await register("EUW")];
  await overload("EUW");

  expectTurnedAway(await enqueue(alone.player_id));
  expectTurnedAway(await enqueue(others[0]?.player_id ?? "", { party: others.map(({ player_id }) => player_id) }));
  expectTurnedAway(await post("/parties", {}, bearer(alone.access_token)));
  expectTurnedAway(await get("/matchmaking/ws", socketHeaders(alone.access_token)));
  listening?.listener.say({ type: "enqueue", ref: "mine" });
  const problem = await listening?.listener.hear("problem");
  expect(problem).toMatchObject({ reason: "overloaded", status: 503, ref: "mine" });
  expect(problem?.retry_after_s).toBeGreaterThanOrEqual(3);
  expect(await statusOf(alone)).toMatchObject({ enqueued: false });
});

test("whoever waits, is asked or plays is served as ever", async () => {
  const { matchId } = await playersInMatch("NA");
  const { players: asked, matchId: proposed } = await askedPlayers("NA");
  const [waiting, leaving] = await listeningPlayers("NA", 2);
  if (waiting === undefined || leaving === undefined) throw new Error("two were asked for");
  for (const { player_id } of [waiting, leaving]) expect(await enqueue(player_id)).toMatchObject(CALLS_GO_ON);
  const leader = await register("NA");
  const { body: party } = await post("/parties", {}, bearer(leader.access_token));
  const member = await register("NA");
  await overload("NA");

  expect(await enqueue(waiting.player_id)).toMatchObject(CALLS_GO_ON);
  expect(await statusOf(waiting)).toMatchObject({ enqueued: true });
  expect(await remove(`/matchmaking/queue/${leaving.player_id}`, KEY)).toMatchObject({ body: { status: "dequeued" } });
  await Listener.connect(waiting.access_token);
  for (const { listener } of asked.slice(0, 3)) listener.say({ type: "accept", match_id: proposed, round: 1 });
  for (const { listener } of asked.slice(0, 3)) await listener.hear("accept.receipt");
  const last = asked[3];
  const answer = { player_id: last.player_id, round: 1 };
  expect(await post(`/matchmaking/match/${proposed}/accept`, answer, KEY)).toMatchObject(CALLS_GO_ON);
  await tick("NA");
  expect(await post(`/matchmaking/match/${proposed}/assignment`, { connection: { host: "h" } }, KEY)).toMatchObject(
    CALLS_GO_ON,
  );
  expect(await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY)).toMatchObject(CALLS_GO_ON);
  expect(await post("/parties", {}, bearer(leader.access_token))).toMatchObject({ body: { code: party.code } });
  expect(await post(`/parties/${party.code}/join`, {}, bearer(member.access_token))).toMatchObject(CALLS_GO_ON);
});

test("what players and game servers say of matches and questions is taken as ever", async () => {
  const { matchId, players } = await playersInMatch("BR");
  const { players: asked, matchId: proposed } = await askedPlayers("BR");
  const [leaving] = await listeningPlayers("BR", 1);
  if (leaving === undefined) throw new Error("one was asked for");
  expect(await enqueue(leaving.player_id)).toMatchObject(CALLS_GO_ON);
  await overload("BR");

  const [accepting, declining, , cancelling] = asked;
  for (const { listener } of asked) listener.say({ type: "ack", match_id: proposed, round: 1 });
  accepting.listener.say({ type: "accept", match_id: proposed, round: 1 });
  await accepting.listener.hear("accept.receipt");
  declining.listener.say({ type: "decline", match_id: proposed, round: 1 });
  expect(await declining.listener.hear("decline.receipt")).toMatchObject({ cool_down: { offences: 1 } });
  cancelling.listener.say({ type: "cancel" });
  expect(await cancelling.listener.hear("cancel.receipt")).toMatchObject({ outcome: "dequeued" });
  leaving.listener.say({ type: "cancel" });
  expect(await leaving.listener.hear("cancel.receipt")).toMatchObject({ outcome: "dequeued" });
  for (const { listener } of asked) expect(listener.all("problem")).toEqual([]);

  const path = `/matchmaking/match/${matchId}`;
  expect(await post(`${path}/backfill`, { replaces: [players[0]] }, KEY)).toMatchObject(CALLS_GO_ON);
  expect(await post(`${path}/result`, { winner_team: "teamA" }, KEY)).toMatchObject(CALLS_GO_ON);
  await exportedMatch(matchId, "finished");
  const left = await eventually(async () => ((await regionObject("BR").match(matchId)) === null ? "confirmed" : null));
  expect(left).toBe("confirmed");
});

test("newcomers are let in again when the region has caught up, without anybody's doing", async () => {
  const alone = await register("LAS");
  await overload("LAS");
  expectTurnedAway(await enqueue(alone.player_id));
  const served = await eventually(
    async () => ((await enqueue(alone.player_id)).status === 200 ? "served" : null),
    20_000,
  );
  expect(served).toBe("served");
});

test("the API's description says of every 429 and 503 that they say when to come back", async () => {
  const { body } = await get<{ paths: Record<string, Record<string, { responses: Record<string, unknown> }>> }>(
    "/openapi.json",
  );
  const operations = Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({ name: `${method} ${path}`, responses })),
  );
  expect(operations.length).toBeGreaterThan(25);
  for (const { name, responses } of operations) {
    for (const [status, response] of Object.entries(responses).filter(([code]) => code === "429" || code === "503"))
      expect({ name, status, response }).toMatchObject({ response: { headers: { "retry-after": {} } } });
    if (name !== "get /openapi.json") expect({ name, responses }).toMatchObject({ responses: { "503": {} } });
  }
});
