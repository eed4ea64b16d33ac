import type { Attributes } from "./attribute.ts";

/** A player's rating as it stood when the ticket was made. */
export interface TicketPlayer {
  readonly playerId: string;
  readonly mu: number;
  readonly sigma: number;
  /** Roles that the player offers to play; absent: any. */
  readonly roles?: readonly string[];
}

/** Hard rules of one ticket. They bind the whole match that the ticket is in. */
export interface Constraints {
  /** The match's highest mu minus its lowest may be at most this. */
  readonly maxRatingGap?: number;
  /** No match with any of these players. */
  readonly avoid?: readonly string[];
  /** Latency by server location; a location that is not named is out of reach. Absent: any location will do. */
  readonly latencyMs?: Readonly<Record<string, number>>;
  /** By name, as the mode declares them. */
  readonly attributes?: Attributes;
}

/** What whoever queues may ask for; `checkTicket` brings it into the form that a ticket keeps. */
export interface AskedConstraints extends Constraints {
  /** Roles that the ticket's players offer, by player id or one list for all. */
  readonly roles?: readonly string[] | Readonly<Record<string, readonly string[]>>;
}

/** The party of players that a ticket came from. */
export interface TicketParty {
  readonly code: string;
  readonly leaderId: string;
}

/** How long a place in line is kept without a sign of life from whoever took it. */
export interface TicketLease {
  /** What counts as one: an open socket while it is open, or a call. */
  readonly kind: "socket" | "http";
  readonly ms: number;
}

/** One place in line: a player, or a party, which is never split. */
export interface Ticket {
  readonly ticketId: string;
  readonly mode: string;
  readonly players: readonly TicketPlayer[];
  /** The place in line. Survives repairs and re-queues that are not the player's fault. */
  readonly enqueuedAtMs: number;
  readonly constraints: Constraints;
  /** Absent: a player alone, or players whom the system put together. */
  readonly party?: TicketParty;
  /** Absent: the place is kept until it is given up. */
  readonly lease?: TicketLease;
  /** Counts on top of the ticket's age: what others' fault cost it. Absent: nothing. */
  readonly priorityMs?: number;
}

/**
 * Every way in which a ticket can end; each ticket ends in exactly one.
 *
 * - `declined`, `lapsed`: a ready check that one of its players declined, or did not answer
 * - `expired`: no sign of life for as long as its lease
 * - `mode_removed`, `rules_changed`, `region_closed`: a deploy has taken away what it waited for
 */
export const TICKET_ENDINGS = [
  "matched",
  "cancelled",
  "declined",
  "lapsed",
  "expired",
  "mode_removed",
  "rules_changed",
  "region_closed",
] as const;
export type TicketEnding = (typeof TICKET_ENDINGS)[number];

/** From when on its age counts where matches are made: its place in line, and before that what it is owed. */
export function waitingSinceMs({ enqueuedAtMs, priorityMs = 0 }: Ticket): number {
  return enqueuedAtMs - priorityMs;
}

/** A ticket's place on the rating axis: the mean mu of its players. */
export function ticketRating(ticket: Ticket): number {
  let sum = 0;
  for (const player of ticket.players) sum += player.mu;
  return sum / ticket.players.length;
}
