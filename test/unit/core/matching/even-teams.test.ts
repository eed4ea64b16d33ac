import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { evenTeams } from "../../../../src/core/matching/even-teams.ts";
import { differenceOfTeams } from "../../builders/every-split.ts";

const solos = [1, 1, 1, 1, 1, 1];

describe("evenTeams", () => {
  it("makes the exchange that leaves least between the highest and the lowest team", () => {
    const split = evenTeams(solos, Float64Array.of(30, 29, 28, 22, 21, 20), [0, 0, 0, 1, 1, 1], 2, null);
    // 87 against 63; 30 for 20 leaves 77 against 73.
    expect(split).toEqual({ teamOf: [1, 0, 0, 1, 1, 0], imbalance: 4, bondDifference: 0 });
  });

  it("leaves even teams as they are", () => {
    const teamOf = [0, 1, 1, 0];
    expect(evenTeams([1, 1, 1, 1], Float64Array.of(4, 3, 2, 1), teamOf, 2, null)).toEqual({
      teamOf,
      imbalance: 0,
      bondDifference: 0,
    });
  });

  it("exchanges only units of equal size, so that parties stay whole and teams full", () => {
    const split = evenTeams([2, 1, 1], Float64Array.of(60, 20, 20), [0, 1, 1], 2, null);
    expect(split).toEqual({ teamOf: [0, 1, 1], imbalance: 20, bondDifference: 1 });
  });

  it("exchanges nobody who may not be exchanged", () => {
    const ratings = Float64Array.of(30, 29, 28, 22, 21, 20);
    const never = evenTeams(solos, ratings, [0, 0, 0, 1, 1, 1], 2, () => false);
    expect(never).toEqual({ teamOf: [0, 0, 0, 1, 1, 1], imbalance: 24, bondDifference: 0 });
    const onlyTheFirst = evenTeams(solos, ratings, [0, 0, 0, 1, 1, 1], 2, (_, one) => one === 0);
    expect(onlyTheFirst.teamOf.slice(1, 3)).toEqual([0, 0]);
    expect(onlyTheFirst.imbalance).toBeLessThan(24);
  });

  it("never makes the difference larger, keeps every team's size, and says the difference that it leaves", () => {
    const groups = fc
      .constantFrom({ teams: 2, teamSize: 5 }, { teams: 3, teamSize: 3 }, { teams: 5, teamSize: 2 })
      .chain(({ teams, teamSize }) =>
        fc.record({
          teams: fc.constant(teams),
          mus: fc.array(fc.integer({ min: 0, max: 50 }), { minLength: teams * teamSize, maxLength: teams * teamSize }),
        }),
      );
    fc.assert(
      fc.property(groups, ({ teams, mus }) => {
        const teamOf = mus.map((_, unit) => unit % teams);
        const sizes = mus.map(() => 1);
        const split = evenTeams(sizes, Float64Array.from(mus), teamOf, teams, null);
        expect([...split.teamOf].sort()).toEqual([...teamOf].sort());
        expect(split.imbalance).toBe(differenceOfTeams(split.teamOf, mus, teams));
        expect(split.imbalance).toBeLessThanOrEqual(differenceOfTeams(teamOf, mus, teams));
      }),
      { numRuns: 1_000 },
    );
  });
});
