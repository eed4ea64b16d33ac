import type { Ticket } from "../ticket.ts";
import { ticketRating } from "../ticket.ts";
import type { WaitInterval, WaitSample } from "./recent-waits.ts";
import { RecentWaits } from "./recent-waits.ts";

/** Where a ticket's wait fell: below the interval it was given when it came, inside, or above. */
export type EstimateOutcome = "below" | "inside" | "above";

/** What so many waiting tickets were told is remembered; a crowd is measured by a part of it. */
const MOST_TOLD = 2_000;

/**
 * The estimates of one mode: made when a ticket comes, learned from when it is matched.
 *
 * What a ticket was told is kept in memory only, to see whether it came true. A restart forgets it, and the tickets
 * that wait over it count for nothing.
 */
export class WaitEstimates {
  readonly #recent: RecentWaits;
  readonly #toldByTicketId = new Map<string, WaitInterval>();

  constructor(saved: readonly WaitSample[] = []) {
    this.#recent = new RecentWaits(saved);
  }

  /** A new ticket. @returns null while too few have been matched */
  arrived(ticket: Ticket): WaitInterval | null {
    const interval = this.#recent.interval(ticketRating(ticket), ticket.players.length, 0);
    if (interval !== null && this.#toldByTicketId.size < MOST_TOLD) this.#toldByTicketId.set(ticket.ticketId, interval);
    return interval;
  }

  /** What to tell a ticket that waits; counted from its beginning, like `arrived`. */
  interval(ticket: Ticket, nowMs: number): WaitInterval | null {
    return this.#recent.interval(ticketRating(ticket), ticket.players.length, waitS(ticket, nowMs));
  }

  /** @returns how its estimate fared; null if it was given none */
  matched(ticket: Ticket, nowMs: number): EstimateOutcome | null {
    const took = waitS(ticket, nowMs);
    const told = this.#toldByTicketId.get(ticket.ticketId);
    this.#toldByTicketId.delete(ticket.ticketId);
    this.#recent.add(ticketRating(ticket), ticket.players.length, took);
    return told === undefined ? null : outcomeOf(took, told);
  }

  /** The ticket left the line without a match. */
  left(ticketId: string): void {
    this.#toldByTicketId.delete(ticketId);
  }

  toSave(): readonly WaitSample[] {
    return this.#recent.toSave();
  }
}

function outcomeOf(took: number, { lowS, highS }: WaitInterval): EstimateOutcome {
  if (took < lowS) return "below";
  return highS === null || took <= highS ? "inside" : "above";
}

/** A clock that stepped back makes nobody wait less than no time. */
function waitS({ enqueuedAtMs }: Ticket, nowMs: number): number {
  return Math.max(0, nowMs - enqueuedAtMs) / 1_000;
}
