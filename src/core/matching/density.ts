/**
 * How many players arrive per second and rating point, at each rating.
 *
 * 1. Every arriving player counts 1 in one of 80 equal bins over mu 0 to 50 (outside: the nearest bin).
 * 2. Counts and elapsed time decay together with a half-life of five minutes, so their quotient is a rate
 *    that forgets.
 * 3. Density = count / elapsed seconds / bin width, smoothed four times with [¼ ½ ¼] (about a point to either side),
 *    never below a floor. A thousand concurrent players leave some fifteen counts in a bin: smoothed once, their noise
 *    cost a 1v1 pair 5 % (see `docs/decisions/0003-ripe-windows.md`).
 *
 * The state is part of the Queue's: saved with a tick's commit and decayed by elapsed time, so that the same
 * events give the same matches after a restart.
 */
export interface DensityState {
  readonly counts: readonly number[];
  /** Decayed seconds that the counts cover. */
  readonly elapsedS: number;
  readonly updatedAtMs: number;
}

/** Arrivals per second and rating point. */
export interface Density {
  /** In each of the bins; see `densityBinOf`. */
  readonly perBin: readonly number[];
  /** What a player finds on average: the mean over the players, not over the rating axis. */
  readonly mean: number;
}

export const DENSITY_BINS = 80;
const HIGHEST_MU = 50;
const BIN_WIDTH = HIGHEST_MU / DENSITY_BINS;
const HALF_LIFE_S = 300;
const SMOOTHINGS = 4;

/** Nobody is so alone that waiting longer would not help: players per second and point. */
const DENSITY_FLOOR = 2e-5;

/**
 * A region that woke a moment ago knows no rate yet; a burst in its first second would look like a thousand
 * players a minute and make everybody wait for a better match that is not coming.
 */
const SHORTEST_ELAPSED_S = 60;

export function emptyDensity(nowMs: number): DensityState {
  return { counts: new Array<number>(DENSITY_BINS).fill(0), elapsedS: 0, updatedAtMs: nowMs };
}

export function densityBinOf(mu: number): number {
  return Math.min(DENSITY_BINS - 1, Math.max(0, Math.floor(mu / BIN_WIDTH)));
}

/** The state at a later time, with nobody new. A clock that stepped back decays nothing. */
export function decayed(state: DensityState, nowMs: number): DensityState {
  const passedS = (nowMs - state.updatedAtMs) / 1000;
  if (passedS <= 0) return state;
  const factor = 0.5 ** (passedS / HALF_LIFE_S);
  return {
    counts: state.counts.map((count) => count * factor),
    // ∫ 0.5^(s/h) ds over the passed time: what a constant rate would have added to the counts, per unit of rate.
    elapsedS: state.elapsedS * factor + (HALF_LIFE_S / Math.LN2) * (1 - factor),
    updatedAtMs: nowMs,
  };
}

/** The state after arrivals at these ratings. */
export function withArrivals(state: DensityState, mus: readonly number[], nowMs: number): DensityState {
  const current = decayed(state, nowMs);
  const counts = [...current.counts];
  for (const mu of mus) {
    const bin = densityBinOf(mu);
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return { ...current, counts };
}

export function densityAt(state: DensityState, nowMs: number): Density {
  const { counts, elapsedS } = decayed(state, nowMs);
  const perCount = 1 / (Math.max(elapsedS, SHORTEST_ELAPSED_S) * BIN_WIDTH);
  const perBin = smoothed(counts).map((count) => Math.max(DENSITY_FLOOR, count * perCount));
  let players = 0;
  let densitySum = 0;
  counts.forEach((count, bin) => {
    players += count;
    densitySum += count * (perBin[bin] ?? 0);
  });
  // Days after the last arrival the counts are too small to be divided by.
  return { perBin, mean: players > Number.EPSILON ? densitySum / players : DENSITY_FLOOR };
}

/** The bins at either end count as their own neighbours. */
function smoothed(counts: readonly number[]): readonly number[] {
  let smooth = counts;
  for (let round = 0; round < SMOOTHINGS; round += 1) {
    const at = (bin: number) => smooth[Math.min(DENSITY_BINS - 1, Math.max(0, bin))] ?? 0;
    smooth = smooth.map((count, bin) => 0.25 * at(bin - 1) + 0.5 * count + 0.25 * at(bin + 1));
  }
  return smooth;
}
