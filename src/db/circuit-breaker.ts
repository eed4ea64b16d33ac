const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Whether it is worth asking a service that may have stopped answering. Without it every call during an outage would
 * wait for its whole time limit, and calls that hang would pile up.
 *
 * 1. Calls pass until one ran out of time while no other was answered. One slow statement among answered ones is slow
 *    by itself, and must not shut out the rest.
 * 2. Then none passes for 1 s, 2 s, 4 s … 10 s. After each pause one passes as a probe; the others still do not.
 * 3. An answer in time, also a refusal, ends it: the service is there.
 *
 * A failure that comes at once costs nobody time, so it pauses nothing. The state is times only, no promise and no flag
 * that somebody must take down: a request that is cancelled runs no `finally`.
 */
export class CircuitBreaker {
  #pauses = 0;
  #pausedAtMs = 0;
  #closedUntilMs = 0;
  #answeredAtMs = Number.NEGATIVE_INFINITY;

  /**
   * Whether a call may be made now. Where it may, make it.
   *
   * @param limitMs its time limit; so long a probe has the road to itself
   */
  admits(nowMs: number, limitMs: number): boolean {
    if (nowMs < this.#closedUntilMs) return false;
    if (this.#pauses > 0) this.#closedUntilMs = nowMs + limitMs;
    return true;
  }

  answered(nowMs: number): void {
    this.#answeredAtMs = nowMs;
    this.#pauses = 0;
    this.#closedUntilMs = 0;
  }

  /** @param startedMs when the call was admitted. One from before the last pause says nothing new. */
  timedOut(startedMs: number, nowMs: number): void {
    const isNews = this.#pauses === 0 || startedMs > this.#pausedAtMs;
    if (!isNews || this.#answeredAtMs > startedMs) return;
    this.#pausedAtMs = nowMs;
    this.#closedUntilMs = nowMs + Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#pauses);
    this.#pauses += 1;
  }
}
