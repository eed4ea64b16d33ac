import type { Mode } from "../mode.ts";

/**
 * What uneven teams cost a group, in rating points: w·imbalance/T, T players a team, imbalance the highest team sum of
 * mu minus the lowest, w the mode's `balanceWeight` (4 by default).
 *
 * The σ-aware form counts only what exceeds the noise of the ratings: with s = ½·√Σσ² over all players,
 * w·(√(imbalance² + s²) − s)/T. Predicted fairness below the noise is not real, and chasing it costs waiting: 2v2 of
 * settled players (σ = 1.2) has s = 1.2, so an imbalance of 1 costs 0.72 instead of 2.
 *
 * Parties against solos: each bond (a party of n has n − 1) that the team with most has more than the team with fewest
 * costs the mode's `partyParityWeight`.
 */
export class Balance {
  readonly #perPoint: number;
  readonly #perBond: number;
  readonly #isSigmaAware: boolean;

  constructor(mode: Pick<Mode, "teamSize" | "balanceWeight" | "partyParityWeight" | "isSigmaAware">) {
    this.#perPoint = mode.balanceWeight / mode.teamSize;
    this.#perBond = mode.partyParityWeight;
    this.#isSigmaAware = mode.isSigmaAware;
  }

  /** What an imbalance must exceed to count, in rating points: 0 in the plain form. */
  noiseOf(sigmaSquareSum: number): number {
    return this.#isSigmaAware ? 0.5 * Math.sqrt(sigmaSquareSum) : 0;
  }

  costOf(imbalance: number, bondDifference: number, noise: number): number {
    return this.#perPoint * (Math.sqrt(imbalance * imbalance + noise * noise) - noise) + this.#perBond * bondDifference;
  }
}
