/**
 * The clock that a region reads, which goes on as ever and can be put forward: a mode ticks once a second, and thousands
 * of ticks shall not take as many seconds. Alarms keep to the real time, so none goes off by itself.
 */
export class RaceClock {
  readonly #now = Date.now;
  #aheadMs = 0;

  start(): void {
    Date.now = () => this.#now.call(Date) + this.#aheadMs;
  }

  stop(): void {
    Date.now = this.#now;
  }

  putForward(ms: number): void {
    this.#aheadMs += ms;
  }
}
