import { assert } from "./assert.ts";

/** Nobody new for a moment. `untilMs`: when to ask again; spread, so that not all come back at once. */
export type Overloaded = { readonly reason: "overloaded"; readonly untilMs: number };

export interface LoadLimits {
  /** A tick that runs so much after its time is late. */
  readonly lateMs: number;
  /** So many late ticks in a row, and the region is behind. */
  readonly lateTicks: number;
  /** A tick that runs later than this shows that a region which is behind still is. */
  readonly uneasyMs: number;
  /** So long without such a tick, and it is behind no more. */
  readonly calmForMs: number;
  /** With so many players in line the region is full … */
  readonly fullPlayers: number;
  /** … until there are fewer than this. */
  readonly roomyPlayers: number;
}

/**
 * Whether a region has too much to do to let anybody new in.
 *
 * 1. Everything that happens in a region stands in one line with its ticks, so how late a tick runs is how long that line
 *    is. A late tick alone says nothing: an object that was moved or restarted is late once. Several in a row do.
 * 2. It is behind no more when no tick was late, not even by much less, for a while. Time alone suffices: a region that
 *    has nothing left to do does not tick.
 * 3. It is full from so many players in line on, until there are clearly fewer.
 * 4. In both the way out lies below the way in: at one threshold, letting people in again would shut it again at once.
 */
export class LoadShedder {
  readonly #limits: LoadLimits;
  #lateInARow = 0;
  #isBehind = false;
  #lastUneasyMs = 0;
  #isFull = false;

  constructor(limits: LoadLimits) {
    assert(limits.uneasyMs <= limits.lateMs, "a region is calm only below what makes it late");
    assert(limits.roomyPlayers <= limits.fullPlayers, "a region has room only below what makes it full");
    this.#limits = limits;
  }

  /** To be called at every tick. @param latenessMs how long after its time it runs */
  ticked(latenessMs: number, nowMs: number): void {
    const { lateMs, lateTicks, uneasyMs } = this.#limits;
    this.#lateInARow = latenessMs >= lateMs ? this.#lateInARow + 1 : 0;
    if (latenessMs >= uneasyMs) this.#lastUneasyMs = nowMs;
    if (this.#lateInARow >= lateTicks) this.#isBehind = true;
  }

  /** @param waitingPlayers in line, in all modes */
  isShedding(waitingPlayers: number, nowMs: number): boolean {
    const { calmForMs, fullPlayers, roomyPlayers } = this.#limits;
    this.#isFull = waitingPlayers >= (this.#isFull ? roomyPlayers : fullPlayers);
    // A clock that was set back must not keep the region shut for as long.
    this.#lastUneasyMs = Math.min(this.#lastUneasyMs, nowMs);
    if (nowMs - this.#lastUneasyMs >= calmForMs) {
      this.#isBehind = false;
      this.#lateInARow = 0;
    }
    return this.#isBehind || this.#isFull;
  }
}
