import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SplitUnit } from "../../../../src/core/matching/best-split.ts";
import { bestSplit } from "../../../../src/core/matching/best-split.ts";

interface Shape {
  readonly teams: number;
  readonly teamSize: number;
}

const SMALL_SHAPES: Shape[] = [
  { teams: 2, teamSize: 1 },
  { teams: 2, teamSize: 2 },
  { teams: 2, teamSize: 3 },
  { teams: 2, teamSize: 4 },
  { teams: 3, teamSize: 2 },
  { teams: 3, teamSize: 3 },
];

function soloists(ratings: readonly number[]): SplitUnit[] {
  return ratings.map((ratingSum) => ({ size: 1, ratingSum }));
}

/** Team sums of a placement, or null if a team is not exactly full. */
function sumsOf(units: readonly SplitUnit[], teamOf: readonly number[], shape: Shape): number[] | null {
  const sums = new Array<number>(shape.teams).fill(0);
  const sizes = new Array<number>(shape.teams).fill(0);
  units.forEach((unit, index) => {
    const team = teamOf[index] ?? -1;
    sums[team] = (sums[team] ?? Number.NaN) + unit.ratingSum;
    sizes[team] = (sizes[team] ?? Number.NaN) + unit.size;
  });
  return sizes.every((size) => size === shape.teamSize) ? sums : null;
}

function imbalanceOf(sums: readonly number[]): number {
  return Math.max(...sums) - Math.min(...sums);
}

/** The least imbalance over every assignment of units to teams; null if none fills them. */
function leastImbalance(units: readonly SplitUnit[], shape: Shape): number | null {
  let least: number | null = null;
  for (let code = 0; code < shape.teams ** units.length; code += 1) {
    const teamOf = units.map((_, index) => Math.floor(code / shape.teams ** index) % shape.teams);
    const sums = sumsOf(units, teamOf, shape);
    if (sums !== null) least = Math.min(least ?? Number.POSITIVE_INFINITY, imbalanceOf(sums));
  }
  return least;
}

/** Powers of two, so that no two groups add up to the same; then the last of each team makes the sums equal. */
function ratingsThatOnlySplitEvenlyInto(teamOf: readonly number[], teams: number): number[] {
  const ratings = teamOf.map((_, index) => 2 ** index);
  const sums = new Array<number>(teams).fill(0);
  teamOf.forEach((team, index) => {
    sums[team] = (sums[team] ?? 0) + (ratings[index] ?? 0);
  });
  sums.forEach((sum, team) => {
    const last = teamOf.lastIndexOf(team);
    ratings[last] = (ratings[last] ?? 0) + Math.max(...sums) - sum;
  });
  return ratings;
}

/** Parties of any size up to a whole team, filling the match; not every such group tiles the teams. */
function groupsOf(shape: Shape): fc.Arbitrary<SplitUnit[]> {
  const players = shape.teams * shape.teamSize;
  const sizes = fc.array(fc.integer({ min: 1, max: shape.teamSize }), { minLength: players, maxLength: players });
  const sums = fc.array(fc.integer({ min: 0, max: 200 }), { minLength: players, maxLength: players });
  return fc.tuple(sizes, sums).map(([wished, ratingSums]) => {
    const units: SplitUnit[] = [];
    let left = players;
    for (const size of wished) {
      if (left === 0) break;
      const fitting = Math.min(size, left);
      units.push({ size: fitting, ratingSum: (ratingSums[units.length] ?? 0) * fitting });
      left -= fitting;
    }
    return units;
  });
}

describe("bestSplit", () => {
  it.each(SMALL_SHAPES)("finds what trying everything finds: $teams teams of $teamSize", (shape) => {
    const isSlow = shape.teams ** (shape.teams * shape.teamSize) > 1_000;
    fc.assert(
      fc.property(groupsOf(shape), (units) => {
        const split = bestSplit(units, shape.teams, shape.teamSize);
        expect(split?.imbalance ?? null).toBe(leastImbalance(units, shape));
        if (split === null) return;
        const sums = sumsOf(units, split.teamOf, shape);
        expect(sums === null ? null : imbalanceOf(sums)).toBe(split.imbalance);
      }),
      { numRuns: isSlow ? 100 : 1_000 },
    );
  });

  it("puts the best with the worst: 4 and 1 against 3 and 2", () => {
    expect(bestSplit(soloists([4, 3, 2, 1]), 2, 2)).toEqual({ teamOf: [0, 1, 1, 0], imbalance: 0 });
  });

  it("keeps a party together even where that is less fair", () => {
    const duo = { size: 2, ratingSum: 60 };
    expect(bestSplit([...soloists([10, 10]), duo], 2, 2)).toEqual({ teamOf: [1, 1, 0], imbalance: 40 });
  });

  it("gives the same answer to the same question", () => {
    const equal = soloists([25, 25, 25, 25]);
    expect(bestSplit(equal, 2, 2)).toEqual(bestSplit(equal, 2, 2));
    expect(bestSplit(equal, 2, 2)?.teamOf).toEqual([0, 0, 1, 1]);
  });

  it("finds nothing for a party of three in 2v2", () => {
    expect(bestSplit([{ size: 3, ratingSum: 75 }, ...soloists([25])], 2, 2)).toBeNull();
  });

  it("finds nothing for three pairs in 3v3", () => {
    expect(bestSplit(new Array<SplitUnit>(3).fill({ size: 2, ratingSum: 50 }), 2, 3)).toBeNull();
  });

  it("gives up on parties that cannot tile large teams instead of trying for minutes", () => {
    expect(bestSplit(new Array<SplitUnit>(20).fill({ size: 3, ratingSum: 75 }), 6, 10)).toBeNull();
  });

  it.each([
    ["8v8", { teams: 2, teamSize: 8 }, [0, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0]],
    ["three teams of four", { teams: 3, teamSize: 4 }, [0, 1, 2, 2, 2, 2, 1, 1, 1, 0, 0, 0]],
    ["four teams of three", { teams: 4, teamSize: 3 }, [0, 1, 2, 3, 3, 3, 2, 2, 1, 1, 0, 0]],
  ])("is exact for %s, where the only even split is the last that it comes to", (_, shape, teamOf) => {
    const units = soloists(ratingsThatOnlySplitEvenlyInto(teamOf, shape.teams));
    expect(bestSplit(units, shape.teams, shape.teamSize)).toEqual({ teamOf, imbalance: 0 });
  });

  it("is exact in 8v8 for parties of two, against trying everything", () => {
    const shape = { teams: 2, teamSize: 8 };
    const duos = fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 8, maxLength: 8 });
    fc.assert(
      fc.property(duos, (ratings) => {
        const units = ratings.map((ratingSum) => ({ size: 2, ratingSum }));
        expect(bestSplit(units, 2, 8)?.imbalance).toBe(leastImbalance(units, shape));
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    { teams: 2, teamSize: 32 },
    { teams: 16, teamSize: 4 },
    { teams: 26, teamSize: 2 },
  ])("still fills every team beyond its limit: $teams teams of $teamSize", (shape) => {
    const units = soloists(Array.from({ length: shape.teams * shape.teamSize }, (_, index) => (index * 37) % 50));
    const split = bestSplit(units, shape.teams, shape.teamSize);
    const sums = split === null ? null : sumsOf(units, split.teamOf, shape);
    expect(sums === null ? null : imbalanceOf(sums)).toBe(split?.imbalance);
  });
});
