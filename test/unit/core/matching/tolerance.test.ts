import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Density } from "../../../../src/core/matching/density.ts";
import { densityAt, emptyDensity, withArrivals } from "../../../../src/core/matching/density.ts";
import { Tolerances } from "../../../../src/core/matching/tolerance.ts";
import type { ModeDefinition } from "../../../../src/core/mode-definition.ts";
import { anEvenDensity } from "../../builders/a-density.ts";
import { aMode } from "../../builders/a-mode.ts";

function tolerances(density: Density, mode: Partial<ModeDefinition> = {}): Tolerances {
  return new Tolerances(aMode({ pointsPerSecond: 0.5, ...mode }), density);
}

/** Eight times as many players at 25 as at 10. */
const busyMiddle: Density = {
  perBin: anEvenDensity(0.8).perBin.with(Math.floor(10 / 0.625), 0.1),
  mean: 0.8,
};

const rho = fc.double({ min: 2e-5, max: 100, noNaN: true });
const ageS = fc.double({ min: 0, max: 3_600, noNaN: true });

describe("Tolerances.of", () => {
  it("follows the worked example: 2v2 at half a point per second and one arrival per second and point", () => {
    const even = tolerances(anEvenDensity(1));
    expect(even.of(25, 0, 0)).toBeCloseTo(1, 12);
    expect(even.of(25, 2, 2)).toBeCloseTo(1.2, 12);
    expect(even.of(25, 20, 20)).toBeCloseTo(21, 12);
  });

  it("grows with the players of a match and with the knob, by the square root: 8v8 at 2 is four times 2v2 at ½", () => {
    const large = tolerances(anEvenDensity(1), { teamSize: 8, pointsPerSecond: 2 });
    expect(large.of(25, 0, 0)).toBeCloseTo(4, 12);
  });

  it("weighs the mean age and the highest age alike", () => {
    const even = tolerances(anEvenDensity(1));
    expect(even.of(25, 10, 30)).toBeCloseTo(even.of(25, 20, 20), 12);
  });

  it("is wider where fewer players arrive: by the square root at γ = ½, by more above", () => {
    const ratioAt = (equity: number) => {
      const uneven = tolerances(busyMiddle, { equity });
      return uneven.of(10, 0, 0) / uneven.of(25, 0, 0);
    };
    expect(ratioAt(0)).toBeCloseTo(1, 12);
    expect(ratioAt(0.5)).toBeCloseTo(8 ** 0.5, 12);
    expect(ratioAt(0.8)).toBeCloseTo(8 ** 0.8, 12);
  });

  it("is the same for every γ where the density is the players' mean", () => {
    for (const equity of [0, 0.5, 0.8, 1]) {
      expect(tolerances(busyMiddle, { equity }).of(25, 0, 0)).toBeCloseTo(Math.sqrt((0.5 * 4) / (2 * 0.8)), 12);
    }
  });

  it("takes ratings beyond the ends for those at the ends", () => {
    const even = tolerances(busyMiddle);
    expect([even.of(-20, 3, 3), even.of(80, 3, 3)]).toEqual([even.of(0, 3, 3), even.of(49.9, 3, 3)]);
  });

  it("only ever grows with waiting", () => {
    fc.assert(
      fc.property(rho, ageS, ageS, ageS, (rho, meanS, moreS, highestS) => {
        const even = tolerances(anEvenDensity(rho));
        expect(even.of(25, meanS + moreS, highestS + moreS)).toBeGreaterThanOrEqual(even.of(25, meanS, highestS));
      }),
      { numRuns: 1_000 },
    );
  });

  it("reaches any cost within √5/2·cost/a seconds, however many players arrive", () => {
    fc.assert(
      fc.property(rho, fc.double({ min: 0.01, max: 900, noNaN: true }), (rho, cost) => {
        const boundS = ((Math.sqrt(5) / 2) * cost) / 0.5;
        expect(tolerances(anEvenDensity(rho)).of(25, boundS, boundS)).toBeGreaterThanOrEqual(cost * (1 - 1e-12));
      }),
      { numRuns: 1_000 },
    );
  });

  it("is a number even where the last player came days ago", () => {
    const state = withArrivals(emptyDensity(0), [25], 0);
    for (let hours = 0; hours <= 120; hours += 1) {
      const nowMs = hours * 3_600_000;
      const alone = tolerances(densityAt(state, nowMs));
      expect(alone.of(25, 1, 1)).toBeGreaterThan(0);
      expect(alone.of(25, 1, 1)).toBeLessThan(1_000);
    }
  });
});

describe("Tolerances.overdueAfterS", () => {
  /** τ is 2 s at 25, and 8^½ times that at 10. */
  const overdueAt = (rating: number, overdue: ModeDefinition["overdue"]) =>
    tolerances(
      { perBin: busyMiddle.perBin.map((rho) => rho / 0.8), mean: 1 },
      { equity: 0.5, ...(overdue && { overdue }) },
    ).overdueAfterS(rating);

  it("is a number of natural waits of the ticket's rating", () => {
    expect(overdueAt(25, { naturalWaits: 6, leastS: 0, mostS: 60 })).toBeCloseTo(12, 12);
    expect(overdueAt(10, { naturalWaits: 6, leastS: 0, mostS: 60 })).toBeCloseTo(12 * Math.sqrt(8), 12);
  });

  it("is no less than the mode's least and no more than its most", () => {
    expect(overdueAt(25, { naturalWaits: 6, leastS: 20, mostS: 60 })).toBe(20);
    expect(overdueAt(10, { naturalWaits: 6, leastS: 0, mostS: 30 })).toBe(30);
    expect(overdueAt(25, { naturalWaits: 0, leastS: 0, mostS: 0 })).toBe(0);
  });
});
