import { assert } from "../../src/core/assert.ts";
import { DEFAULT_RATING } from "../../src/core/mode.ts";
import type { Rating } from "../../src/core/rating/player-rating.ts";
import { winProbability } from "../../src/core/rating/win-probability.ts";
import type { PolicyMatch } from "./policy.ts";

export interface MatchQuality {
  /** Highest mu of a player minus the lowest. */
  readonly spread: number;
  /** |p − ½|: how far the predicted win probability is from even. */
  readonly unevenness: number;
  /** The same from the players' true skills: what they get to feel. */
  readonly realUnevenness: number;
}

/**
 * How close and how fair a match is.
 *
 * p = Φ(ΔΣmu / √(n·β² + Σσ²)) with β = 25/6 and n all players of the two teams compared. Of more than two teams the one
 * with the highest sum is compared with the one with the lowest: the match is as uneven as its most uneven pair.
 */
export function measureMatch(match: PolicyMatch, latentSkills: ReadonlyMap<string, number>): MatchQuality {
  const teams = match.teams.map((tickets) => tickets.flatMap(({ players }) => players));
  const mus = teams.flat().map(({ mu }) => mu);
  const skills = teams.map((team) =>
    team.map(({ playerId }) => {
      const mu = latentSkills.get(playerId);
      assert(mu !== undefined, "a trace knows the skill of its players");
      return { mu, sigma: 0 };
    }),
  );
  return {
    spread: Math.max(...mus) - Math.min(...mus),
    unevenness: unevennessOf(teams),
    realUnevenness: unevennessOf(skills),
  };
}

function unevennessOf(teams: readonly (readonly Rating[])[]): number {
  const bySum = teams.toSorted((a, b) => muSum(a) - muSum(b));
  const weakest = bySum[0];
  const strongest = bySum.at(-1);
  assert(weakest !== undefined && strongest !== undefined, "a match has teams");
  // Two teams of one sum sort as they came; the same team must not meet itself.
  return winProbability(strongest, weakest, DEFAULT_RATING.beta) - 0.5;
}

function muSum(team: readonly Rating[]): number {
  return team.reduce((sum, { mu }) => sum + mu, 0);
}
