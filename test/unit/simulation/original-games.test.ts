import { expect, it } from "vitest";
import type { OriginalMatch } from "../../../simulation/original-games.ts";
import { OriginalGames } from "../../../simulation/original-games.ts";

const FOUR = ["ada", "ben", "cleo", "dag"];

function aMatch(overrides: Partial<OriginalMatch> = {}): OriginalMatch {
  const teamOf = (ids: readonly string[]) => ids.map((player_id) => ({ player_id }));
  return {
    match_id: "m1",
    players: { teamA: teamOf(FOUR.slice(0, 2)), teamB: teamOf(FOUR.slice(2)) },
    region: "EUW",
    status: "pending",
    ...overrides,
  };
}

function gamesOf(playerIds: readonly string[], games: number): OriginalGames {
  const original = new OriginalGames();
  for (const playerId of playerIds) original.add(playerId, "EUW", games);
  return original;
}

it("reports a pending match once", () => {
  const games = gamesOf(FOUR, 2);
  expect(games.shouldReport(aMatch())).toBe(true);
  games.reported(aMatch());
  expect(games.shouldReport(aMatch())).toBe(false);
});

it("reports no match that has ended already", () => {
  expect(gamesOf(FOUR, 2).shouldReport(aMatch({ status: "finished" }))).toBe(false);
});

it("queues the players of a match that it sees finished once, if they owe more games", () => {
  const games = gamesOf(FOUR.slice(0, 3), 2);
  games.add("dag", "EUW", 1);
  games.reported(aMatch());
  expect(games.playersToQueueAgain(aMatch({ status: "reporting" }))).toEqual([]);
  expect(games.playersToQueueAgain(aMatch({ status: "finished" }))).toEqual(["ada", "ben", "cleo"]);
  expect(games.playersToQueueAgain(aMatch({ status: "finished" }))).toEqual([]);
});

it("is over when no region has four players who owe a game", () => {
  const games = gamesOf([...FOUR, "eda"], 1);
  games.add("nat", "NA", 1);
  expect(games.isOver).toBe(false);
  games.reported(aMatch());
  expect(games.isOver).toBe(true);
  expect(games.owing).toEqual(["eda", "nat"]);
});
