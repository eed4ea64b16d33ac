import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { leaderboardLines } from "../../../scripts/demo/leaderboard-lines.ts";
import { endedLine, formedLine } from "../../../scripts/demo/match-lines.ts";
import { playerName } from "../../../scripts/demo/player-names.ts";
import { aSimulatedPlayer } from "../simulation/builders/a-simulated-player.ts";
import { aMatchAnswer } from "../simulation/builders/an-answer.ts";

const nameOf = (playerId: string) => playerId.toUpperCase();

it("shows a match that forms on one line", () => {
  const match = aMatchAnswer({ teamA: ["ada", "ben"], teamB: ["cleo", "dag"] });
  expect(stripVTControlCharacters(formedLine(match, nameOf))).toBe(
    "EUW  match   ADA 25.0 + BEN 25.0  vs  CLEO 25.0 + DAG 25.0   quality 0.45",
  );
});

const RATED = {
  teamA: [{ player_id: "ada", mu: 25, sigma: 8, after: { mu: 20.8, sigma: 7 } }],
  teamB: [{ player_id: "ben", mu: 25, sigma: 8, after: { mu: 29.2, sigma: 7 } }],
};

it("shows the winner of a match first, with every change of rating", () => {
  const match = aMatchAnswer({}, { players: RATED, placements: { teamA: 2, teamB: 1 } });
  expect(stripVTControlCharacters(endedLine(match, nameOf))).toBe(
    "EUW  result  BEN 29.2 (+4.2)  beat  ADA 20.8 (-4.2)",
  );
});

it("does not call a draw a win", () => {
  const match = aMatchAnswer({}, { players: RATED, placements: { teamA: 1, teamB: 1 } });
  expect(stripVTControlCharacters(endedLine(match, nameOf))).toContain("  drew with  ");
});

it("sets the leaderboard beside the order of true skill", () => {
  const players = [aSimulatedPlayer("ada", { latentSkill: 20 }), aSimulatedPlayer("ben", { latentSkill: 30 })];
  const entry = {
    rank: 1,
    player_id: "ada",
    username: "Ada",
    region: "EUW",
    conservative_rating: 12.34,
    matches: 3,
    wins: 2,
  };
  expect(leaderboardLines([entry], players)[1]).toBe("   1  Ada     EUW       12.3      3     2          2 of 2");
});

it("has forty different names, and more with a number", () => {
  const names = Array.from({ length: 80 }, (_, index) => playerName(index));
  expect(new Set(names).size).toBe(80);
  expect(names[40]).toBe(`${names[0]}2`);
});
