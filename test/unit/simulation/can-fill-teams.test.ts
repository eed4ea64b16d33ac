import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { canFillTeams } from "../../../simulation/can-fill-teams.ts";

/** Puts each party into each team or leaves it out: slow and plainly right. */
function tryAll(free: readonly number[], sizes: readonly number[]): boolean {
  if (free.every((places) => places === 0)) return true;
  const [size, ...rest] = sizes;
  if (size === undefined) return false;
  const seated = free.some((places, team) => {
    return (
      places >= size &&
      tryAll(
        free.map((other, index) => (index === team ? other - size : other)),
        rest,
      )
    );
  });
  return seated || tryAll(free, rest);
}

describe("parties that are left", () => {
  it.each([
    { teams: 2, teamSize: 5, sizes: [5, 5], isPossible: true },
    { teams: 2, teamSize: 5, sizes: [4, 1, 3, 2], isPossible: true },
    { teams: 2, teamSize: 5, sizes: [4, 4, 4, 4], isPossible: false },
    { teams: 2, teamSize: 5, sizes: [4, 1, 1, 2, 2], isPossible: true },
    { teams: 2, teamSize: 2, sizes: [2, 1], isPossible: false },
    { teams: 3, teamSize: 1, sizes: [1, 1, 1], isPossible: true },
    { teams: 2, teamSize: 2, sizes: [], isPossible: false },
    { teams: 2, teamSize: 1, sizes: [3, 1, 1], isPossible: true },
  ])("of $sizes into $teams teams of $teamSize: $isPossible", ({ teams, teamSize, sizes, isPossible }) => {
    expect(canFillTeams(teams, teamSize, sizes)).toBe(isPossible);
  });

  it("fill the teams around somebody who has a place already", () => {
    expect(canFillTeams(2, 5, [5, 2, 1], 3)).toBe(true);
    expect(canFillTeams(2, 5, [5, 2, 2], 3)).toBe(false);
    expect(canFillTeams(2, 2, [1, 1], 0)).toBe(true);
  });

  it("fit exactly when trying everything finds a way", () => {
    const teams = fc.integer({ min: 1, max: 3 });
    const teamSize = fc.integer({ min: 1, max: 5 });
    const sizes = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 8 });
    fc.assert(
      fc.property(teams, teamSize, sizes, (teams, teamSize, sizes) => {
        expect(canFillTeams(teams, teamSize, sizes)).toBe(tryAll(new Array(teams).fill(teamSize), sizes));
      }),
      { numRuns: 500 },
    );
  });
});
