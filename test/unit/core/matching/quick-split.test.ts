import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { quickSplit } from "../../../../src/core/matching/quick-split.ts";
import { differenceOfTeams, everySplit } from "../../builders/every-split.ts";

const shapes = fc.constantFrom(
  { teams: 2, teamSize: 3 },
  { teams: 2, teamSize: 5 },
  { teams: 3, teamSize: 2 },
  { teams: 3, teamSize: 3 },
  { teams: 2, teamSize: 12 },
  { teams: 8, teamSize: 4 },
);

interface Unit {
  readonly size: number;
  readonly mu: number;
}

/** Units that hold exactly the players of a match. */
const groups = shapes.chain(({ teams, teamSize }) =>
  fc
    .array(
      fc.record({
        size: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: teamSize })),
        mu: fc.integer({ min: 0, max: 50 }),
      }),
      { minLength: teams * teamSize, maxLength: teams * teamSize },
    )
    .map((wanted) => ({ teams, teamSize, units: fitting(wanted, teams * teamSize) })),
);

function fitting(wanted: readonly Unit[], players: number): Unit[] {
  const units: Unit[] = [];
  let left = players;
  for (const { size, mu } of wanted) {
    const fits = Math.min(size, left);
    if (fits > 0) units.push({ size: fits, mu });
    left -= fits;
  }
  return units.sort((a, b) => b.size - a.size || b.mu - a.mu);
}

function split(units: readonly Unit[], teams: number, teamSize: number) {
  const sizes = units.map(({ size }) => size);
  const sums = units.map(({ size, mu }) => size * mu);
  return { sizes, sums, quick: quickSplit(sizes, Float64Array.from(sums), teams, teamSize) };
}

describe("quickSplit", () => {
  it("fills every team with whole parties and says what its teams differ by", () => {
    let found = 0;
    fc.assert(
      fc.property(groups, ({ teams, teamSize, units }) => {
        const { sizes, sums, quick } = split(units, teams, teamSize);
        if (quick === null) return;
        found += 1;
        const players = new Array<number>(teams).fill(0);
        quick.teamOf.forEach((team, unit) => {
          players[team] = (players[team] ?? Number.NaN) + (sizes[unit] ?? Number.NaN);
        });
        expect(players).toEqual(new Array<number>(teams).fill(teamSize));
        expect(quick.imbalance).toBeCloseTo(differenceOfTeams(quick.teamOf, sums, teams), 9);
        const bonds = sizes.map((size) => size - 1);
        expect(quick.bondDifference).toBe(differenceOfTeams(quick.teamOf, bonds, teams));
      }),
      { numRuns: 2_000 },
    );
    expect(found).toBeGreaterThan(500);
  });

  it("is never fairer than the fairest of all 1,716 splits of 7v7, and seldom far behind it", () => {
    const players = fc.array(fc.double({ min: 15, max: 35, noNaN: true }), { minLength: 14, maxLength: 14 });
    const everyWay = everySplit(new Array<number>(14).fill(1), 2, 7).filter(([first]) => first === 0);
    expect(everyWay).toHaveLength(1_716);
    let behind = 0;
    fc.assert(
      fc.property(players, (mus) => {
        const { sums, quick } = split(
          mus.map((mu) => ({ size: 1, mu })),
          2,
          7,
        );
        const fairest = Math.min(...everyWay.map((teamOf) => differenceOfTeams(teamOf, sums, 2)));
        const imbalance = quick?.imbalance ?? Number.NaN;
        expect(imbalance).toBeGreaterThanOrEqual(fairest - 1e-9);
        behind += imbalance - fairest;
      }),
      { numRuns: 200, seed: 1 },
    );
    expect(behind / 200).toBeLessThan(0.4);
  });

  it("never does worse than before it exchanges: snake order alone", () => {
    const { quick } = split(
      [10, 9, 8, 7, 3, 1].map((mu) => ({ size: 1, mu })),
      2,
      3,
    );
    // Snake order: 10+7+3 against 9+8+1.
    expect(quick?.imbalance).toBeLessThanOrEqual(2);
  });

  it("gives up where its order leaves a party without room", () => {
    expect(
      split(
        [3, 3, 2, 2, 2].map((size) => ({ size, mu: 25 })),
        2,
        6,
      ).quick,
    ).toBeNull();
  });
});
