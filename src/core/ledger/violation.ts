/**
 * What a ledger watches; the numbers are those of the design's invariants.
 *
 * - `players_bound_once` (1): a player is on at most one ticket or in one match
 * - `tickets_conserved` (2): every accepted ticket waits, is in a proposal, or has ended in exactly one way
 * - `matches_whole` (3): a match has its mode's teams and sizes, a ticket's players are all on one team of it
 * - `results_accounted` (5): every reported match has been rated, has failed, or is on its way
 */
export const INVARIANTS = ["players_bound_once", "tickets_conserved", "matches_whole", "results_accounted"] as const;
export type Invariant = (typeof INVARIANTS)[number];

export interface Violation {
  readonly invariant: Invariant;
  /** What is wrong, in a sentence. */
  readonly detail: string;
  /** Tickets, players or matches that it is about, some of them if there are many. */
  readonly ids: readonly string[];
}
