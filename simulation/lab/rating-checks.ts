import type { Rating } from "../../src/core/rating/player-rating.ts";
import { mean, rankCorrelation } from "../statistics.ts";

/** A player whose skill is known, with every rating so far: after no game, after one, after two … */
export interface RatedPlayer {
  readonly skill: number;
  readonly ratings: readonly Rating[];
}

/** How well ratings know skills after so many games. */
export interface RatingCheck {
  readonly games: number;
  /** Players who have played so many. */
  readonly players: number;
  /** Root of the mean square of mu − skill, in rating points. */
  readonly ratingError: number | null;
  /** Spearman's, of mu and skill. */
  readonly rankCorrelation: number | null;
}

/** Everybody by the rating they had after so many games of their own; who has played fewer is left out. */
export function checkRatings(players: readonly RatedPlayer[], games: number): RatingCheck {
  const known = players.flatMap(({ skill, ratings }) => {
    const rating = ratings[games];
    return rating === undefined ? [] : [{ skill, mu: rating.mu }];
  });
  const squares = mean(known.map(({ skill, mu }) => (mu - skill) ** 2));
  return {
    games,
    players: known.length,
    ratingError: squares === null ? null : Math.sqrt(squares),
    rankCorrelation: rankCorrelation(
      known.map(({ skill }) => skill),
      known.map(({ mu }) => mu),
    ),
  };
}
