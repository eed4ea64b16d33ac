import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Density, DensityState } from "../../../../src/core/matching/density.ts";
import { decayed, densityAt, densityBinOf, emptyDensity, withArrivals } from "../../../../src/core/matching/density.ts";

const FLOOR = 2e-5;
const BIN_WIDTH = 50 / 80;

/** One player at each of these ratings, every second from 1 to `seconds`. */
function afterSteadyArrivals(mus: readonly number[], seconds: number): DensityState {
  let state = emptyDensity(0);
  for (let second = 1; second <= seconds; second += 1) state = withArrivals(state, mus, second * 1_000);
  return state;
}

function at(density: Density, mu: number): number | undefined {
  return density.perBin[densityBinOf(mu)];
}

function total(state: DensityState): number {
  return state.counts.reduce((sum, count) => sum + count, 0);
}

describe("densityAt", () => {
  it("gives the floor where nobody has ever arrived", () => {
    expect(at(densityAt(emptyDensity(0), 0), 25)).toBe(FLOOR);
  });

  it("gives the rate of steady arrivals at all ratings: one a second and bin is 1.6 a second and point", () => {
    const everyBin = Array.from({ length: 80 }, (_, bin) => (bin + 0.5) * BIN_WIDTH);
    const density = densityAt(afterSteadyArrivals(everyBin, 600), 600_000);
    for (const mu of [0.1, 10, 25, 49.9]) expect(at(density, mu)).toBeCloseTo(1 / BIN_WIDTH, 2);
  });

  it("spreads arrivals at one rating over four bins on either side, as ¼, ½, ¼ does four times", () => {
    const density = densityAt(afterSteadyArrivals([25.1], 600), 600_000);
    const rate = 1 / BIN_WIDTH;
    [70, 56, 28, 8, 1].forEach((weight, away) => {
      for (const mu of [25.1 - away * BIN_WIDTH, 25.1 + away * BIN_WIDTH]) {
        expect(at(density, mu)).toBeCloseTo((weight / 256) * rate, 2);
      }
    });
    expect(at(density, 25.1 + 5 * BIN_WIDTH)).toBe(FLOOR);
    expect(at(density, 25.1 - 5 * BIN_WIDTH)).toBe(FLOOR);
  });

  const rateAfter = (seconds: number) =>
    at(densityAt(afterSteadyArrivals([25.1], seconds), seconds * 1_000), 25.1) ?? Number.NaN;

  it("gives the same rate after an hour as after ten minutes", () => {
    const afterTenMinutes = rateAfter(600);
    expect(rateAfter(3_600)).toBeCloseTo(afterTenMinutes, 2);
  });

  it("does not take a burst in the first second for a thousand players a minute", () => {
    const burst = withArrivals(emptyDensity(0), new Array(16).fill(25.1), 1_000);
    expect(at(densityAt(burst, 1_000), 25.1)).toBeCloseTo(((70 / 256) * 16) / 60 / BIN_WIDTH, 12);
  });

  it("counts ratings beyond the ends in the outermost bins", () => {
    const state = withArrivals(emptyDensity(0), [-7, 1_000], 0);
    expect([state.counts[0], state.counts[79], total(state)]).toEqual([1, 1, 2]);
    const density = densityAt(state, 0);
    expect([at(density, -7), at(density, 1_000)]).toEqual([at(density, 0), at(density, 49.9)]);
  });

  it("loses nobody to smoothing, not even at the ends", () => {
    const mus = fc.array(fc.double({ min: -5, max: 55, noNaN: true }), { minLength: 200, maxLength: 300 });
    fc.assert(
      fc.property(mus, (arrivals) => {
        const density = densityAt(withArrivals(emptyDensity(0), arrivals, 60_000), 60_000);
        const sum = density.perBin.reduce((a, b) => a + b * BIN_WIDTH, 0);
        expect(Math.abs(sum * 60 - arrivals.length)).toBeLessThanOrEqual(80 * BIN_WIDTH * FLOOR * 60 + 1e-9);
      }),
      { numRuns: 200 },
    );
  });

  it("forgets: after arrivals end the rate is halved in five minutes of a long history", () => {
    const state = afterSteadyArrivals([25.1], 7_200);
    const before = at(densityAt(state, 7_200_000), 25.1) ?? Number.NaN;
    expect(at(densityAt(state, 7_500_000), 25.1)).toBeCloseTo(before / 2, 3);
  });
});

describe("the mean density", () => {
  it("is what a player finds, not what a rating finds: three of four in a busy bin count three times", () => {
    // 3 and 1 players within 60 s, 70/256 of them in their bins after smoothing, weighed by 3 and 1.
    const { mean } = densityAt(withArrivals(emptyDensity(0), [10, 10, 10, 40], 0), 0);
    expect(mean).toBeCloseTo(((70 / 256) * (3 * 3 + 1 * 1)) / 4 / 60 / BIN_WIDTH, 12);
  });

  it("is the floor where nobody has ever arrived", () => {
    expect(densityAt(emptyDensity(0), 0).mean).toBe(FLOOR);
  });

  it("is never below the floor, however long ago the last player came", () => {
    const state = withArrivals(emptyDensity(0), [25], 0);
    for (const days of [1, 3, 3.7, 4, 365]) {
      expect(densityAt(state, days * 86_400_000).mean).toBe(FLOOR);
    }
  });
});

describe("densityBinOf", () => {
  it("puts a rating into one of 80 bins, the ones beyond the ends into the outermost", () => {
    expect([-7, 0, 0.62, 0.625, 25, 49.99, 50, 1_000].map(densityBinOf)).toEqual([0, 0, 0, 1, 40, 79, 79, 79]);
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
