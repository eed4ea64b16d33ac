/**
 * When a mode ticks next. A tick is due only while the mode holds enough players for a match: a lone waiting ticket
 * must not wake the region every second.
 */
export class TickClock {
  readonly #nextTickMs = new Map<string, number>();
  readonly #lastTickMs = new Map<string, number>();

  /**
   * A pool that just became large enough ticks a moment later, so that friends who press play together meet in one
   * tick; never sooner than a period after the tick before.
   */
  static readonly GATHER_MS = 250;

  schedule(mode: string, periodMs: number, nowMs: number): void {
    if (this.#nextTickMs.has(mode)) return;
    const afterLast = (this.#lastTickMs.get(mode) ?? Number.NEGATIVE_INFINITY) + periodMs;
    this.#nextTickMs.set(mode, Math.max(afterLast, nowMs + TickClock.GATHER_MS));
  }

  unschedule(mode: string): void {
    this.#nextTickMs.delete(mode);
  }

  isDue(mode: string, nowMs: number): boolean {
    return (this.#nextTickMs.get(mode) ?? Number.POSITIVE_INFINITY) <= nowMs;
  }

  /** Drift-free: the next tick is a period after this one was due, unless the region is that late already. */
  ticked(mode: string, periodMs: number, nowMs: number): void {
    const dueMs = this.#nextTickMs.get(mode) ?? nowMs;
    this.#lastTickMs.set(mode, nowMs);
    this.#nextTickMs.set(mode, Math.max(dueMs + periodMs, nowMs + 1));
  }

  /** Infinity when nothing is scheduled. */
  nextMs(): number {
    return Math.min(Number.POSITIVE_INFINITY, ...this.#nextTickMs.values());
  }
}
