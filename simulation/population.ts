import { DEFAULT_RATING } from "../src/core/mode.ts";
import type { Random } from "./random.ts";

/** A player before registration. */
export interface Person {
  readonly username: string;
  readonly region: string;
  /** True skill in rating points, which the service never sees and its ratings should come to resemble. */
  readonly latentSkill: number;
}

/** Players spread evenly over the regions, their skills drawn from TrueSkill's prior for a new player. */
export function createPopulation(
  size: number,
  regions: readonly string[],
  nameOf: (index: number) => string,
  random: Random,
): Person[] {
  return Array.from({ length: size }, (_, index) => ({
    username: nameOf(index),
    region: regions[index % regions.length] ?? "",
    latentSkill: random.normal(DEFAULT_RATING.mu, DEFAULT_RATING.sigma),
  }));
}

/** How many matches can be played at most when every player of each region plays `games`; a region's rest is left over. */
export function expectedMatches(people: readonly Person[], games: number, playersPerMatch: number): number {
  const slots = new Map<string, number>();
  for (const { region } of people) slots.set(region, (slots.get(region) ?? 0) + games);
  let matches = 0;
  for (const count of slots.values()) matches += Math.floor(count / playersPerMatch);
  return matches;
}
