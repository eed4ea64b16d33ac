import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import type { Candidates } from "./candidates.ts";

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

/** A group's tickets by team. @param teamOf of each member */
export function teamsOf(
  members: readonly number[],
  teamOf: ArrayLike<number>,
  candidates: Pick<Candidates, "ticket">,
  mode: Pick<Mode, "teams">,
): Ticket[][] {
  const teams = Array.from({ length: mode.teams }, (): Ticket[] => []);
  members.forEach((member, index) => {
    teams[teamOf[index] ?? 0]?.push(candidates.ticket(member));
  });
  return teams;
}

export interface Matching {
  readonly matches: readonly FoundMatch[];
  readonly unmatched: readonly Ticket[];
}
