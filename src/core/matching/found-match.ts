import type { Ticket } from "../ticket.ts";

/**
 * Which step of a tick made a match: for a ticket past its cap, from neighbours on the rating axis, or from what the
 * neighbours left.
 */
export type MatchingPass = "overdue" | "exact" | "leftover";

export interface FoundMatch {
  /** Tickets of each team, in team order. */
  readonly teams: readonly (readonly Ticket[])[];
  readonly pass: MatchingPass;
}

export interface Matching {
  readonly matches: readonly FoundMatch[];
  readonly unmatched: readonly Ticket[];
}
