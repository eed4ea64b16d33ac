import { beforeAll, describe, expect, it } from "vitest";
import { knownShape } from "../../../simulation/lab/game-shape.ts";
import { REFERENCE_SETTINGS, referenceMode } from "../../../simulation/lab/lab-modes.ts";
import {
  CAP_S,
  CAPPED_POINTS_PER_SECOND,
  CAPPED_SETTINGS,
  COMPARED_FIGURES,
  isKept,
  LEAST_COVERAGE,
  LIMITED_CASES,
  MOST_COVERAGE,
} from "../../../simulation/lab/limits.ts";
import type { Measures } from "../../../simulation/lab/measure-run.ts";
import { measureRun } from "../../../simulation/lab/measure-run.ts";
import { watchOverdue } from "../../../simulation/lab/overdue-watch.ts";
import { knownMix } from "../../../simulation/lab/party-mix.ts";
import { greedyWindows } from "../../../simulation/lab/policies/greedy-windows.ts";
import { ripeWindows } from "../../../simulation/lab/policies/ripe-windows.ts";
import { steppedExpansion } from "../../../simulation/lab/policies/stepped-expansion.ts";
import { runTrace } from "../../../simulation/lab/run-trace.ts";
import type { Trace } from "../../../simulation/lab/trace.ts";
import { createTrace } from "../../../simulation/lab/trace.ts";
import type { TraceName } from "../../../simulation/lab/trace-kinds.ts";
import { traceSettingsOf } from "../../../simulation/lab/trace-kinds.ts";

/** The first of the five traces that `npm run lab` measures: two hours of 1,000 concurrent players. */
function firstTrace(mode: string, parties: string, name: TraceName = "reference"): Trace {
  return createTrace(traceSettingsOf(name, knownShape(mode), 1_000, knownMix(parties)), 1);
}

/** What the seed determines. Whoever changes the matcher sees here what that changes for players. */
const FIGURES = [
  { of: "2v2, a = 0.5", matches: 1600, meanWaitS: 7.2691796, spread: 4.1558473, unevenness: 0.0234297 },
  { of: "2v2, a = 0.1", matches: 1607, meanWaitS: 15.8908139, spread: 2.0139008, unevenness: 0.0098623 },
  { of: "1v1, a = 2", matches: 3197, meanWaitS: 3.8537131, spread: 1.4495577, unevenness: 0.0799496 },
  { of: "5v5, a = 0.5", matches: 654, meanWaitS: 13.9158196, spread: 10.4784678, unevenness: 0.058364 },
];

describe.each(LIMITED_CASES)("$mode, a = $pointsPerSecond", ({ mode, parties, pointsPerSecond, limits }) => {
  const shape = knownShape(mode);
  let trace: Trace;
  let ripe: Measures;

  const missedBy = (measures: Measures) =>
    limits.filter((limit) => !isKept(limit, limit.read(measures) ?? Number.NaN)).map(({ figure }) => figure);

  beforeAll(() => {
    trace = firstTrace(mode, parties);
    const policy = ripeWindows(referenceMode(shape, pointsPerSecond, REFERENCE_SETTINGS));
    ripe = measureRun(runTrace(trace, policy, 1_000));
  });

  it("keeps every limit and matches everybody", () => {
    expect(missedBy(ripe)).toEqual([]);
    expect(ripe.matchedShare).toBe(1);
  });

  it("misses some limit with the first matcher", () => {
    const greedy = measureRun(runTrace(trace, greedyWindows(shape, pointsPerSecond), 1_000));
    expect(missedBy(greedy)).not.toEqual([]);
  });

  it("tells four of five how long they will wait", () => {
    expect(ripe.estimateCoverage).toBeGreaterThanOrEqual(LEAST_COVERAGE);
    expect(ripe.estimateCoverage).toBeLessThanOrEqual(MOST_COVERAGE);
  });

  it("gives the figures that the seed determines", () => {
    const figures = FIGURES.find(({ of }) => of === `${mode}, a = ${pointsPerSecond}`);
    expect(ripe.matches).toBe(figures?.matches);
    expect(ripe.waitS.mean).toBeCloseTo(figures?.meanWaitS ?? Number.NaN, 6);
    expect(ripe.spread).toBeCloseTo(figures?.spread ?? Number.NaN, 6);
    expect(ripe.unevenness).toBeCloseTo(figures?.unevenness ?? Number.NaN, 6);
  });
});

describe("with a cap of a minute", () => {
  const capped = (mode: string) => referenceMode(knownShape(mode), CAPPED_POINTS_PER_SECOND, CAPPED_SETTINGS);

  it("loses to stepped expansion in nothing, in 2v2", () => {
    const trace = firstTrace("2v2", "solo");
    const ripe = measureRun(runTrace(trace, ripeWindows(capped("2v2")), 1_000));
    const stepped = measureRun(runTrace(trace, steppedExpansion(trace.shape, 1), 1_000));
    const lost = COMPARED_FIGURES.filter(({ read }) => !((read(ripe) ?? Number.NaN) <= (read(stepped) ?? Number.NaN)));
    expect(lost.map(({ figure }) => figure)).toEqual([]);
    expect(ripe.matchedShare).toBe(1);
  });

  it("never leaves an overdue ticket behind as the first matcher does, in 5v5 with parties that insist on maps", () => {
    const trace = firstTrace("5v5", "p5", "rules");
    const ripe = watchOverdue(ripeWindows(capped("5v5")), trace.shape, CAP_S);
    const greedy = watchOverdue(greedyWindows(trace.shape, CAPPED_POINTS_PER_SECOND), trace.shape, CAP_S);
    for (const { policy } of [ripe, greedy]) runTrace(trace, policy, 1_000);
    expect(ripe.overdueTicks()).toBeGreaterThan(0);
    expect(ripe.misses()).toBe(0);
    expect(greedy.misses()).toBeGreaterThan(0);
  });
});
