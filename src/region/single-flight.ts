/** Background work of which one run is under way at a time; a start while it runs is ignored. */
export class SingleFlight {
  #isRunning = false;

  get isRunning(): boolean {
    return this.#isRunning;
  }

  /** @returns null if a run is under way; `work` must not throw for reasons it could have handled */
  start(work: () => Promise<void>): Promise<void> | null {
    if (this.#isRunning) return null;
    this.#isRunning = true;
    return work().finally(() => {
      this.#isRunning = false;
    });
  }
}
