import { expect, it } from "vitest";
import { conservativeRating } from "../../../../src/core/rating/player-rating.ts";

it("rates a new player at zero for the leaderboard", () => {
  expect(conservativeRating({ mu: 25, sigma: 25 / 3 })).toBe(0);
});

it("puts the surer of two equals higher", () => {
  expect(conservativeRating({ mu: 25, sigma: 1 })).toBe(22);
});
