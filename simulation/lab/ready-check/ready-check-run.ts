import type { Proposal } from "../../../src/core/proposal.ts";
import type { Ticket, TicketEnding } from "../../../src/core/ticket.ts";
import type { Trace } from "../trace.ts";

/** One ticket's way through the queue. */
export interface Search {
  readonly ticket: Ticket;
  /** Null: its players were never asked. */
  firstAskedAtMs: number | null;
  /** In how many proposals it was. */
  timesAsked: number;
  /** Null: it waits, or is asked, when the trace ends. */
  ending: TicketEnding | null;
}

/** A proposal that is over. */
export interface EndedProposal {
  /** As it was when it ended. */
  readonly proposal: Proposal;
  readonly isConfirmed: boolean;
  readonly endedAtMs: number;
  /** Those who were left in it, by team. */
  readonly teams: readonly (readonly Search[])[];
}

/** What a queue with ready checks made of a trace. */
export interface ReadyCheckRun {
  readonly trace: Trace;
  readonly searches: readonly Search[];
  readonly proposals: readonly EndedProposal[];
  readonly coolDowns: number;
  readonly violations: ReadyCheckViolations;
}

/** What must not happen, each with the number of times that it could have. */
export interface ReadyCheckViolations {
  /** Cool-downs of players whose client had not said that the question was shown. */
  readonly penaltiesWithoutAck: Occurrences;
  /** Tickets that were put into a second proposal. */
  readonly doubleBookings: Occurrences;
  /** Tickets that ended twice, or that did not end and are not there. */
  readonly lostTickets: Occurrences;
  /** Players in a match who did not accept it. */
  readonly unaskedPlayers: Occurrences;
}

export interface Occurrences {
  readonly count: number;
  readonly of: number;
}
