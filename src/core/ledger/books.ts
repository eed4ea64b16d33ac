import type { TicketEnding } from "../ticket.ts";

/**
 * A region's running totals of tickets and results, since they began to be kept. Saved with the commit of a tick, at no
 * row of their own; what happens between two saves and a restart is therefore not in them one by one, but as a net sum.
 */
export interface Books {
  readonly sinceMs: number;
  readonly accepted: number;
  /** By the one way in which each ended; a way that none ended in may be absent. */
  readonly ended: Readonly<Partial<Record<TicketEnding, number>>>;
  readonly reported: number;
  readonly rated: number;
  /** What storage held on waking beyond the books: came minus went between the last save and a restart. May be negative. */
  readonly unbooked: { readonly tickets: number; readonly results: number };
}

export function emptyBooks(sinceMs: number): Books {
  return { sinceMs, accepted: 0, ended: {}, reported: 0, rated: 0, unbooked: { tickets: 0, results: 0 } };
}

/** Tickets that must be there by the books: accepted and not ended. */
export function openTicketsBy({ accepted, ended, unbooked }: Books): number {
  return accepted + unbooked.tickets - Object.values(ended).reduce((sum, count) => sum + count, 0);
}

/** Results that must be there by the books: reported and not rated. */
export function unratedResultsBy({ reported, rated, unbooked }: Books): number {
  return reported + unbooked.results - rated;
}
