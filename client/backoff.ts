export interface Backoff {
  /** The longest wait after the first failure. Milliseconds; default 250. */
  readonly firstMs: number;
  /** No wait is longer. Milliseconds; default 10,000. */
  readonly longestMs: number;
  /** How much longer each further wait may be; default 2. */
  readonly factor: number;
  /** `full`, the default: anything between nothing and the longest; `none`: always the longest. */
  readonly jitter: "full" | "none";
}

export const DEFAULT_BACKOFF: Backoff = { firstMs: 250, longestMs: 10_000, factor: 2, jitter: "full" };

/**
 * How long to wait before the next attempt. A deploy closes all sockets of a region at once; with full jitter those who
 * come back spread out evenly (M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015).
 *
 * @param failures attempts that failed in a row, at least 1: with the defaults up to 250, 500, 1,000, … 10,000 ms
 * @param random uniform in [0, 1)
 */
export function backoffDelayMs(
  failures: number,
  { firstMs, longestMs, factor, jitter }: Backoff,
  random: () => number,
): number {
  const mostMs = Math.min(longestMs, firstMs * factor ** (failures - 1));
  return jitter === "full" ? random() * mostMs : mostMs;
}
