import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { PartyTiling } from "../../../../src/core/matching/party-tiling.ts";
import { everySplit } from "../../builders/every-split.ts";

const shapes = fc.constantFrom(
  { teams: 2, teamSize: 2 },
  { teams: 2, teamSize: 3 },
  { teams: 2, teamSize: 5 },
  { teams: 3, teamSize: 2 },
  { teams: 3, teamSize: 3 },
);

/** Solos fill what is left, so a way is one that fills all teams with them. */
function canTile(sizes: readonly number[], teams: number, teamSize: number): boolean {
  const left = teams * teamSize - sizes.reduce((sum, size) => sum + size, 0);
  return left >= 0 && everySplit([...sizes, ...new Array<number>(left).fill(1)], teams, teamSize).length > 0;
}

describe("PartyTiling", () => {
  it("agrees with trying every way, for any sizes in any order", () => {
    const cases = shapes.chain((shape) =>
      fc.record({
        shape: fc.constant(shape),
        sizes: fc.array(fc.integer({ min: 1, max: shape.teamSize }), { maxLength: 6 }),
      }),
    );
    fc.assert(
      fc.property(cases, ({ shape, sizes }) => {
        const tiling = new PartyTiling(shape);
        const expected = canTile(sizes, shape.teams, shape.teamSize);
        expect(tiling.canTile(sizes)).toBe(expected);
        expect(tiling.canTile([...sizes].reverse())).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it("answers each question for itself, whatever it was asked before", () => {
    const tiling = new PartyTiling({ teams: 2, teamSize: 3 });
    expect(tiling.canTile([2, 2])).toBe(true);
    expect(tiling.canTile([2, 2, 1, 1])).toBe(true);
    expect(tiling.canTile([2, 2, 1, 1, 1])).toBe(false);
    expect(tiling.canTile([2, 2, 2])).toBe(false);
  });

  it("sees in time that 31 parties of two are too many for seven teams of nine", () => {
    expect(new PartyTiling({ teams: 7, teamSize: 9 }).canTile(new Array<number>(31).fill(2))).toBe(false);
    expect(new PartyTiling({ teams: 7, teamSize: 9 }).canTile(new Array<number>(28).fill(2))).toBe(true);
  });
});
