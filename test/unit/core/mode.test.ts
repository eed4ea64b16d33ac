import { expect, test } from "vitest";
import { playersPerMatch, teamName } from "../../../src/core/mode.ts";

test("a match holds the players of all its teams", () => {
  expect(playersPerMatch({ teams: 3, teamSize: 4 })).toBe(12);
});

test("teams are named in letters, up to the last that a mode can have", () => {
  expect([0, 1, 25].map(teamName)).toEqual(["teamA", "teamB", "teamZ"]);
});
