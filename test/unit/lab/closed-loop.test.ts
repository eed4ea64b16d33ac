import { expect, it } from "vitest";
import { runClosedLoop } from "../../../simulation/lab/closed-loop.ts";
import { oldestFirst } from "../../../simulation/lab/policies/oldest-first.ts";
import { checkRatings } from "../../../simulation/lab/rating-checks.ts";
import { DEFAULT_RATING } from "../../../src/core/mode.ts";
import { aShape } from "./builders/a-line.ts";

const loop = (seed: number) => runClosedLoop(aShape(), 40, 20, oldestFirst(aShape()), 1_000, seed);

it("lets everybody play, one rating for every game", () => {
  const players = loop(1);
  for (const { ratings } of players) {
    expect(ratings[0]).toEqual({ mu: DEFAULT_RATING.mu, sigma: DEFAULT_RATING.sigma });
    expect(ratings.length).toBeGreaterThan(20);
  }
});

it("is the same for the same seed", () => {
  expect(loop(2)).toEqual(loop(2));
});

it("brings ratings closer to skills with every game", () => {
  const players = loop(1);
  const [start, some, many] = [0, 5, 20].map((games) => checkRatings(players, games));
  expect(some?.ratingError).toBeLessThan(start?.ratingError ?? 0);
  expect(many?.ratingError).toBeLessThan(some?.ratingError ?? 0);
  expect(many?.rankCorrelation).toBeGreaterThan(0.8);
});

it("checks the ratings of those who have played so many games", () => {
  const rating = (mu: number) => ({ mu, sigma: 1 });
  const players = [
    { skill: 20, ratings: [rating(25), rating(23)] },
    { skill: 30, ratings: [rating(25), rating(26)] },
    { skill: 40, ratings: [rating(25)] },
  ];
  expect(checkRatings(players, 1)).toEqual({
    games: 1,
    players: 2,
    ratingError: Math.sqrt((9 + 16) / 2),
    rankCorrelation: 1,
  });
});

it("knows no correlation where all ratings are the same", () => {
  const players = [20, 30].map((skill) => ({ skill, ratings: [DEFAULT_RATING] }));
  expect(checkRatings(players, 0).rankCorrelation).toBeNull();
});
