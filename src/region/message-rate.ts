/** How many messages a socket may send: so many at once, and so many a second for ever (a token bucket). */
export class MessageRate {
  readonly #burst: number;
  readonly #perS: number;
  #left: number;
  #asOfMs: number;

  /** Full at first. A region that slept has forgotten its buckets; by then they had filled up anyway. */
  constructor(burst: number, perS: number, nowMs: number) {
    this.#burst = burst;
    this.#perS = perS;
    this.#left = burst;
    this.#asOfMs = nowMs;
  }

  /** @returns false: this message is one too many */
  take(nowMs: number): boolean {
    const elapsedS = Math.max(0, nowMs - this.#asOfMs) / 1_000;
    this.#left = Math.min(this.#burst, this.#left + elapsedS * this.#perS);
    this.#asOfMs = nowMs;
    if (this.#left < 1) return false;
    this.#left -= 1;
    return true;
  }
}
