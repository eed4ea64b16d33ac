/** `firstMs` after the first attempt, twice as long after each further one, never more than `longestMs`. */
export function backoffMs(attempts: number, firstMs: number, longestMs: number): number {
  return Math.min(longestMs, firstMs * 2 ** Math.max(0, attempts - 1));
}
