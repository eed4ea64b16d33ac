/** A player's rating as it stood when the ticket was made. */
export interface TicketPlayer {
  readonly playerId: string;
  readonly mu: number;
  readonly sigma: number;
}

/** Hard rules of one ticket. They bind the whole match that the ticket is in. */
export interface Constraints {
  /** The match's highest mu minus its lowest may be at most this. */
  readonly maxRatingGap?: number;
  /** No match with any of these players. */
  readonly avoid?: readonly string[];
}

/** One place in line: a player, or later a party, that is never split. */
export interface Ticket {
  readonly ticketId: string;
  readonly mode: string;
  readonly players: readonly TicketPlayer[];
  /** The place in line. Survives repairs and re-queues that are not the player's fault. */
  readonly enqueuedAtMs: number;
  readonly constraints: Constraints;
}

/** Every way in which a ticket can end; each ticket ends in exactly one. */
export type TicketEnding = "matched" | "cancelled" | "mode_removed";

/** A ticket's place on the rating axis: the mean mu of its players. */
export function ticketRating(ticket: Ticket): number {
  let sum = 0;
  for (const player of ticket.players) sum += player.mu;
  return sum / ticket.players.length;
}
