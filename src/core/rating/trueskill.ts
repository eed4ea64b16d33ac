import { Rating as LibraryRating, TrueSkill } from "ts-trueskill";
import { assert } from "../assert.ts";
import type { RatingEnvironment } from "../mode.ts";
import type { Rating } from "./player-rating.ts";
import { twoTeamQuality } from "./win-probability.ts";

/**
 * The only file that knows the rating library; a game that wants another rater changes this one.
 * Traps of ts-trueskill 5.1: teams as dictionaries lose all but the first member (so: arrays), a `Rating` with mu 0
 * is refused, and a draw with draw probability 0 *raises* sigma (so: the smallest useful probability).
 */
function environment(rating: RatingEnvironment): TrueSkill {
  const drawProbability = Math.max(rating.drawProbability, 1e-6);
  return new TrueSkill(rating.mu, rating.sigma, rating.beta, rating.tau, drawProbability);
}

function toLibrary(teams: readonly (readonly Rating[])[]): LibraryRating[][] {
  return teams.map((team) =>
    team.map((player) => new LibraryRating(player.mu === 0 ? Number.EPSILON : player.mu, player.sigma)),
  );
}

/**
 * New ratings after a match.
 *
 * @param teams ratings before the match, one array per team
 * @param places place of each team, 1 is best, equal is a draw; as long as `teams`
 * @returns ratings after it, in the shape of `teams`
 * @throws when the outcome is so unlikely that the approximation breaks down (gaps above about 160 mu)
 */
export function rateTeams(
  teams: readonly (readonly Rating[])[],
  places: readonly number[],
  rating: RatingEnvironment,
): Rating[][] {
  assert(teams.length === places.length && teams.length >= 2, "one place for each of at least two teams");
  const rated: LibraryRating[][] = environment(rating).rate(toLibrary(teams), [...places]);
  return rated.map((team) =>
    team.map(({ mu, sigma }) => {
      if (!Number.isFinite(mu) || !(sigma > 0)) throw new Error(`TrueSkill gave mu ${mu}, sigma ${sigma}`);
      return { mu, sigma };
    }),
  );
}

/** Draw quality of a match, 0 to 1: the closed form for two teams, the library's matrix form for more. */
export function matchQuality(teams: readonly (readonly Rating[])[], rating: RatingEnvironment): number {
  const [teamA, teamB] = teams;
  assert(teamA !== undefined && teamB !== undefined, "a match has at least two teams");
  if (teams.length === 2) return twoTeamQuality(teamA, teamB, rating.beta);
  return environment(rating).quality(toLibrary(teams));
}
