/** Numbers to a millisecond. Times of this century stay far below 2⁵³. */
const PER_MS = 1_000;

/**
 * The running numbers of a region's messages, for no row at all: they follow the clock.
 *
 * 1. A number is the time in microseconds, or one more than the last if that is higher. So within one life of the
 *    object they only grow, however fast they are taken and whatever the clock does.
 * 2. A new life begins at the newest time that storage holds, or at the clock if that is later. It takes longer to
 *    begin than the numbers of the last one can have run ahead of the clock (a thousand to a millisecond).
 */
export class RunningNumbers {
  #next: number;

  /** @param notBeforeMs the newest time that is known to have been */
  constructor(notBeforeMs: number) {
    this.#next = (notBeforeMs + 1) * PER_MS;
  }

  /** @returns the first of `count` numbers in a row, none of which is given again */
  take(count: number, nowMs: number): number {
    const first = Math.max(this.#next, nowMs * PER_MS);
    this.#next = first + count;
    return first;
  }
}
