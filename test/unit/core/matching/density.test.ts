import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DensityState } from "../../../../src/core/matching/density.ts";
import { decayed, densityAt, emptyDensity, withArrivals } from "../../../../src/core/matching/density.ts";

const FLOOR = 2e-5;
const BIN_WIDTH = 50 / 80;

/** One player at each of these ratings, every second from 1 to `seconds`. */
function afterSteadyArrivals(mus: readonly number[], seconds: number): DensityState {
  let state = emptyDensity(0);
  for (let second = 1; second <= seconds; second += 1) state = withArrivals(state, mus, second * 1_000);
  return state;
}

function total(state: DensityState): number {
  return state.counts.reduce((sum, count) => sum + count, 0);
}

describe("densityAt", () => {
  it("gives the floor where nobody has ever arrived", () => {
    expect(densityAt(emptyDensity(0), 0)(25)).toBe(FLOOR);
  });

  it("gives the rate of steady arrivals at all ratings: one a second and bin is 1.6 a second and point", () => {
    const everyBin = Array.from({ length: 80 }, (_, bin) => (bin + 0.5) * BIN_WIDTH);
    const density = densityAt(afterSteadyArrivals(everyBin, 600), 600_000);
    for (const mu of [0.1, 10, 25, 49.9]) expect(density(mu)).toBeCloseTo(1 / BIN_WIDTH, 2);
  });

  it("spreads arrivals at one rating as ¼, ½, ¼ over its bin and the neighbours", () => {
    const density = densityAt(afterSteadyArrivals([25.1], 600), 600_000);
    const rate = 1 / BIN_WIDTH;
    expect(density(25.1)).toBeCloseTo(0.5 * rate, 2);
    expect(density(25.1 - BIN_WIDTH)).toBeCloseTo(0.25 * rate, 2);
    expect(density(25.1 + BIN_WIDTH)).toBeCloseTo(0.25 * rate, 2);
    expect(density(25.1 + 2 * BIN_WIDTH)).toBe(FLOOR);
  });

  it("gives the same rate after an hour as after ten minutes", () => {
    const afterTenMinutes = densityAt(afterSteadyArrivals([25.1], 600), 600_000)(25.1);
    expect(densityAt(afterSteadyArrivals([25.1], 3_600), 3_600_000)(25.1)).toBeCloseTo(afterTenMinutes, 2);
  });

  it("does not take a burst in the first second for a thousand players a minute", () => {
    const burst = withArrivals(emptyDensity(0), new Array(16).fill(25.1), 1_000);
    expect(densityAt(burst, 1_000)(25.1)).toBeCloseTo((0.5 * 16) / 60 / BIN_WIDTH, 12);
  });

  it("counts ratings beyond the ends in the outermost bins", () => {
    const state = withArrivals(emptyDensity(0), [-7, 1_000], 0);
    expect([state.counts[0], state.counts[79], total(state)]).toEqual([1, 1, 2]);
    const density = densityAt(state, 0);
    expect([density(-7), density(1_000)]).toEqual([density(0), density(49.9)]);
  });

  it("loses nobody to smoothing, not even at the ends", () => {
    const mus = fc.array(fc.double({ min: -5, max: 55, noNaN: true }), { minLength: 200, maxLength: 300 });
    fc.assert(
      fc.property(mus, (arrivals) => {
        const density = densityAt(withArrivals(emptyDensity(0), arrivals, 60_000), 60_000);
        const perSecond = Array.from({ length: 80 }, (_, bin) => density((bin + 0.5) * BIN_WIDTH) * BIN_WIDTH);
        const sum = perSecond.reduce((a, b) => a + b, 0);
        expect(Math.abs(sum * 60 - arrivals.length)).toBeLessThanOrEqual(80 * BIN_WIDTH * FLOOR * 60 + 1e-9);
      }),
      { numRuns: 200 },
    );
  });

  it("forgets: after arrivals end the rate is halved in five minutes of a long history", () => {
    const state = afterSteadyArrivals([25.1], 7_200);
    const before = densityAt(state, 7_200_000)(25.1);
    expect(densityAt(state, 7_500_000)(25.1)).toBeCloseTo(before / 2, 3);
  });
});

describe("decayed", () => {
  it("halves the counts in five minutes", () => {
    const state = withArrivals(emptyDensity(0), [10, 20, 20, 30], 0);
    expect(total(decayed(state, 300_000))).toBeCloseTo(2, 12);
    expect(total(decayed(state, 600_000))).toBeCloseTo(1, 12);
  });

  it("never covers more than its memory of 300 / ln 2 seconds", () => {
    expect(decayed(emptyDensity(0), 1e9).elapsedS).toBeCloseTo(432.8, 1);
  });

  it("gives in many steps what it gives in one, to rounding", () => {
    const steps = fc.array(fc.integer({ min: 1, max: 200_000 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(steps, (stepsMs) => {
        const start = withArrivals(emptyDensity(0), [3, 25, 25, 47], 0);
        let nowMs = 0;
        let stepped = start;
        for (const stepMs of stepsMs) {
          nowMs += stepMs;
          stepped = decayed(stepped, nowMs);
        }
        const once = decayed(start, nowMs);
        expect(stepped.updatedAtMs).toBe(once.updatedAtMs);
        expect(Math.abs(stepped.elapsedS / once.elapsedS - 1)).toBeLessThan(1e-9);
        expect(Math.abs(total(stepped) / total(once) - 1)).toBeLessThan(1e-9);
      }),
      { numRuns: 1_000 },
    );
  });

  it("decays nothing when the clock steps back, and goes on from where it was", () => {
    const state = withArrivals(emptyDensity(0), [25], 60_000);
    const back = withArrivals(state, [25], 30_000);
    expect(total(back)).toBe(2);
    expect([back.elapsedS, back.updatedAtMs]).toEqual([state.elapsedS, 60_000]);
  });

  it("leaves the state that it is given as it was", () => {
    const state = withArrivals(emptyDensity(0), [25], 0);
    const copy = structuredClone(state);
    withArrivals(decayed(state, 90_000), [30], 90_000);
    expect(state).toEqual(copy);
  });
});
