import { get, KEY } from "./http-support.ts";
import { eventually, tick } from "./region-support.ts";
import type { ListeningPlayer } from "./socket-support.ts";
import { listeningPlayers } from "./socket-support.ts";

export interface AskedPlayers {
  readonly players: readonly [ListeningPlayer, ListeningPlayer, ListeningPlayer, ListeningPlayer];
  readonly matchId: string;
}

/** A place in line over the player's socket. */
export async function queueUp({ listener }: ListeningPlayer, mode: string): Promise<void> {
  const before = listener.all("enqueue.receipt").length;
  listener.say({ type: "enqueue", mode });
  await listener.hear("enqueue.receipt", before + 1);
}

/** Ticks until something shows. */
export async function tickUntil<Value>(region: string, look: () => Promise<Value | null>): Promise<Value> {
  return eventually(async () => {
    await tick(region);
    return look();
  });
}

/** Four players with sockets who were asked; nobody else may be in line in that mode of the region. */
export async function askedPlayers(region: string, mode = "asking"): Promise<AskedPlayers> {
  const [one, two, three, four] = await listeningPlayers(region, 4);
  const players = [one, two, three, four] as AskedPlayers["players"];
  for (const player of players) await queueUp(player, mode);
  await tickUntil(region, async () => players[0].listener.all("match.proposed")[0] ?? null);
  const prompts = await Promise.all(players.map(({ listener }) => listener.hear("match.proposed")));
  return { players, matchId: prompts[0]?.match_id ?? "" };
}

/** Answers over the socket and waits for the receipt. */
export async function accept({ listener }: ListeningPlayer, match_id: string, round = 1): Promise<void> {
  const before = listener.all("accept.receipt").length;
  listener.say({ type: "accept", match_id, round });
  await listener.hear("accept.receipt", before + 1);
}

export async function statusOf({ player_id }: { readonly player_id: string }): Promise<Record<string, unknown>> {
  return (await get(`/matchmaking/queue/${player_id}`, KEY)).body;
}
