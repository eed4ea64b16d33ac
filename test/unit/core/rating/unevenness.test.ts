import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unevenness } from "../../../../src/core/rating/unevenness.ts";

const BETA = 25 / 6;
const sure = (mu: number) => ({ mu, sigma: 0 });

describe("unevenness", () => {
  it("of even teams is 0", () => {
    expect(
      unevenness(
        [
          [sure(20), sure(30)],
          [sure(25), sure(25)],
        ],
        BETA,
      ),
    ).toBeCloseTo(0, 6);
  });

  it("is the favourite's chance above one half", () => {
    // ΔΣmu = √2·beta is one standard deviation of the difference in 1v1: Φ(1) − ½.
    expect(unevenness([[sure(25 + Math.SQRT2 * BETA)], [sure(25)]], BETA)).toBeCloseTo(0.3413, 4);
  });

  it("of a match nobody can doubt is one half", () => {
    expect(unevenness([[sure(1_000)], [sure(0)]], BETA)).toBeCloseTo(0.5, 6);
  });

  it("of three teams is that of the strongest against the weakest", () => {
    const outer = unevenness([[sure(20)], [sure(30)]], BETA);
    expect(unevenness([[sure(20)], [sure(25)], [sure(30)]], BETA)).toBe(outer);
  });

  it("does not depend on the order of the teams", () => {
    const team = fc.array(fc.record({ mu: fc.integer({ min: 0, max: 50 }), sigma: fc.integer({ min: 1, max: 8 }) }), {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(team, team, (teamA, teamB) => {
        expect(unevenness([teamA, teamB], BETA)).toBeCloseTo(unevenness([teamB, teamA], BETA), 12);
      }),
    );
  });
});
