import { setTimeout as sleep } from "node:timers/promises";
import type { BookingLedger } from "./booking-ledger.ts";
import type { GameServer } from "./game-server.ts";
import type { Random } from "./random.ts";
import type { Roster } from "./roster.ts";
import type { Departure, Player, Service } from "./service.ts";

const SHORTEST_POLL_MS = 500;
const LONGEST_POLL_MS = 1_000;

export interface PlayerSettings {
  readonly service: Service;
  readonly mode: string;
  readonly roster: Roster;
  readonly bookings: BookingLedger;
  readonly gameServer: GameServer;
  readonly random: Random;
  /** Between two games. */
  readonly restMs: number;
  /** Gets how long each wait from queueing to the forming of the match took. */
  readonly waited: (seconds: number) => void;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/** One player's games: queue, look every half to one second, play, and again until the games or the opponents run out. */
export async function playGames(player: Player, settings: PlayerSettings): Promise<void> {
  const { service, mode, roster, bookings, gameServer } = settings;
  const closed = roster.closed(player.region);
  const untilClosed = AbortSignal.any([closed, settings.signal]);
  while (roster.gamesLeft(player.playerId) > 0 && !closed.aborted) {
    bookings.queued(player.playerId);
    const enqueuedAtMs = await service.enqueue(player, mode);
    const outcome = await waitForMatch(player, untilClosed, settings);
    if (outcome.type === "left") bookings.left(player.playerId, outcome.wasInLine);
    // Of "lost" the fault is noted; like anybody whose place in line is gone, the player queues again.
    if (outcome.type !== "matched") continue;
    const match = await gameServer.join(outcome.matchId, player);
    settings.waited((Date.parse(match.created_at) - enqueuedAtMs) / 1_000);
    if (roster.gamesLeft(player.playerId) > 0) await pause(settings.restMs, untilClosed);
    settings.signal.throwIfAborted();
  }
}

/** Lost: neither queued nor in a match, without having left. */
type WaitOutcome = Departure | { readonly type: "lost" };

/** Leaves the line when the region closes. */
async function waitForMatch(player: Player, untilClosed: AbortSignal, settings: PlayerSettings): Promise<WaitOutcome> {
  const { service, bookings, random, signal } = settings;
  for (;;) {
    const isOver = await pause(random.between(SHORTEST_POLL_MS, LONGEST_POLL_MS), untilClosed);
    signal.throwIfAborted();
    if (isOver) return service.leave(player);
    const { isEnqueued, matchId } = await service.status(player);
    bookings.toldStatus(player.playerId, isEnqueued, matchId);
    if (matchId !== null) return { type: "matched", matchId };
    if (!isEnqueued) return { type: "lost" };
  }
}

/** @returns whether `interrupt` came before the time was over */
async function pause(durationMs: number, interrupt: AbortSignal): Promise<boolean> {
  await sleep(durationMs, undefined, { signal: interrupt }).catch((error: unknown) => {
    if (!interrupt.aborted) throw error;
  });
  return interrupt.aborted;
}
