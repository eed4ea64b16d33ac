import { expect } from "vitest";
import type { Answer } from "./http-support.ts";
import { enqueue, get, KEY, post, remove } from "./http-support.ts";
import { tick } from "./region-support.ts";
import type { ListeningPlayer } from "./socket-support.ts";
import { listeningPlayers } from "./socket-support.ts";

export interface BackfillView {
  readonly status: string;
  readonly match_id: string;
  readonly ticket_id: string | null;
  readonly places: Readonly<Record<string, number>>;
  readonly enqueued_at: string | null;
  readonly filled_in: Readonly<Record<string, readonly string[]>>;
}

export interface MatchView {
  readonly match_id: string;
  readonly status: string;
  readonly players: Readonly<
    Record<string, readonly { readonly player_id: string; readonly left?: boolean; readonly filled_in?: boolean }[]>
  >;
}

export interface RunningMatch {
  readonly matchId: string;
  readonly players: ListeningPlayer[];
}

/** Four players with sockets in one match. */
export async function aRunningMatch(region: string): Promise<RunningMatch> {
  const players = await listeningPlayers(region, 4);
  for (const { player_id } of players) await enqueue(player_id);
  await tick(region);
  const found = await Promise.all(players.map(({ listener }) => listener.hear("match.found")));
  return { players, matchId: found[0]?.match.match_id ?? "" };
}

export function askBackfill(matchId: string, wish: object): Promise<Answer<BackfillView>> {
  return post(`/matchmaking/match/${matchId}/backfill`, wish, KEY);
}

export async function backfillOf(matchId: string): Promise<BackfillView> {
  const { status, body } = await get<BackfillView>(`/matchmaking/match/${matchId}/backfill`, KEY);
  expect(status).toBe(200);
  return body;
}

export async function cancelBackfill(matchId: string): Promise<BackfillView> {
  const { status, body } = await remove<BackfillView>(`/matchmaking/match/${matchId}/backfill`, KEY);
  expect(status).toBe(200);
  return body;
}

export async function matchOf(matchId: string): Promise<MatchView> {
  return (await get<MatchView>(`/matchmaking/match/${matchId}`)).body;
}

export function teamOf(match: MatchView, playerId: string): string {
  const teams = Object.entries(match.players);
  return teams.find(([, players]) => players.some(({ player_id }) => player_id === playerId))?.[0] ?? "";
}

/** A player with a socket who comes into a running match. */
export async function someoneComes(region: string): Promise<ListeningPlayer> {
  const [newcomer] = (await listeningPlayers(region, 1)) as [ListeningPlayer];
  await enqueue(newcomer.player_id);
  await tick(region);
  await newcomer.listener.hear("match.found");
  return newcomer;
}
