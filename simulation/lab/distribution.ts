import { mean, percentile } from "../statistics.ts";

/** Null where there was nothing to measure. */
export interface Distribution {
  readonly mean: number | null;
  readonly p50: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export function distributionOf(values: readonly number[]): Distribution {
  const sorted = values.toSorted((a, b) => a - b);
  return {
    mean: mean(sorted),
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    max: sorted.at(-1) ?? null,
  };
}

/** Part of a whole; null for a part of nothing. */
export function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}

/** The values that 0, 1, 2 … 100 % do not exceed (nearest rank); empty for no values. */
export function quantilesOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((a, b) => a - b);
  return Array.from(
    { length: 101 },
    (_, percent) => sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)],
  ).filter((value) => value !== undefined);
}
