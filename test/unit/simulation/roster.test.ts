import { expect, it } from "vitest";
import { Roster } from "../../../simulation/roster.ts";
import { aSimulatedParty } from "./builders/a-simulated-player.ts";

const FOUR = ["ada", "ben", "cleo", "dag"];

/** 2v2 in EUW; each list plays together. */
function aRoster(parties: readonly (readonly string[])[], games: number): Roster {
  const roster = new Roster(2, 2);
  for (const members of parties) roster.add(aSimulatedParty(members), games);
  roster.begin();
  return roster;
}

const alone = (playerIds: readonly string[]) => playerIds.map((playerId) => [playerId]);

it("keeps a region open while a whole match of players owe games", () => {
  const roster = aRoster(alone(FOUR), 2);
  roster.played("EUW", FOUR);
  expect(roster.closed("EUW").aborted).toBe(false);
});

it("closes a region when fewer owe games than a match needs", () => {
  const roster = aRoster(alone([...FOUR, "eda"]), 1);
  roster.played("EUW", FOUR);
  expect(roster.closed("EUW").aborted).toBe(true);
  expect(roster.gamesLeft("eda")).toBe(1);
});

it("closes a region at once that never had enough players", () => {
  expect(aRoster(alone(["ada", "ben", "cleo"]), 5).closed("EUW").aborted).toBe(true);
});

it("counts a party's games for all of its members", () => {
  const roster = aRoster([["ada", "ben"], ["cleo"], ["dag"], ["eda", "fay"]], 1);
  roster.played("EUW", FOUR);
  expect(FOUR.map((playerId) => roster.gamesLeft(playerId))).toEqual([0, 0, 0, 0]);
  expect(roster.gamesLeft("fay")).toBe(1);
  expect(roster.closed("EUW").aborted).toBe(true);
});

it("closes a region whose parties fill no teams, however many players they are", () => {
  const roster = new Roster(2, 5);
  for (const name of ["a", "b", "c"]) roster.add(aSimulatedParty([1, 2, 3, 4].map((index) => `${name}${index}`)), 1);
  roster.begin();
  expect(roster.closed("EUW").aborted).toBe(true);
});

it("leaves other regions open", () => {
  const roster = new Roster(2, 1);
  for (const name of ["ada", "ben"]) roster.add(aSimulatedParty([name]), 1);
  for (const name of ["nat", "ned"]) roster.add(aSimulatedParty([name], "NA"), 1);
  roster.played("EUW", ["ada", "ben"]);
  expect(roster.closed("EUW").aborted).toBe(true);
  expect(roster.closed("NA").aborted).toBe(false);
});

it("no longer counts on a party that has given up", () => {
  const roster = new Roster(2, 2);
  const pair = aSimulatedParty(["ada", "ben"]);
  for (const party of [pair, aSimulatedParty(["cleo", "dag"])]) roster.add(party, 3);
  roster.remove(pair);
  expect(roster.gamesLeft("ben")).toBe(0);
  expect(roster.closed("EUW").aborted).toBe(true);
});

it("counts a player who has played more than they owed once", () => {
  const roster = aRoster(alone([...FOUR, "eda"]), 1);
  roster.played("EUW", ["ada"]);
  roster.played("EUW", ["ada"]);
  expect(roster.closed("EUW").aborted).toBe(false);
});

it("closes every region at last call", () => {
  const roster = aRoster(alone(FOUR), 3);
  roster.closeAll();
  expect(roster.closed("EUW").aborted).toBe(true);
  expect(roster.gamesLeft("ada")).toBe(3);
});
