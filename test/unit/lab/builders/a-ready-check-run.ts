import type { AnswerHabits } from "../../../../simulation/lab/ready-check/answer-habits.ts";
import { PlannedAnswers, USUAL_HABITS } from "../../../../simulation/lab/ready-check/answer-habits.ts";
import { playReadyChecks } from "../../../../simulation/lab/ready-check/play-ready-checks.ts";
import type {
  EndedProposal,
  ReadyCheckRun,
  ReadyCheckViolations,
  Search,
} from "../../../../simulation/lab/ready-check/ready-check-run.ts";
import { createTrace } from "../../../../simulation/lab/trace.ts";
import type { ReadyCheckRules } from "../../../../src/core/mode.ts";
import type { Seat } from "../../../../src/core/proposal.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aRun, someTraceSettings } from "./a-line.ts";

/** Everybody accepts, unless the test says otherwise. */
export function someHabits(overrides: Partial<AnswerHabits> = {}): AnswerHabits {
  return { ...USUAL_HABITS, declineShare: 0, ghostShare: 0, ...overrides };
}

/** A quarter of an hour of 2v2 with pairs of players, at 1,000 concurrent, seed 1. */
export function aReadyCheckRun(habits: AnswerHabits, rules: Partial<ReadyCheckRules> = {}): ReadyCheckRun {
  const trace = createTrace(someTraceSettings({ partyMix: [0.7, 0.3] }), 1);
  return playReadyChecks(trace, aMode({ readyCheck: rules }), new PlannedAnswers(trace, habits, 1));
}

export const NO_VIOLATIONS: ReadyCheckViolations = {
  penaltiesWithoutAck: { count: 0, of: 0 },
  doubleBookings: { count: 0, of: 0 },
  lostTickets: { count: 0, of: 0 },
  unaskedPlayers: { count: 0, of: 0 },
};

/** A seat that was asked and lies on the first team. */
export function aSeat(ticketId: string, overrides: Partial<Seat> = {}): Seat {
  return { ticketId, team: 0, round: 1, askedAtMs: 0, deadlineMs: 12_000, acked: [], accepted: [], ...overrides };
}

/** A proposal of these, first against second half, that ended at this second. */
export function anEndedProposal(
  members: readonly Search[],
  endedAtS: number,
  { round = 1, isConfirmed = true } = {},
): EndedProposal {
  const half = members.length / 2;
  return {
    proposal: {
      matchId: `match-${endedAtS}`,
      mode: "2v2",
      pass: "exact",
      round,
      seats: members.map(({ ticket }) => aSeat(ticket.ticketId)),
      proposedAtMs: 0,
      repairUntilMs: null,
    },
    isConfirmed,
    endedAtMs: endedAtS * 1_000,
    teams: [members.slice(0, half), members.slice(half)],
  };
}

/** What a queue made of these searches, on a trace of 1,000 s that they came with. */
export function aMadeUpRun(searches: readonly Search[], proposals: readonly EndedProposal[]): ReadyCheckRun {
  const tickets = searches.map(({ ticket }) => ticket);
  return { trace: aRun([], tickets).trace, searches, proposals, coolDowns: 0, violations: NO_VIOLATIONS };
}
