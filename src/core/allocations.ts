import { backoffMs } from "./backoff.ts";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 30_000;
/** An allocator that asks for more patience is asked again after this: the players wait too. */
const LONGEST_ASKED_MS = 60_000;

/**
 * When the game's allocator is asked for a server (again): at once, then 1 s, 2 s, 4 s … 30 s after each failure, or
 * later if it asks for that.
 *
 * Nothing of it is stored: after a restart every match without a server is asked for at once, under the same id.
 */
export class Allocations {
  readonly #calls = new Map<string, { attempts: number; nextCallMs: number }>();

  add(matchId: string, nowMs: number): void {
    this.#calls.set(matchId, { attempts: 0, nextCallMs: nowMs });
  }

  /** Nothing is asked for this match any more. */
  remove(matchId: string): void {
    this.#calls.delete(matchId);
  }

  /** Matches to ask for now, the longest due first, at most `limit`. */
  due(nowMs: number, limit: number): string[] {
    return [...this.#calls]
      .filter(([, call]) => call.nextCallMs <= nowMs)
      .sort(([, a], [, b]) => a.nextCallMs - b.nextCallMs)
      .slice(0, limit)
      .map(([matchId]) => matchId);
  }

  /** A call is under way; until it has failed there is no other. @returns which one it is, from 1 */
  started(matchId: string): number {
    const attempts = (this.#calls.get(matchId)?.attempts ?? 0) + 1;
    if (this.#calls.has(matchId)) this.#calls.set(matchId, { attempts, nextCallMs: Number.POSITIVE_INFINITY });
    return attempts;
  }

  /** @param askedMs how long the allocator asks to be left in peace; 0: it did not say */
  failed(matchId: string, askedMs: number, nowMs: number): void {
    const call = this.#calls.get(matchId);
    if (call === undefined) return;
    const delayMs = backoffMs(call.attempts, FIRST_RETRY_MS, LONGEST_RETRY_MS);
    call.nextCallMs = nowMs + Math.max(delayMs, Math.min(askedMs, LONGEST_ASKED_MS));
  }

  /** Infinity: none is to come. */
  nextCallMs(): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const call of this.#calls.values()) nextMs = Math.min(nextMs, call.nextCallMs);
    return nextMs;
  }
}
