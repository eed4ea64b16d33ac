import { assert } from "../../src/core/assert.ts";
import { mean } from "../statistics.ts";
import { clairvoyantCost } from "./clairvoyant.ts";
import { costPerTicket } from "./cost-per-ticket.ts";
import { knownShape } from "./game-shape.ts";
import type { MatcherSettings } from "./lab-modes.ts";
import { REFERENCE_SETTINGS } from "./lab-modes.ts";
import type { PolicyEntry } from "./policy-table.ts";
import { runTrace } from "./run-trace.ts";
import type { Trace } from "./trace.ts";
import { createTrace } from "./trace.ts";
import { traceSettingsOf } from "./trace-kinds.ts";

/** A policy at its best setting, compared with someone who knows the future. */
export interface ClairvoyantRow {
  readonly policy: string;
  /** The `a` that costs are counted with. */
  readonly pointsPerSecond: number;
  /** The setting of the policy's knob that cost least; null: it has none. */
  readonly knob: number | null;
  /** Its cost by the clairvoyant's, mean over the seeds. */
  readonly ratio: number;
}

/** So many tickets, from the first on, are paired in hindsight. */
const TICKETS = 4_000;
const CONCURRENT_PLAYERS = 1_000;

/** What a second of waiting costs. Far above, waiting for the tick outweighs what a policy decides. */
const JUDGED_POINTS_PER_SECOND: readonly number[] = [0.025, 0.05, 0.1, 0.2];

/** The clairvoyant acts at any instant, and half a tick is waited for nothing: everybody ticks four times a second. */
export const CLAIRVOYANT_TICK_MS = 250;

/** The judge counts a difference once, so the matcher does too: in teams of one the range is the imbalance. */
export const CLAIRVOYANT_SETTINGS: MatcherSettings = { ...REFERENCE_SETTINGS, balanceWeight: 0 };

/**
 * Judges policies in 1v1 by the cost |Δrating| + a·(sum of both waits) of a pair.
 *
 * 1. A policy serves a trace at several settings of its knob. Each of the first 4,000 tickets bears half the cost of
 *    its pair; the sum is compared with what the same tickets cost a clairvoyant who makes matches at any instant.
 * 2. The setting with the least ratio over all seeds counts: the policy as its operator would tune it for this `a`.
 *
 * @param seeds how many traces: 1, 2, 3 …
 * @param stepEnded told after each optimum and each policy; `clairvoyantSteps` in all
 */
export function runClairvoyantContest(
  policies: readonly PolicyEntry[],
  settings: MatcherSettings,
  seeds: number,
  stepEnded: () => void,
): ClairvoyantRow[] {
  const traces = Array.from({ length: seeds }, (_, index) => createClairvoyantTrace(index + 1));
  return JUDGED_POINTS_PER_SECOND.flatMap((pointsPerSecond) => {
    const optima = traces.map((trace) => {
      const optimum = optimalCost(trace, pointsPerSecond);
      stepEnded();
      return optimum;
    });
    return policies.map((policy) => {
      const rows = (policy.knob?.judgedAt(pointsPerSecond, settings) ?? [null]).map((knob): ClairvoyantRow => {
        const ratios = traces.map((trace, index) => {
          const served = policy.create(trace.shape, knob ?? 0, settings);
          const cost = costPerTicket(runTrace(trace, served, CLAIRVOYANT_TICK_MS), TICKETS, pointsPerSecond);
          return cost / (optima[index] ?? 0);
        });
        const ratio = mean(ratios);
        assert(ratio !== null, "there is at least one trace");
        return { policy: policy.name, pointsPerSecond, knob, ratio };
      });
      stepEnded();
      return rows.reduce((best, row) => (row.ratio < best.ratio ? row : best));
    });
  });
}

export function clairvoyantSteps(policies: readonly PolicyEntry[], seeds: number): number {
  return JUDGED_POINTS_PER_SECOND.length * (seeds + policies.length);
}

function createClairvoyantTrace(seed: number): Trace {
  return createTrace(traceSettingsOf("reference", knownShape("1v1"), CONCURRENT_PLAYERS, [1]), seed);
}

/** Per ticket. */
function optimalCost(trace: Trace, pointsPerSecond: number): number {
  const judged = trace.arrivals.slice(0, TICKETS).map(({ ticket }) => ({
    timeS: ticket.enqueuedAtMs / 1000,
    rating: ticket.players[0]?.mu ?? 0,
  }));
  return clairvoyantCost(judged, pointsPerSecond) / judged.length;
}
