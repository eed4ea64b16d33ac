import { Rating as LibraryRating, TrueSkill } from "ts-trueskill";
import { assert } from "../assert.ts";
import type { RatingEnvironment } from "../mode.ts";
import type { Rating } from "./player-rating.ts";
import { twoTeamQuality } from "./win-probability.ts";

/**
 * Which rater this is. Stored with each result; to be changed with whatever makes the same ratings and places come out as
 * other ratings, a new version of the library too. Results of another rater cannot be checked by rating them again.
 */
export const RATER = "ts-trueskill-5";

/**
 * The only file of the service that knows the rating library; a game that wants another rater changes this one.
 * Traps of ts-trueskill 5.1: teams as dictionaries lose all but the first member (so: arrays), a `Rating` without a
 * sigma takes mu / 3 (so: always both), and a draw of low probability is wrong (see below).
 */
function environment(rating: RatingEnvironment, drawProbability: number): TrueSkill {
  return new TrueSkill(rating.mu, rating.sigma, rating.beta, rating.tau, drawProbability);
}

/**
 * A draw that happened is rated as at least this likely. Below, the library's normal distribution function, which
 * errs by 1e-8 around 0, drowns the narrow band of a draw: two new players who draw end with a sigma 0.15 too low at
 * 1e-6 and with a *higher* sigma than before at 0. At 1e-3 the error is 1e-4.
 */
const LEAST_PROBABILITY_OF_A_DRAW = 1e-3;

function toLibrary(teams: readonly (readonly Rating[])[]): LibraryRating[][] {
  return teams.map((team) => team.map((player) => new LibraryRating(player.mu, player.sigma)));
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
  const hasDraw = new Set(places).size < places.length;
  const drawProbability = hasDraw
    ? Math.max(rating.drawProbability, LEAST_PROBABILITY_OF_A_DRAW)
    : rating.drawProbability;
  const rated: LibraryRating[][] = environment(rating, drawProbability).rate(toLibrary(teams), [...places]);
  return rated.map((team) =>
    team.map(({ mu, sigma }) => {
      if (!Number.isFinite(mu) || !Number.isFinite(sigma) || sigma <= 0)
        throw new Error(`TrueSkill gave mu ${mu}, sigma ${sigma}`);
      return { mu, sigma };
    }),
  );
}

/** Draw quality of a match, 0 to 1: the closed form for two teams, the library's matrix form for more. */
export function matchQuality(teams: readonly (readonly Rating[])[], rating: RatingEnvironment): number {
  const [teamA, teamB] = teams;
  assert(teamA !== undefined && teamB !== undefined, "a match has at least two teams");
  if (teams.length === 2) return twoTeamQuality(teamA, teamB, rating.beta);
  return environment(rating, rating.drawProbability).quality(toLibrary(teams));
}
