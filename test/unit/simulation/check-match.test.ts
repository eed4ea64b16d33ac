import { expect, it } from "vitest";
import { checkMatch } from "../../../simulation/check-match.ts";
import { aMatchAnswer, aModeAnswer } from "./builders/an-answer.ts";

const TEAMS = { teamA: ["ada", "ben"], teamB: ["cleo", "dag"] };

/** Ada and Ben play together, Cleo and Dag each alone. */
const partyOf = new Map([
  ["ada", ["ada", "ben"]],
  ["ben", ["ada", "ben"]],
  ["cleo", ["cleo"]],
  ["dag", ["dag"]],
]);

function faultsOf(match: ReturnType<typeof aMatchAnswer>): string[] {
  const homes = new Map(["ada", "ben", "cleo", "dag"].map((playerId) => [playerId, "EUW"]));
  homes.set("nat", "NA");
  return checkMatch(match, { matchId: "m1", mode: aModeAnswer(), region: "EUW", homes, partyOf });
}

it("finds nothing wrong with a proper match", () => {
  expect(faultsOf(aMatchAnswer(TEAMS))).toEqual([]);
});

it("finds a party that is on two teams", () => {
  expect(faultsOf(aMatchAnswer({ teamA: ["ada", "cleo"], teamB: ["ben", "dag"] }))).toEqual([
    "match m1: teamA has player ada without their party",
    "match m1: teamB has player ben without their party",
  ]);
});

it("finds a party that is not whole", () => {
  expect(faultsOf(aMatchAnswer({ teamA: ["cleo", "dag"], teamB: ["ben", "zoe"] }))).toContain(
    "match m1: teamB has player ben without their party",
  );
});

it("finds a team of the wrong size", () => {
  expect(faultsOf(aMatchAnswer({ ...TEAMS, teamB: ["cleo"] }))).toEqual(["match m1: teamB has 1 players"]);
});

it("finds a team of a wrong name", () => {
  expect(faultsOf(aMatchAnswer({ teamA: ["ada", "ben"], red: ["cleo", "dag"] }))).toEqual([
    "match m1: has teams red,teamA, not teamA,teamB",
  ]);
});

it("finds a player who is in it twice", () => {
  expect(faultsOf(aMatchAnswer({ ...TEAMS, teamB: ["cleo", "ada"] }))).toContain("match m1: has player ada twice");
});

it("finds a player of another region", () => {
  expect(faultsOf(aMatchAnswer({ ...TEAMS, teamB: ["cleo", "nat"] }))).toEqual([
    "match m1: in EUW has player nat of NA",
  ]);
});

it("finds a player whom nobody knows", () => {
  expect(faultsOf(aMatchAnswer({ ...TEAMS, teamB: ["cleo", "zoe"] }))).toEqual([
    "match m1: has player zoe, who does not exist",
  ]);
});

it("finds the answer to another question", () => {
  expect(faultsOf(aMatchAnswer(TEAMS, { match_id: "m2", mode: "5v5" }))).toEqual([
    "match m1: answers with the id m2",
    "match m1: is in mode 5v5, not 2v2",
  ]);
});
