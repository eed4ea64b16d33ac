import { setTimeout as sleep } from "node:timers/promises";
import type { Crowd } from "./crowd.ts";
import { waitUntil } from "./crowd.ts";
import type { MatchDelivery } from "./deliveries.ts";
import { knownMatchId, matchDeliveries, readFrames } from "./deliveries.ts";
import type { ListeningPlayer } from "./listening-player.ts";

/** Enqueues and cut connections are spread over this time, so that every moment of a match is met by some. */
const CUTTING_MS = 4_000;

export interface DeliveryRound {
  readonly matches: readonly MatchDelivery[];
  /** Matches made by the tick that made most. */
  readonly mostInOneTick: number;
  /** Share of one core that this program itself took meanwhile. */
  readonly ownLoad: number;
}

/** New players queue all at once. @returns how their matches were delivered, when each has heard of one */
export async function measureDelivery(queueing: readonly ListeningPlayer[]): Promise<DeliveryRound> {
  const startedMs = performance.now();
  const startedCpu = process.cpuUsage();
  for (const player of queueing) player.queue();
  const areMatched = await waitUntil(() => queueing.every(({ isMatched }) => isMatched));
  if (!areMatched) throw new Error("not everybody heard of a match");
  const { user, system } = process.cpuUsage(startedCpu);
  const ownLoad = (user + system) / 1_000 / (performance.now() - startedMs);
  const matches = matchDeliveries(queueing.flatMap(({ frames }) => readFrames(frames)));
  // Ticks are a second apart, and each tells all its matches within a millisecond.
  const perTick = Map.groupBy(matches, ({ toldAtMs }) => Math.floor(toldAtMs / 500));
  return { matches, mostInOneTick: Math.max(...[...perTick.values()].map((made) => made.length)), ownLoad };
}

export interface CutRound {
  readonly cut: number;
  /** Of these, who had queued or were about to. */
  readonly cutQueueing: number;
  readonly matched: number;
  /** Of those who queued: who do not know of the match that they are in, or know of another. */
  readonly lost: number;
  /** Of those who queued: who heard of their match by the `state` of a new connection alone. */
  readonly toldByState: number;
}

/** New players queue one after the other, while connections of anybody are cut. Everybody comes back, sooner or later. */
export async function measureCuts(
  crowd: Crowd,
  queueing: readonly ListeningPlayer[],
  cut: readonly ListeningPlayer[],
): Promise<CutRound> {
  const statesBefore = cut.map(({ states }) => states);
  await Promise.all([overTime(queueing, (player) => player.queue()), overTime(cut, (player) => player.cut())]);
  await waitUntil(() => cut.every(({ states }, index) => states > (statesBefore[index] ?? 0)));
  await waitUntil(() => queueing.every(({ isMatched }) => isMatched));
  const matchIds = await crowd.matchIdsOf(queueing);
  const told = queueing.map(({ frames }) => readFrames(frames));
  const isFoundHeard = told.map((all) => all.some(({ message }) => message.type === "match.found"));
  return {
    cut: cut.length,
    cutQueueing: cut.filter((player) => queueing.includes(player)).length,
    matched: matchIds.filter((matchId) => matchId !== null).length,
    lost: matchIds.filter((matchId, index) => knownMatchId(told[index] ?? []) !== matchId).length,
    toldByState: isFoundHeard.filter((isHeard) => !isHeard).length,
  };
}

async function overTime(players: readonly ListeningPlayer[], act: (player: ListeningPlayer) => void): Promise<void> {
  const startedMs = performance.now();
  for (const [index, player] of players.entries()) {
    const dueMs = (index / players.length) * CUTTING_MS;
    const aheadMs = dueMs - (performance.now() - startedMs);
    if (aheadMs > 1) await sleep(aheadMs);
    act(player);
  }
}
