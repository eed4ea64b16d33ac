import { setTimeout as sleep } from "node:timers/promises";
import type { BookingLedger } from "./booking-ledger.ts";
import type { GameServer } from "./game-server.ts";
import type { Party } from "./party.ts";
import { membersOf } from "./party.ts";
import type { Random } from "./random.ts";
import type { Roster } from "./roster.ts";
import type { Departure, Service } from "./service.ts";

const SHORTEST_POLL_MS = 500;
const LONGEST_POLL_MS = 1_000;

export interface PartySettings {
  readonly service: Service;
  readonly mode: string;
  readonly roster: Roster;
  readonly bookings: BookingLedger;
  readonly gameServer: GameServer;
  readonly random: Random;
  /** Between two games. */
  readonly restMs: number;
  /** Gets how long each wait from queueing to the forming of the match took. */
  readonly waited: (party: Party, seconds: number) => void;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
}

/**
 * One party's games: queue, look every half to one second, play, and again until the games or the opponents run out.
 * The leader does the looking; the others look once, when there is a match. In a mode with a ready check all accept.
 */
export async function playGames(party: Party, settings: PartySettings): Promise<void> {
  const { service, mode, roster, bookings } = settings;
  const members = membersOf(party);
  const closed = roster.closed(party.region);
  const untilClosed = AbortSignal.any([closed, settings.signal]);
  while (roster.gamesLeft(party.leader.playerId) > 0 && !closed.aborted) {
    for (const { playerId } of members) bookings.queued(playerId);
    const enqueuedAtMs = await service.enqueue(party, mode);
    const outcome = await waitForMatch(party, untilClosed, settings);
    if (outcome.type === "left") for (const { playerId } of members) bookings.left(playerId, outcome.wasInLine);
    // Of "lost" the fault is noted; like anybody whose place in line is gone, the party queues again.
    if (outcome.type !== "matched") continue;
    const match = await playMatch(party, outcome.matchId, settings);
    settings.waited(party, (Date.parse(match.created_at) - enqueuedAtMs) / 1_000);
    if (roster.gamesLeft(party.leader.playerId) > 0) await pause(settings.restMs, untilClosed);
    settings.signal.throwIfAborted();
  }
}

/** Lost: neither queued nor in a match, without having left. */
type WaitOutcome = Departure | { readonly type: "lost" };

/** Leaves the line when the region closes. */
async function waitForMatch(party: Party, untilClosed: AbortSignal, settings: PartySettings): Promise<WaitOutcome> {
  const { service, bookings, random, signal } = settings;
  const { leader } = party;
  for (;;) {
    const isOver = await pause(random.between(SHORTEST_POLL_MS, LONGEST_POLL_MS), untilClosed);
    signal.throwIfAborted();
    if (isOver) return service.leave(leader);
    const { isEnqueued, matchId, asked } = await service.status(leader);
    bookings.toldStatus(leader.playerId, isEnqueued, matchId);
    // A party's place is asked about as one: the same match and round for all.
    if (asked !== null) await Promise.all(membersOf(party).map((player) => service.accept(player, asked)));
    if (matchId !== null) return { type: "matched", matchId };
    if (!isEnqueued) return { type: "lost" };
  }
}

async function playMatch(party: Party, matchId: string, { service, bookings, gameServer }: PartySettings) {
  const over = gameServer.join(matchId, party.leader);
  const joining = party.others.map(async (player) => {
    const told = await service.status(player);
    bookings.toldWithLeader(player.playerId, matchId, told.matchId);
    await gameServer.join(matchId, player);
  });
  const [match] = await Promise.all([over, ...joining]);
  return match;
}

/** @returns whether `interrupt` came before the time was over */
async function pause(durationMs: number, interrupt: AbortSignal): Promise<boolean> {
  await sleep(durationMs, undefined, { signal: interrupt }).catch((error: unknown) => {
    if (!interrupt.aborted) throw error;
  });
  return interrupt.aborted;
}
