import type { MatchStatus } from "../match.ts";

/** What a region holds, as those say who hold it. All but the looks by id are totals that are there already. */
export interface Holdings {
  readonly tickets: number;
  /** On tickets. */
  readonly players: number;
  /** Tickets that are not in line. */
  readonly setAside: number;
  /** Tickets with a place in a proposal. */
  readonly asked: number;
  /** Players bound to a ticket or a match. */
  readonly occupied: number;
  matchesIn(status: MatchStatus): number;
  statusOf(matchId: string): MatchStatus | undefined;
  holdsTicket(ticketId: string): boolean;
  /** It is held, is not in line, and no proposal asks its players. */
  isStranded(ticketId: string): boolean;
}
