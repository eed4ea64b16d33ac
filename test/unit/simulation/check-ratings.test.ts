import { expect, it } from "vitest";
import { checkRatings } from "../../../simulation/check-ratings.ts";
import { aMatchAnswer, aProfile } from "./builders/an-answer.ts";

const MATCHES = [aMatchAnswer({ teamA: ["ada"], teamB: ["ben"] }), aMatchAnswer({ teamA: ["ada"], teamB: ["cleo"] })];

it("is content when every profile counts the matches its player has played", () => {
  const profiles = [aProfile("ada", { matches: 2 }), aProfile("ben", { matches: 1 }), aProfile("dag")];
  expect(checkRatings(MATCHES, profiles, "2v2")).toEqual([]);
});

it("finds a result that was lost", () => {
  expect(checkRatings(MATCHES, [aProfile("ada", { matches: 1 })], "2v2")).toEqual([
    "player ada has 1 rated matches and has played 2",
  ]);
});

it("finds a result that was rated twice", () => {
  expect(checkRatings(MATCHES, [aProfile("ben", { matches: 2 })], "2v2")).toEqual([
    "player ben has 2 rated matches and has played 1",
  ]);
});

it("counts the matches of its mode only", () => {
  expect(checkRatings([], [aProfile("ada", { matches: 2 })], "1v1")).toEqual([]);
});
