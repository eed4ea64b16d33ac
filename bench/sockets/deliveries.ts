import type { ServerMessage } from "../../src/region/protocol.ts";
import type { Frame } from "./listening-player.ts";

export interface Told {
  readonly message: ServerMessage;
  readonly atMs: number;
}

/** Frames in the order in which they came. */
export function readFrames(frames: readonly Frame[]): Told[] {
  return frames.map(({ text, atMs }) => ({ message: JSON.parse(text) as ServerMessage, atMs }));
}

export interface MatchDelivery {
  readonly matchId: string;
  /** When the region told of it. */
  readonly toldAtMs: number;
  /** From then until the first and until the last of its players had heard of it. */
  readonly firstMs: number;
  readonly tookMs: number;
  readonly listeners: number;
}

/**
 * How long each match was on its way to the last of its players.
 *
 * The running number of a message is the region's clock in microseconds at the moment of telling (running-numbers.ts),
 * and a tick tells right behind its commit's write. Under a local workerd that clock goes on while code computes; where
 * it stands still, the number is the tick's start, so the time can only come out too long. Both ends need one clock.
 */
export function matchDeliveries(told: readonly Told[]): MatchDelivery[] {
  const byMatch = new Map<string, MatchDelivery>();
  for (const { message, atMs } of told) {
    if (message.type !== "match.found") continue;
    const { match_id: matchId } = message.match;
    const toldAtMs = message.seq / 1_000;
    const onItsWayMs = atMs - toldAtMs;
    const before = byMatch.get(matchId);
    byMatch.set(matchId, {
      matchId,
      toldAtMs,
      firstMs: Math.min(before?.firstMs ?? onItsWayMs, onItsWayMs),
      tookMs: Math.max(before?.tookMs ?? onItsWayMs, onItsWayMs),
      listeners: (before?.listeners ?? 0) + 1,
    });
  }
  return [...byMatch.values()];
}

/** The match that a player knows to be in by all that was told: the last `match.found`, or a later `state`. */
export function knownMatchId(told: readonly Told[]): string | null {
  let known: string | null = null;
  for (const { message } of told) {
    if (message.type === "match.found") known = message.match.match_id;
    if (message.type === "state") known = message.matched?.match_id ?? null;
  }
  return known;
}

/** Running numbers that a player saw again, or that were lower than one before, over all of the player's sockets. */
export function repeatedNumbers(told: readonly Told[]): number[] {
  let highest = 0;
  return told.flatMap(({ message: { seq } }) => {
    const isNew = seq > highest;
    highest = Math.max(highest, seq);
    return isNew ? [] : [seq];
  });
}
