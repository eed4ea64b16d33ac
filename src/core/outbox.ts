import { backoffMs } from "./backoff.ts";
import { CONFIRMED_WITHIN_MS } from "./limits.ts";
import type { Match } from "./match.ts";

const FIRST_RETRY_MS = 5_000;
const LONGEST_RETRY_MS = 600_000;

/** How a result fails that nobody confirmed in `CONFIRMED_WITHIN_MS`. */
export const UNCONFIRMED = "unconfirmed";

/** Whether a result has been sent for so long that nothing but an operator can help. */
export function isGivenUp({ status, changedAtMs }: Pick<Match, "status" | "changedAtMs">, nowMs: number): boolean {
  return status === "reporting" && nowMs >= changedAtMs + CONFIRMED_WITHIN_MS;
}

/**
 * When an unconfirmed result is sent (again): at once, then 5 s, 10 s, 20 s … 10 min after the send before.
 *
 * The queue message is a copy that may be lost, doubled or late; the match row is the truth. The schedule itself is
 * not stored: after a restart every reporting match is sent at once, which costs a duplicate and no row. Nor is the end
 * of it all: a reporting match changes no more, so its row says since when it is one.
 */
export class Outbox {
  readonly #sends = new Map<string, { attempts: number; nextSendMs: number }>();

  add(matchId: string, nowMs: number): void {
    this.#sends.set(matchId, { attempts: 0, nextSendMs: nowMs });
  }

  remove(matchId: string): void {
    this.#sends.delete(matchId);
  }

  /** Matches to be sent now, longest due first, at most `limit`. */
  due(nowMs: number, limit: number): string[] {
    return [...this.#sends]
      .filter(([, send]) => send.nextSendMs <= nowMs)
      .sort(([, a], [, b]) => a.nextSendMs - b.nextSendMs)
      .slice(0, limit)
      .map(([matchId]) => matchId);
  }

  /** A send is tried, whatever comes of it: only the confirmation ends the wait. Says how many were tried before. */
  sent(matchId: string, nowMs: number): number {
    const send = this.#sends.get(matchId);
    if (send === undefined) return 0;
    const delayMs = backoffMs(send.attempts + 1, FIRST_RETRY_MS, LONGEST_RETRY_MS);
    this.#sends.set(matchId, { attempts: send.attempts + 1, nextSendMs: nowMs + delayMs });
    return send.attempts;
  }

  /** The queue did not take it; nothing is known of the consumer, so its patience is not used up. */
  unsent(matchId: string, nextSendMs: number): void {
    const send = this.#sends.get(matchId);
    if (send !== undefined) this.#sends.set(matchId, { attempts: Math.max(0, send.attempts - 1), nextSendMs });
  }

  get size(): number {
    return this.#sends.size;
  }

  /** Infinity when nothing waits. */
  nextSendMs(): number {
    let nextMs = Number.POSITIVE_INFINITY;
    for (const send of this.#sends.values()) nextMs = Math.min(nextMs, send.nextSendMs);
    return nextMs;
  }
}
