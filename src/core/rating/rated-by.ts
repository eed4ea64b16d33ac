import type { RatingEnvironment } from "../mode.ts";
import { RATER } from "./trueskill.ts";

/**
 * What a result was rated by. Kept with it, because modes are edited: only so can it be rated again after its mode has got
 * other numbers, or is gone.
 */
export interface RatedBy extends RatingEnvironment {
  /** See `RATER`. */
  readonly rater: string;
}

/** A rating by this release. */
export function ratedBy({ mu, sigma, beta, tau, drawProbability }: RatingEnvironment): RatedBy {
  return { rater: RATER, mu, sigma, beta, tau, drawProbability };
}
