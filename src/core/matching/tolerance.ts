import type { Mode } from "../mode.ts";
import { playersPerMatch } from "../mode.ts";
import type { Density } from "./density.ts";
import { DENSITY_BINS, densityBinOf } from "./density.ts";

/**
 * The cost that a group may have and still be matched now, in rating points.
 *
 * 1. θ = √(a·k / 2ρ) is where one more second of waiting would cost as much as it gains (a: points per second, k:
 *    players per match, ρ: arrivals per second and point); τ = θ/a is the wait that belongs to it, the natural wait.
 * 2. Equity γ shares the waiting differently: θ = √(a·k / 2ρ₀)·(ρ₀/ρ)^γ with ρ₀ the players' mean density. γ = ½ is
 *    rule 1, the cheapest overall; above it rare ratings tolerate more and wait less.
 * 3. The tolerance is θ·(1 + 0.2·u²), u = (½ mean age + ½ highest age)/τ: nearly flat up to the natural wait, then
 *    quickly wider. Example: 2v2, a = 0.5, ρ = 1: θ = 1, τ = 2 s; after 20 s the tolerance is 21.
 * 4. A ticket is overdue at clamp(n·τ, least, most) of its mode: from then on it takes any match the hard rules allow.
 */
export class Tolerances {
  readonly #mode: Mode;
  readonly #natural: Float64Array;

  constructor(mode: Mode, density: Density) {
    this.#mode = mode;
    const typical = Math.sqrt((mode.pointsPerSecond * playersPerMatch(mode)) / (2 * density.mean));
    this.#natural = new Float64Array(DENSITY_BINS);
    density.perBin.forEach((rho, bin) => {
      this.#natural[bin] = typical * (density.mean / rho) ** mode.equity;
    });
  }

  /** Of a group around a rating, in points. */
  of(middle: number, meanAgeS: number, highestAgeS: number): number {
    const natural = this.#naturalAt(middle);
    const u = ((0.5 * meanAgeS + 0.5 * highestAgeS) * this.#mode.pointsPerSecond) / natural;
    return natural * (1 + 0.2 * u * u);
  }

  /** The age at which a ticket of this rating stops being choosy, in seconds. */
  overdueAfterS(rating: number): number {
    const { naturalWaits, leastS, mostS } = this.#mode.overdue;
    const naturalWaitS = this.#naturalAt(rating) / this.#mode.pointsPerSecond;
    return Math.min(mostS, Math.max(leastS, naturalWaits * naturalWaitS));
  }

  #naturalAt(rating: number): number {
    return this.#natural[densityBinOf(rating)] ?? 0;
  }
}
