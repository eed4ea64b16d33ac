import { assert } from "../../src/core/assert.ts";
import { DEFAULT_RATING } from "../../src/core/mode.ts";
import { unevenness } from "../../src/core/rating/unevenness.ts";
import type { PolicyMatch } from "./policy.ts";

export interface MatchQuality {
  /** Highest mu of a player minus the lowest. */
  readonly spread: number;
  /** |p − ½|: how far the predicted win probability is from even. */
  readonly unevenness: number;
  /** The same from the players' true skills: what they get to feel. */
  readonly realUnevenness: number;
}

/** How close and how fair a match is, predicted with TrueSkill's usual β. */
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
    unevenness: unevenness(teams, DEFAULT_RATING.beta),
    realUnevenness: unevenness(skills, DEFAULT_RATING.beta),
  };
}
