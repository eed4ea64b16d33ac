import { assert } from "../assert.ts";
import type { Rating } from "./player-rating.ts";
import { winProbability } from "./win-probability.ts";

/**
 * |p − ½|, p the predicted chance that one team beats the other: 0 is even, ½ is certain. Of more than two teams the
 * one with the highest sum meets the one with the lowest: a match is as uneven as its most uneven pair.
 *
 * @param teams ratings, one array per team, at least two
 */
export function unevenness(teams: readonly (readonly Rating[])[], beta: number): number {
  const bySum = teams.toSorted((one, other) => muSum(one) - muSum(other));
  const weakest = bySum[0];
  const strongest = bySum.at(-1);
  assert(weakest !== undefined && strongest !== undefined && bySum.length >= 2, "a match has at least two teams");
  return Math.abs(winProbability(strongest, weakest, beta) - 0.5);
}

function muSum(team: readonly Rating[]): number {
  return team.reduce((sum, { mu }) => sum + mu, 0);
}
