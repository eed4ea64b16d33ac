import type { Rating } from "./player-rating.ts";

/**
 * Abramowitz and Stegun 7.1.26 for the normal distribution function; absolute error below 1.5e-7.
 * normalCdf(0) = 0.5, normalCdf(1) = 0.8413, normalCdf(-1) = 0.1587.
 */
export function normalCdf(x: number): number {
  const z = Math.abs(x) / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * z);
  const poly = ((((1.061405429 * t - 1.453152027) * t + 1.421413741) * t - 0.284496736) * t + 0.254829592) * t;
  const half = 0.5 * poly * Math.exp(-z * z);
  return x >= 0 ? 1 - half : half;
}

/** Difference of the team sums and the variance of everything that can move the outcome, in rating points. */
function difference(teamA: readonly Rating[], teamB: readonly Rating[], beta: number) {
  let mu = 0;
  let variance = (teamA.length + teamB.length) * beta * beta;
  for (const player of teamA) {
    mu += player.mu;
    variance += player.sigma * player.sigma;
  }
  for (const player of teamB) {
    mu -= player.mu;
    variance += player.sigma * player.sigma;
  }
  return { mu, variance, noise: (teamA.length + teamB.length) * beta * beta };
}

/**
 * Chance that team A wins: Φ(ΔΣmu / √(n·beta² + Σsigma²)), n = all players (Herbrich, Minka and Graepel 2006).
 * Two even teams: 0.5.
 */
export function winProbability(teamA: readonly Rating[], teamB: readonly Rating[], beta: number): number {
  const { mu, variance } = difference(teamA, teamB, beta);
  return normalCdf(mu / Math.sqrt(variance));
}

/**
 * TrueSkill's match quality of two teams in closed form: √(nβ²/v)·exp(−(ΔΣmu)²/2v), v = nβ² + Σσ².
 * Four new players, 2v2: 0.447; sure and even: close to 1.
 */
export function twoTeamQuality(teamA: readonly Rating[], teamB: readonly Rating[], beta: number): number {
  const { mu, variance, noise } = difference(teamA, teamB, beta);
  return Math.sqrt(noise / variance) * Math.exp(-(mu * mu) / (2 * variance));
}
