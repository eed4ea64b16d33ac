import type { Match } from "./match.ts";
import type { FoundMatch, MatchingPass } from "./matching/found-match.ts";
import type { Mode, ReadyCheckRules } from "./mode.ts";
import { teamName } from "./mode.ts";
import type { ReadyCheckView } from "./ready-check-calls.ts";
import type { Ticket } from "./ticket.ts";

/** Players who were connected when they were asked, and until when their clients are to say that they show it. */
export interface AckDue {
  readonly playerIds: readonly string[];
  readonly deadlineMs: number;
}

/** One ticket's place in a proposal. */
export interface Seat {
  readonly ticketId: string;
  /** From 0. */
  readonly team: number;
  /** In which round its players were asked. */
  readonly round: number;
  readonly askedAtMs: number;
  /** Until when they may answer. */
  readonly deadlineMs: number;
  /** Its players were given more time once, because the region was away. */
  readonly isExtended?: boolean;
  /** Whose clients are to say that they show the question. Absent: nobody's, or it is not known any more who did. */
  readonly ackDue?: AckDue;
  /** Players who are known to have been shown the question. */
  readonly acked: readonly string[];
  readonly accepted: readonly string[];
}

/**
 * A match in the making that its players are asked about. Its tickets stay tickets, and their players count as queued,
 * until all have accepted.
 */
export interface Proposal {
  /** The match's, if it comes to one. */
  readonly matchId: string;
  readonly mode: string;
  /** What put the first round together. */
  readonly pass: MatchingPass;
  /** The latest; 1 is the first. A player answers to the round of their own seat. */
  readonly round: number;
  readonly seats: readonly Seat[];
  readonly proposedAtMs: number;
  /** Some places are empty, and until then others are looked for; null: none are. */
  readonly repairUntilMs: number | null;
}

/**
 * The tickets of a group as seats of a round, nobody asked yet.
 *
 * @param isConnected whether a player has a client that gets the question now
 */
export function newSeats(
  teams: FoundMatch["teams"],
  round: number,
  { acceptS, ackS }: ReadyCheckRules,
  isConnected: (playerId: string) => boolean,
  nowMs: number,
): Seat[] {
  const deadlineMs = nowMs + acceptS * 1_000;
  const ackDeadlineMs = ackS === null ? deadlineMs : Math.min(deadlineMs, nowMs + ackS * 1_000);
  return teams.flatMap((tickets, team) =>
    tickets.map(({ ticketId, players }) => {
      const seat = { ticketId, team, round, askedAtMs: nowMs, deadlineMs, acked: [], accepted: [] };
      if (ackDeadlineMs === deadlineMs) return seat;
      const playerIds = players.map(({ playerId }) => playerId).filter(isConnected);
      if (playerIds.length === 0) return seat;
      return { ...seat, ackDue: { playerIds, deadlineMs: ackDeadlineMs } };
    }),
  );
}

/** As it is known after the region was away: the last acks may not have been written, so nobody is missed for one. */
export function withoutAckDue(proposal: Proposal): Proposal {
  return { ...proposal, seats: proposal.seats.map(({ ackDue: _, ...seat }) => seat) };
}

export function seatOf(proposal: Proposal, ticketId: string): Seat | undefined {
  return proposal.seats.find((seat) => seat.ticketId === ticketId);
}

/** What a seat's ticket is owed by now: all that this ready check has cost it, on top of what it was owed before. */
export function owedMs({ priorityMs = 0 }: Ticket, { askedAtMs }: Seat, nowMs: number): number {
  return priorityMs + Math.max(0, nowMs - askedAtMs);
}

/** The proposal with one seat changed. */
export function withSeat(proposal: Proposal, changed: Seat): Proposal {
  const seats = proposal.seats.map((seat) => (seat.ticketId === changed.ticketId ? changed : seat));
  return { ...proposal, seats };
}

/** Seats with players who could not answer while the region was away, with the whole time once more, but once only. */
export function lateSeats(
  { seats }: Proposal,
  isAway: (seat: Seat) => boolean,
  { acceptS }: ReadyCheckRules,
  nowMs: number,
): Seat[] {
  return seats
    .filter((seat) => seat.isExtended !== true && isAway(seat))
    .map((seat) => ({ ...seat, deadlineMs: Math.max(seat.deadlineMs, nowMs + acceptS * 1_000), isExtended: true }));
}

/** The proposal as one of its players sees it. */
export function viewOf(
  { matchId, mode, repairUntilMs }: Proposal,
  { round, deadlineMs, accepted }: Seat,
  playerId: string,
  coolDownS: number,
): ReadyCheckView {
  return { matchId, mode, round, deadlineMs, coolDownS, hasAccepted: accepted.includes(playerId), repairUntilMs };
}

/** What everybody may know of a match that is still asked about: not who is in it, or they could peek and dodge. */
export function hiddenMatch({ matchId, proposedAtMs }: Proposal, { name, teams }: Mode): Match {
  return {
    matchId,
    rev: 0,
    mode: name,
    status: "proposed",
    quality: 0,
    teams: Array.from({ length: teams }, (_, team) => ({ name: teamName(team), players: [] })),
    createdAtMs: proposedAtMs,
    changedAtMs: proposedAtMs,
    deadlineMs: 0,
    result: null,
    failure: null,
  };
}
