import type { Scene } from "./play.ts";
import type { RecordedExchange } from "./recording.ts";
import type { Caller, ServiceCalls } from "./service-calls.ts";

type Asked = readonly [method: "GET" | "POST" | "DELETE", path: string, body?: unknown, as?: Caller | undefined];

/** Makes the same calls in any checkout, one after the other, on what `play` left: so answers can be compared. */
export async function exchange(scene: Scene, calls: ServiceCalls): Promise<RecordedExchange[]> {
  const exchanges: RecordedExchange[] = [];
  for (const [method, path, body, as = "system"] of [...lookings(scene), ...doings(scene)])
    exchanges.push(await calls.exchange(method, path, body, as));
  return exchanges;
}

/** Nothing changes by these. */
function lookings(scene: Scene): Asked[] {
  const { alone, asked, repairing, hosted, unhosted, pending, newcomers, idlers, seeking } = scene;
  const ids = [alone, ...asked.players, ...repairing.players, ...hosted.players, ...unhosted.players, newcomers[0]];
  const matches = [scene.finished, scene.failed, scene.abandoned, scene.reporting, pending, seeking, hosted, asked];
  return [
    ["GET", "/healthz"],
    ["GET", "/players/leaderboard?limit=5"],
    ["GET", `/players/player/${scene.finished.players[0]?.id}`],
    ["GET", "/matchmaking/matches/latest?limit=50"],
    ["GET", "/matchmaking/matches/rating-failed"],
    ...ids.map((player): Asked => ["GET", `/matchmaking/queue/${player?.id}`]),
    ...matches.map(({ matchId }): Asked => ["GET", `/matchmaking/match/${matchId}`]),
    ["GET", `/parties/${idlers.code}`, undefined, idlers.players[0]],
    ["GET", `/matchmaking/match/${seeking.matchId}/backfill`],
  ];
}

function doings({ pending, hosted, unhosted, failed, abandoned, seeking, ...scene }: Scene): Asked[] {
  return [
    ...queueing({ pending, ...scene }),
    ...answers(scene),
    ...parties(scene),
    ["POST", `/matchmaking/match/${unhosted.matchId}/assignment`, { connection: { host: "h", port: 2 } }],
    ["POST", `/matchmaking/match/${hosted.matchId}/assignment`, { connection: { host: "other" } }],
    ["POST", `/matchmaking/match/${seeking.matchId}/backfill`, { places: { teamA: 1 } }],
    ["DELETE", `/matchmaking/match/${seeking.matchId}/backfill`],
    ["POST", `/matchmaking/match/${pending.matchId}/result`, { winner_team: "teamA" }],
    ["POST", `/matchmaking/match/${pending.matchId}/result`, { winner_team: "teamA" }],
    ["POST", `/matchmaking/match/${pending.matchId}/result`, { winner_team: "teamB" }],
    ["POST", `/matchmaking/match/${hosted.matchId}/result`, { winner_team: "teamZ" }],
    ["POST", `/matchmaking/match/${abandoned.matchId}/result`, { placements: { teamA: 1, teamB: 1 } }],
    ["POST", `/matchmaking/match/${failed.matchId}/redrive`],
    ["POST", `/matchmaking/match/${failed.matchId}/redrive`],
    ["POST", `/players/player/${scene.alone.id}/token`],
  ];
}

function queueing({ alone, together, pending, repairing, newcomers }: Pick<Scene, QueueingScene>): Asked[] {
  const [one, two, three, four, five] = newcomers;
  const queue = (body: object, as?: Caller): Asked => ["POST", "/matchmaking/queue", body, as];
  const build = { attributes: { build: "f" } };
  return [
    queue({ player_id: alone.id }, alone),
    queue({ player_id: alone.id, mode: "1v1" }),
    queue({ player_id: one?.id, mode: "1v1" }, one),
    queue({ player_id: two?.id, mode: "hunt", constraints: build, lease_s: 60 }),
    queue({ player_id: three?.id, mode: "hunt", constraints: build, party: [three?.id, four?.id] }),
    queue({ player_id: three?.id, mode: "hunt", constraints: build, party: [three?.id, alone.id] }),
    queue({ player_id: five?.id, mode: "no-such-mode" }),
    queue({ player_id: five?.id, mode: "hunt", constraints: { attributes: { build: "g", map: ["nowhere"] } } }),
    queue({ player_id: pending.players[0]?.id }, pending.players[0]),
    queue({ player_id: repairing.players[3]?.id, mode: "asking" }),
    queue({ player_id: "7f1d3a0f-5c11-4b0e-8a55-0c7b2a529d8f" }),
    ["DELETE", `/matchmaking/queue/${one?.id}`, undefined, one],
    ["DELETE", `/matchmaking/queue/${one?.id}`],
    ["DELETE", `/matchmaking/queue/${pending.players[0]?.id}`],
    ["DELETE", `/matchmaking/queue/${together[1]?.id}`],
  ];
}

type QueueingScene = "alone" | "together" | "pending" | "repairing" | "newcomers";

function answers({ asked, alone }: Pick<Scene, "asked" | "alone">): Asked[] {
  const [, , third, fourth] = asked.players;
  const answer = (what: string, player_id: string | undefined, round: number): Asked => [
    "POST",
    `/matchmaking/match/${asked.matchId}/${what}`,
    { player_id, round },
  ];
  return [
    answer("accept", alone.id, 1),
    answer("accept", third?.id, 2),
    answer("accept", third?.id, 1),
    answer("accept", fourth?.id, 1),
    answer("decline", fourth?.id, 1),
  ];
}

function parties({ idlers, newcomers }: Pick<Scene, "idlers" | "newcomers">): Asked[] {
  const [leader, member] = idlers.players;
  const [six, seven, eight] = newcomers.slice(5);
  return [
    ["POST", "/parties", {}, six],
    ["POST", "/parties", { player_id: leader?.id }],
    ["POST", `/parties/${idlers.code}/join`, { roles: ["healer"] }, seven],
    ["POST", `/parties/${idlers.code}/join`, {}, six],
    ["POST", "/parties/NA-AAAAAAAAAAAAAAAA/join", {}, eight],
    ["DELETE", `/parties/${idlers.code}`, undefined, member],
    ["POST", `/parties/${idlers.code}/leave`, {}, member],
    ["DELETE", `/parties/${idlers.code}`, undefined, leader],
  ];
}
