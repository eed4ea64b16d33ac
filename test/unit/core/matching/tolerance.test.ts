import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toleranceOf } from "../../../../src/core/matching/tolerance.ts";
import { aMode } from "../../builders/a-mode.ts";

const density = fc.double({ min: 2e-5, max: 100, noNaN: true });
const ageS = fc.double({ min: 0, max: 3_600, noNaN: true });

describe("toleranceOf", () => {
  it("follows the worked example: 2v2 at half a point per second and one arrival per second and point", () => {
    const mode = aMode({ pointsPerSecond: 0.5 });
    expect(toleranceOf(mode, 1, 0, 0)).toBeCloseTo(1, 12);
    expect(toleranceOf(mode, 1, 2, 2)).toBeCloseTo(1.2, 12);
    expect(toleranceOf(mode, 1, 20, 20)).toBeCloseTo(21, 12);
  });

  it("weighs the mean age and the highest age alike", () => {
    const mode = aMode({ pointsPerSecond: 0.5 });
    expect(toleranceOf(mode, 1, 10, 30)).toBeCloseTo(toleranceOf(mode, 1, 20, 20), 12);
  });

  it("is wider where fewer players arrive, by the square root", () => {
    expect(toleranceOf(aMode(), 0.01, 0, 0)).toBeCloseTo(10 * toleranceOf(aMode(), 1, 0, 0), 12);
  });

  it("is wider for a mode that values a second more", () => {
    const patient = aMode({ pointsPerSecond: 0.1 });
    const hasty = aMode({ pointsPerSecond: 2 });
    expect(toleranceOf(hasty, 1, 5, 5)).toBeGreaterThan(toleranceOf(patient, 1, 5, 5));
  });

  it("only ever grows with waiting", () => {
    fc.assert(
      fc.property(density, ageS, ageS, ageS, (rho, meanS, moreS, highestS) => {
        const before = toleranceOf(aMode(), rho, meanS, highestS);
        expect(toleranceOf(aMode(), rho, meanS + moreS, highestS + moreS)).toBeGreaterThanOrEqual(before);
      }),
      { numRuns: 1_000 },
    );
  });

  it("reaches any cost within √5/2·cost/a seconds, however many players arrive", () => {
    fc.assert(
      fc.property(density, fc.double({ min: 0.01, max: 900, noNaN: true }), (rho, cost) => {
        const mode = aMode({ pointsPerSecond: 0.5 });
        const boundS = ((Math.sqrt(5) / 2) * cost) / mode.pointsPerSecond;
        expect(toleranceOf(mode, rho, boundS, boundS)).toBeGreaterThanOrEqual(cost * (1 - 1e-12));
      }),
      { numRuns: 1_000 },
    );
  });
});
