/** Null for no values at all: a mean of nothing is not 0. */
export function mean(values: readonly number[]): number | null {
  if (values.length === 0) return null;
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/**
 * The smallest value that at least `share` of all values do not exceed (nearest rank).
 * percentile([1, 2, 3, 4], 0.5) = 2; percentile([1, 2, 3, 4], 0.95) = 4.
 */
export function percentile(values: readonly number[], share: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
}

export interface Distribution {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** Null for no values at all. */
export function distribution(values: readonly number[]): Distribution | null {
  const at = (share: number) => percentile(values, share) ?? 0;
  return values.length === 0 ? null : { count: values.length, p50: at(0.5), p95: at(0.95), p99: at(0.99), max: at(1) };
}

/**
 * Spearman's rank correlation: Pearson's correlation of the ranks, equal values sharing their mean rank.
 * 1: the same order; −1: the reverse; null when either side does not vary.
 */
export function rankCorrelation(xs: readonly number[], ys: readonly number[]): number | null {
  const xRanks = ranks(xs);
  const yRanks = ranks(ys);
  const middle = (xs.length + 1) / 2;
  let covariance = 0;
  let xVariance = 0;
  let yVariance = 0;
  for (const [index, xRank] of xRanks.entries()) {
    const x = xRank - middle;
    const y = (yRanks[index] ?? middle) - middle;
    covariance += x * y;
    xVariance += x * x;
    yVariance += y * y;
  }
  return xVariance === 0 || yVariance === 0 ? null : covariance / Math.sqrt(xVariance * yVariance);
}

function ranks(values: readonly number[]): number[] {
  const order = values.map((value, index) => ({ value, index })).sort((a, b) => a.value - b.value);
  const result = new Array<number>(values.length).fill(0);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (order[end]?.value === order[start]?.value && end < order.length) end += 1;
    for (const { index } of order.slice(start, end)) result[index] = (start + 1 + end) / 2;
    start = end;
  }
  return result;
}
