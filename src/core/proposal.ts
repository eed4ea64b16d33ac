import type { Match } from "./match.ts";
import type { FoundMatch, MatchingPass } from "./matching/found-match.ts";
import type { Mode, ReadyCheckRules } from "./mode.ts";
import { teamName } from "./mode.ts";
import type { ReadyCheckView } from "./ready-check-calls.ts";

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

/** The tickets of a group as seats of a round, nobody asked yet. */
export function newSeats(
  teams: FoundMatch["teams"],
  round: number,
  { acceptS }: ReadyCheckRules,
  nowMs: number,
): Seat[] {
  const deadlineMs = nowMs + acceptS * 1_000;
  return teams.flatMap((tickets, team) =>
    tickets.map(({ ticketId }) => ({
      ticketId,
      team,
      round,
      askedAtMs: nowMs,
      deadlineMs,
      acked: [],
      accepted: [],
    })),
  );
}

export function seatOf(proposal: Proposal, ticketId: string): Seat | undefined {
  return proposal.seats.find((seat) => seat.ticketId === ticketId);
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
