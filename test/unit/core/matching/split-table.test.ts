import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SplitTable } from "../../../../src/core/matching/split-table.ts";
import { splitTable } from "../../../../src/core/matching/split-table.ts";
import { differenceOfTeams, everySplit, withoutTeamNames } from "../../builders/every-split.ts";

function solos(count: number): number[] {
  return new Array<number>(count).fill(1);
}

function splitsOf(table: SplitTable | null, units: number): number[][] {
  return Array.from({ length: table?.count ?? 0 }, (_, split) =>
    Array.from(table?.teamOf.subarray(split * units, (split + 1) * units) ?? []),
  );
}

const shapes = fc.constantFrom(
  { teams: 2, teamSize: 1 },
  { teams: 2, teamSize: 2 },
  { teams: 2, teamSize: 4 },
  { teams: 2, teamSize: 5 },
  { teams: 3, teamSize: 2 },
  { teams: 3, teamSize: 3 },
  { teams: 4, teamSize: 1 },
);

describe("splitTable", () => {
  it.each([
    { teams: 2, teamSize: 1, count: 1 },
    { teams: 2, teamSize: 2, count: 3 },
    { teams: 2, teamSize: 3, count: 10 },
    { teams: 2, teamSize: 4, count: 35 },
    { teams: 2, teamSize: 5, count: 126 },
    { teams: 2, teamSize: 6, count: 462 },
    { teams: 2, teamSize: 7, count: 1_716 },
    { teams: 2, teamSize: 8, count: 6_435 },
    { teams: 3, teamSize: 3, count: 280 },
    { teams: 8, teamSize: 1, count: 1 },
    { teams: 3, teamSize: 4, count: 5_775 },
    { teams: 4, teamSize: 3, count: 15_400 },
  ])("has $count splits of single players for $teams teams of $teamSize", ({ teams, teamSize, count }) => {
    const table = splitTable(solos(teams * teamSize), teams, teamSize);
    expect(table?.count).toBe(count);
    expect(new Set(splitsOf(table, teams * teamSize).map(withoutTeamNames)).size).toBe(count);
  });

  it("has every way to put parties on teams, each once, whatever the teams are called", () => {
    const cases = shapes.chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        sizes: fc.array(fc.integer({ min: 1, max: shape.teamSize }), { minLength: 2, maxLength: 9 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ shape: { teams, teamSize }, sizes }) => {
        const units = filledUp(sizes, teams * teamSize);
        const table = splitTable(units, teams, teamSize);
        const expected = new Set(everySplit(units, teams, teamSize).map(withoutTeamNames));
        const splits = splitsOf(table, units.length);
        expect(splits).toHaveLength(expected.size);
        expect(new Set(splits.map(withoutTeamNames))).toEqual(expected);
        const bonds = units.map((size) => size - 1);
        expect([...(table?.bondDifferences ?? [])]).toEqual(
          splits.map((teamOf) => differenceOfTeams(teamOf, bonds, teams)),
        );
      }),
      { numRuns: 300 },
    );
  });

  it("has none where parties cannot fill the teams", () => {
    expect(splitTable([2, 2, 2], 2, 3)?.count).toBe(0);
    expect(splitTable([3, 1], 2, 2)?.count).toBe(0);
  });

  it("says that there are too many for 9v9", () => {
    expect(splitTable(solos(18), 2, 9)).toBeNull();
  });

  it("gives up in time on large teams that parties of three do not fill", () => {
    const trios = [...new Array<number>(21).fill(3), 1];
    expect(splitsOf(splitTable(trios, 4, 16), trios.length)).toEqual([]);
  });
});

/** As many of these as there is room for, and single players for the rest; largest first. */
function filledUp(sizes: readonly number[], players: number): number[] {
  const units: number[] = [];
  let left = players;
  for (const size of sizes) {
    if (size > left) continue;
    units.push(size);
    left -= size;
  }
  return [...units, ...solos(left)].sort((a, b) => b - a);
}
