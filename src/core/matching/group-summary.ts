import { assert } from "../assert.ts";
import type { Ticket } from "../ticket.ts";

/** What the cost and the tolerance of a group depend on. Everything counts players, not tickets. */
export interface GroupSummary {
  /** Highest mu minus the lowest. */
  readonly range: number;
  /** Middle of that range. */
  readonly middle: number;
  readonly meanSigma: number;
  readonly meanAgeS: number;
  readonly highestAgeS: number;
}

/** Sums up the tickets from `first` to before `end`. Every window of a tick comes through here, so it makes no copies. */
export function summarizeGroup(tickets: readonly Ticket[], first: number, end: number, nowMs: number): GroupSummary {
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let sigmaSum = 0;
  let ageSumMs = 0;
  let highestAgeMs = 0;
  let count = 0;
  for (let index = first; index < end; index += 1) {
    const ticket = tickets[index];
    assert(ticket !== undefined, "a group lies within the tickets");
    const ageMs = Math.max(0, nowMs - ticket.enqueuedAtMs);
    ageSumMs += ageMs * ticket.players.length;
    highestAgeMs = Math.max(highestAgeMs, ageMs);
    count += ticket.players.length;
    for (const { mu, sigma } of ticket.players) {
      lowest = Math.min(lowest, mu);
      highest = Math.max(highest, mu);
      sigmaSum += sigma;
    }
  }
  assert(count > 0, "a group holds players");
  return {
    range: highest - lowest,
    middle: (lowest + highest) / 2,
    meanSigma: sigmaSum / count,
    meanAgeS: ageSumMs / count / 1000,
    highestAgeS: highestAgeMs / 1000,
  };
}
