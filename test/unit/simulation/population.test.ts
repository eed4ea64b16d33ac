import { expect, it } from "vitest";
import { createPopulation, expectedMatches } from "../../../simulation/population.ts";
import { createRandom } from "../../../simulation/random.ts";

function aPopulation(size: number, regions: readonly string[]) {
  return createPopulation(size, regions, (index) => `player ${index}`, createRandom(1));
}

it("spreads players evenly over the regions", () => {
  const regions = aPopulation(5, ["EUW", "NA"]).map((person) => person.region);
  expect(regions).toEqual(["EUW", "NA", "EUW", "NA", "EUW"]);
});

it("gives the same players the same skills for the same seed", () => {
  expect(aPopulation(20, ["EUW"])).toEqual(aPopulation(20, ["EUW"]));
});

it("gives players different skills", () => {
  expect(new Set(aPopulation(20, ["EUW"]).map((person) => person.latentSkill)).size).toBe(20);
});

it("expects only whole matches of each region by itself", () => {
  // EUW: 3 players × 5 games = 15 places, three matches of four; NA: 2 × 5 = 10, two.
  expect(expectedMatches(aPopulation(5, ["EUW", "NA"]), 5, 4)).toBe(5);
});
