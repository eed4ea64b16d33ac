import type { EstimateOutcome } from "../../src/core/matching/wait-estimates.ts";
import { WaitEstimates } from "../../src/core/matching/wait-estimates.ts";
import { shareOf } from "./distribution.ts";
import { isMeasured } from "./measured-window.ts";
import type { Run } from "./run-trace.ts";

/**
 * How often a ticket's wait fell into the interval that it would have been told when it came; 0.8 is what the intervals
 * promise.
 *
 * 1. Play the run again: arrivals and matches in order of time.
 * 2. A ticket that comes is told an interval, a ticket that is matched teaches the next.
 * 3. Of the tickets that came within the measured window and were told something, count those inside.
 *
 * @returns null where nobody was told anything
 */
export function estimateCoverage({ trace, matches }: Run): number | null {
  const estimates = new WaitEstimates();
  const outcomes: EstimateOutcome[] = [];
  let next = 0;
  for (const { teams, madeAtMs } of matches) {
    for (; ; next += 1) {
      const arrival = trace.arrivals[next];
      if (arrival === undefined || arrival.ticket.enqueuedAtMs > madeAtMs) break;
      estimates.arrived(arrival.ticket);
    }
    for (const ticket of teams.flat()) {
      const outcome = estimates.matched(ticket, madeAtMs);
      if (outcome !== null && isMeasured(trace, ticket.enqueuedAtMs)) outcomes.push(outcome);
    }
  }
  return shareOf(outcomes.filter((outcome) => outcome === "inside").length, outcomes.length);
}
