import type { Revocation } from "../../core/revocations.ts";
import { isVoid } from "../../core/revocations.ts";
import type { ChangesReadTo } from "../../db/revocations.ts";

/** So old a revocation by another isolate can be before this one knows it, while D1 answers. */
const MOST_AGE_MS = 10_000;
/** A reading behind the calls' back begins so early that it is there before anybody has to wait for it. */
const REFRESH_EVERY_MS = 5_000;
/** A change is found under the time that its writer's clock said, and clocks differ; a write may take long, too. */
const OVERLAP_MS = 60_000;
const PAGE = 5_000;

export type ReadRevocations = (after: ChangesReadTo, limit: number) => Promise<readonly Revocation[]>;

/**
 * Whose tokens were taken back, as far as this isolate has heard. Pure bookkeeping: the caller reads, and waits or not.
 *
 * 1. The list is asked on every call that carries a token, so it is kept in memory; D1 holds the truth.
 * 2. It is read once as a whole, then every five seconds what changed since, with an overlap. Nobody waits for that: while
 *    there are calls the list is never ten seconds old.
 * 3. An isolate that nobody called for longer waits for a reading before it lets anybody in: it may have slept for hours.
 * 4. When D1 does not answer, the list stays as it is and nobody waits until it does: those that are known stay shut out,
 *    and everybody else plays on. A player's region has been told apart from this, and refuses by itself.
 */
export class RevocationList {
  readonly #byPlayer = new Map<string, Revocation>();
  #readTo: ChangesReadTo = { changedAtMs: 0, playerId: "" };
  #nextReadMs = 0;
  /** When the last reading that came back began. */
  #readAtMs = Number.NEGATIVE_INFINITY;
  #isWaitedFor = true;

  /** Whether to wait for a reading before anybody is let in. */
  isOutOfDate(nowMs: number): boolean {
    return this.#isWaitedFor && nowMs - this.#readAtMs >= MOST_AGE_MS;
  }

  /** Whether it is time to read. Whoever is told so does it: nobody else is, for five seconds. */
  takeTurn(nowMs: number): boolean {
    if (nowMs < this.#nextReadMs) return false;
    this.#nextReadMs = nowMs + REFRESH_EVERY_MS;
    return true;
  }

  /** A reading failed, so nobody waits for another one before one has come back. */
  stopWaiting(): void {
    this.#isWaitedFor = false;
  }

  /** Reads what changed since the last time. @throws what `read` throws; what came before stays known */
  async refresh(read: ReadRevocations, nowMs: number): Promise<void> {
    let after: ChangesReadTo = { changedAtMs: this.#readTo.changedAtMs - OVERLAP_MS, playerId: "" };
    for (;;) {
      const page = await read(after, PAGE);
      for (const revocation of page) this.put(revocation);
      const last = page.at(-1);
      if (last === undefined) break;
      after = last;
      if (last.changedAtMs > this.#readTo.changedAtMs) this.#readTo = last;
      if (page.length < PAGE) break;
    }
    this.#readAtMs = Math.max(this.#readAtMs, nowMs);
    this.#isWaitedFor = true;
  }

  /** How it stands with a player; what is older than what is known changes nothing. */
  put(revocation: Revocation): void {
    const known = this.#byPlayer.get(revocation.playerId);
    if (known === undefined || known.changedAtMs <= revocation.changedAtMs) {
      this.#byPlayer.set(revocation.playerId, revocation);
    }
  }

  /** What shuts a token out: that it was made too early, or that its player is locked out; null: nothing. */
  refusalOf(playerId: string, issuedAtMs: number): "token_void" | "locked_out" | null {
    const revocation = this.#byPlayer.get(playerId);
    if (revocation === undefined || !isVoid(revocation, issuedAtMs)) return null;
    return revocation.isLockedOut ? "locked_out" : "token_void";
  }
}
