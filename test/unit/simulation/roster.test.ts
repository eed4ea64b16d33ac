import { expect, it } from "vitest";
import { Roster } from "../../../simulation/roster.ts";

const FOUR = ["ada", "ben", "cleo", "dag"];

function aRoster(playerIds: readonly string[], games: number): Roster {
  const roster = new Roster(4);
  for (const playerId of playerIds) roster.add("EUW", playerId, games);
  roster.begin();
  return roster;
}

it("keeps a region open while a whole match of players owe games", () => {
  const roster = aRoster(FOUR, 2);
  roster.played("EUW", FOUR);
  expect(roster.closed("EUW").aborted).toBe(false);
});

it("closes a region when fewer owe games than a match needs", () => {
  const roster = aRoster([...FOUR, "eda"], 1);
  roster.played("EUW", FOUR);
  expect(roster.closed("EUW").aborted).toBe(true);
  expect(roster.gamesLeft("eda")).toBe(1);
});

it("closes a region at once that never had enough players", () => {
  expect(aRoster(["ada", "ben", "cleo"], 5).closed("EUW").aborted).toBe(true);
});

it("leaves other regions open", () => {
  const roster = new Roster(1);
  roster.add("EUW", "ada", 1);
  roster.add("NA", "nat", 1);
  roster.played("EUW", ["ada"]);
  expect(roster.closed("EUW").aborted).toBe(true);
  expect(roster.closed("NA").aborted).toBe(false);
});

it("no longer counts on a player who has given up", () => {
  const roster = aRoster(FOUR, 3);
  roster.remove("EUW", "ada");
  expect(roster.gamesLeft("ada")).toBe(0);
  expect(roster.closed("EUW").aborted).toBe(true);
});

it("counts a player who has played more than they owed once", () => {
  const roster = aRoster([...FOUR, "eda"], 1);
  roster.played("EUW", ["ada"]);
  roster.played("EUW", ["ada"]);
  expect(roster.closed("EUW").aborted).toBe(false);
});

it("closes every region at last call", () => {
  const roster = aRoster(FOUR, 3);
  roster.closeAll();
  expect(roster.closed("EUW").aborted).toBe(true);
  expect(roster.gamesLeft("ada")).toBe(3);
});
