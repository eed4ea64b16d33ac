import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import type { PlayerState } from "../../src/core/queue-calls.ts";
import type { EnqueueCall } from "../../src/region/rpc.ts";
import { registerPlayers } from "./results-support.ts";

export function regionObject(name: string) {
  return env.REGION.getByName(name);
}

/** A player's own wish to queue in the default mode, unless said otherwise. */
export function aCall(playerId: string, overrides: Partial<EnqueueCall> = {}): EnqueueCall {
  return { playerId, constraints: {}, isSystem: false, release: false, ...overrides };
}

export async function queuedPlayers(region: string, count: number): Promise<string[]> {
  const players = await registerPlayers(count, region);
  for (const playerId of players) await regionObject(region).enqueue(aCall(playerId));
  return players;
}

/** Runs the region's alarm now instead of waiting for it. */
export async function tick(region: string): Promise<boolean> {
  return runDurableObjectAlarm(regionObject(region));
}

/** Four registered players in one confirmed match. */
export async function playersInMatch(region: string): Promise<{ players: string[]; matchId: string }> {
  const players = await queuedPlayers(region, 4);
  const matchId = await eventually(async () => {
    await tick(region);
    const state: PlayerState = await regionObject(region).stateOf(players[0] ?? "");
    return state.type === "matched" ? state.match.matchId : null;
  });
  return { players, matchId };
}

/** The object forgets its memory, as after a deploy or a crash; storage stays. */
export async function restart(region: string): Promise<void> {
  await evictDurableObject(regionObject(region));
}

export async function alarmOf(region: string): Promise<number | null> {
  return runInDurableObject(regionObject(region), (_, state) => state.storage.getAlarm());
}

/** Waits for what background work brings about; fails with the last state when it does not come. */
export async function eventually<Value>(look: () => Promise<Value | null>, patienceMs = 15_000): Promise<Value> {
  const untilMs = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (seen !== null) return seen;
    if (Date.now() > untilMs) throw new Error(`did not happen within ${patienceMs} ms: ${look.toString()}`);
    await scheduler.wait(20);
  }
}

export async function exportedMatch(matchId: string, status: string): Promise<Record<string, unknown>> {
  return eventually(() =>
    env.DB.prepare("SELECT * FROM matches WHERE match_id = ? AND status = ?").bind(matchId, status).first(),
  );
}
