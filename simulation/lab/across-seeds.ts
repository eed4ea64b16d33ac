import { mean } from "../statistics.ts";

/** A figure over several seeds. */
export interface Estimate {
  readonly mean: number;
  /** Standard deviation of one seed's figure; null of a single seed. */
  readonly deviation: number | null;
}

/** Null where any of the seeds had nothing to measure: a mean over the others would be of something else. */
export function acrossSeeds(values: readonly (number | null)[]): Estimate | null {
  const known = values.filter((value) => value !== null);
  const average = mean(known);
  if (average === null || known.length < values.length) return null;
  if (known.length === 1) return { mean: average, deviation: null };
  const squares = known.reduce((sum, value) => sum + (value - average) ** 2, 0);
  return { mean: average, deviation: Math.sqrt(squares / (known.length - 1)) };
}
