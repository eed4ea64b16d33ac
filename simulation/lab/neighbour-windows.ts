import type { Ticket } from "../../src/core/ticket.ts";
import { ticketRating } from "../../src/core/ticket.ts";

/** A run of neighbours on the rating axis. */
export interface NeighbourWindow {
  /** Ascending by rating. */
  readonly members: readonly Ticket[];
  /** Rating points from the lowest to the highest ticket. */
  readonly range: number;
}

/** Every run of neighbours that holds exactly so many players, by its right end: at most one for each ticket. */
export function neighbourWindows(waiting: readonly Ticket[], players: number): NeighbourWindow[] {
  const sorted = waiting
    .map((ticket) => ({ ticket, rating: ticketRating(ticket) }))
    .sort((a, b) => a.rating - b.rating);
  const windows: NeighbourWindow[] = [];
  let first = 0;
  let held = 0;
  sorted.forEach(({ ticket, rating: highest }, position) => {
    held += ticket.players.length;
    while (held > players) {
      held -= sorted[first]?.ticket.players.length ?? 0;
      first += 1;
    }
    const lowest = sorted[first]?.rating;
    if (held !== players || lowest === undefined) return;
    const members = sorted.slice(first, position + 1).map((rated) => rated.ticket);
    windows.push({ members, range: highest - lowest });
  });
  return windows;
}
