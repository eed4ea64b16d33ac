import type { MatchingPass } from "../../src/core/matching/found-match.ts";
import type { Ticket } from "../../src/core/ticket.ts";

export interface PolicyMatch {
  /** Tickets of each team, in team order. */
  readonly teams: readonly (readonly Ticket[])[];
  /** Which of the matcher's passes made it; null: the policy has only one. */
  readonly pass: MatchingPass | null;
}

/** A way to make matches, with whatever it remembers from tick to tick. */
export interface Policy {
  /** Told of every ticket once, in order of arrival, before the tick that sees it first. */
  arrived(ticket: Ticket): void;
  /** @param waiting in order of arrival */
  tick(waiting: readonly Ticket[], nowMs: number): readonly PolicyMatch[];
}
