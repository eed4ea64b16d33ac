import type { RatingEnvironment } from "../mode.ts";

export type RatingBand = "lowest" | "low" | "middle" | "high" | "highest";

/** Below so many sigmas of a new player from a new player's mu. */
const BANDS: readonly (readonly [RatingBand, number])[] = [
  ["lowest", -1.25],
  ["low", -0.5],
  ["middle", 0.5],
  ["high", 1.25],
];

/**
 * Where a rating stands on its mode's scale: 11, 20, 38, 20 and 11 % of players whose skills are spread as the mode
 * expects, N(mu, sigma²) of a new player. With mu 25 and sigma 25/3: below 14.6, 20.8, 29.2, 35.4, and above.
 */
export function ratingBand(mu: number, scale: Pick<RatingEnvironment, "mu" | "sigma">): RatingBand {
  const deviation = (mu - scale.mu) / scale.sigma;
  return BANDS.find(([, limit]) => deviation < limit)?.[0] ?? "highest";
}
