import { PUSH_PERIOD_MS } from "./metrics-source.ts";

/** After a pause the first push comes so soon, so that a quiet system shows what little happens in it. */
const FIRST_DELAY_MS = 1_000;

/** A planned push so late will not come any more: the request that carried it was cancelled. */
const GRACE_MS = 5_000;

/**
 * When a Worker isolate pushes: at most one push is planned, and at most one begins every `PUSH_PERIOD_MS`.
 *
 * The plan is a time, not a flag or a promise. An isolate serves many requests, a promise of one must not be awaited
 * by another, and a cancelled request runs no `finally`: a flag would stay up for good. The plan is void after 10 s
 * at the latest.
 */
export class PushPlan {
  #plannedMs: number | null = null;

  /** Plans a push. @returns how long to wait before it, or null if one is planned already */
  plan(nowMs: number, lastPushMs: number): number | null {
    if (this.#plannedMs !== null && nowMs < this.#plannedMs + GRACE_MS) return null;
    const delayMs = Math.max(FIRST_DELAY_MS, lastPushMs + PUSH_PERIOD_MS - nowMs);
    this.#plannedMs = nowMs + delayMs;
    return delayMs;
  }

  /** The planned push begins now; what is counted from here on needs another one. */
  begin(): void {
    this.#plannedMs = null;
  }
}
