import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import {
  bearer,
  brokenDatabase,
  enqueue,
  expectProblem,
  fetchWith,
  get,
  KEY,
  post,
  register,
  remove,
} from "./http-support.ts";
import { eventually, tick } from "./region-support.ts";
import { registerPlayers } from "./results-support.ts";

interface Status {
  readonly enqueued: boolean;
  readonly state: string | null;
  readonly match_id: string | null;
}

/** Four players in one match of a region that no other test of this file uses. */
async function matchedPlayers(region: string): Promise<{ players: string[]; matchId: string }> {
  const players = await Promise.all(Array.from({ length: 4 }, async () => (await register(region)).player_id));
  for (const playerId of players) await enqueue(playerId);
  const matchId = await eventually(async () => {
    await tick(region);
    return (await get<Status>(`/matchmaking/queue/${players[0]}`, KEY)).body.match_id;
  });
  return { players, matchId };
}

test("a player queues with their own token, asks where they stand, and leaves", async () => {
  const { player_id, access_token } = await register("EUW");
  const own = bearer(access_token);
  const queued = await post("/matchmaking/queue", { player_id }, own);
  expect(queued.status).toBe(200);
  expect(queued.body).toMatchObject({ status: "enqueued", player_id, region: "EUW", mode: "2v2" });

  const { ticket_id, enqueued_at } = queued.body;
  const status = await get(`/matchmaking/queue/${player_id}`, own);
  expect(status.body).toMatchObject({ enqueued: true, state: "queued", region: "EUW", ticket_id, enqueued_at });

  const left = await remove(`/matchmaking/queue/${player_id}`, own);
  expect(left.body).toEqual({ status: "dequeued", player_id });
  expect((await remove(`/matchmaking/queue/${player_id}`, own)).body).toEqual({ status: "not_found", player_id });
  expect((await get(`/matchmaking/queue/${player_id}`, own)).body).toMatchObject({
    enqueued: false,
    state: null,
    region: null,
    enqueued_at: null,
  });
});

test("queueing again gives the same ticket and place", async () => {
  const { player_id } = await register("EUW");
  const first = await enqueue(player_id);
  const again = await enqueue(player_id);
  expect(again.body).toEqual(first.body);
  await remove(`/matchmaking/queue/${player_id}`, KEY);
});

test("null stands for an absent mode, constraints, release and party", async () => {
  const { player_id } = await register("EUW");
  const absent = { mode: null, constraints: null, release: null, party: null };
  expect((await enqueue(player_id, absent)).status).toBe(200);
  await remove(`/matchmaking/queue/${player_id}`, KEY);
});

test("a player who waits in one mode cannot queue for another", async () => {
  const { player_id } = await register("EUW");
  await enqueue(player_id, { mode: "5v5" });
  const answer = await enqueue(player_id, { mode: "1v1" });
  expectProblem(answer, 409, "queued_in_other_mode");
  expect(answer.body.mode).toBe("5v5");
  await remove(`/matchmaking/queue/${player_id}`, KEY);
});

test("the system queues a player that this isolate has not heard of, in the region that the database says", async () => {
  const [playerId = ""] = await registerPlayers(1, "JPN");
  expect((await enqueue(playerId)).body).toMatchObject({ status: "enqueued", region: "JPN" });
});

test("a token that names a region the player has left is followed to the new one", async () => {
  const { player_id, access_token } = await register("BR");
  await env.DB.prepare("UPDATE players SET region = 'LAN' WHERE player_id = ?").bind(player_id).run();
  const answer = await post("/matchmaking/queue", { player_id }, bearer(access_token));
  expect(answer.body).toMatchObject({ status: "enqueued", region: "LAN" });
});

test("an unknown player is 404", async () => {
  expectProblem(await enqueue("nobody"), 404, "unknown_player");
  expectProblem(await get("/matchmaking/queue/nobody", KEY), 404, "unknown_player");
  expectProblem(await remove("/matchmaking/queue/nobody", KEY), 404, "unknown_player");
});

test("a player in a match is told which, and may neither queue nor cancel", async () => {
  const { players, matchId } = await matchedPlayers("KR");
  const [player = ""] = players;
  const status = await get(`/matchmaking/queue/${player}`, KEY);
  expect(status.body).toMatchObject({ enqueued: false, state: "matched", match_id: matchId, region: null });
  for (const answer of [await enqueue(player), await remove(`/matchmaking/queue/${player}`, KEY)]) {
    expectProblem(answer, 409, "in_match");
    expect(answer.body.match_id).toBe(matchId);
  }
});

test("the system releases a player at once, a player may not ask for it", async () => {
  const { players } = await matchedPlayers("OCE");
  const [first = "", second = ""] = players;
  expect((await enqueue(first, { release: true })).status).toBe(200);
  const token = await post(`/players/player/${second}/token`, {}, KEY);
  const own = bearer(String(token.body.access_token));
  expectProblem(await post("/matchmaking/queue", { player_id: second, release: true }, own), 403, "system_only");
});

test("a player with a token needs no database to leave the queue", async () => {
  const { player_id, access_token } = await register("EUNE");
  await enqueue(player_id);
  const init = { method: "DELETE", headers: bearer(access_token) };
  const answer = await fetchWith({ DB: brokenDatabase() }, `/matchmaking/queue/${player_id}`, init);
  expect(answer.body).toEqual({ status: "dequeued", player_id });
});
