/** An alarm this late has been lost (the platform drops one after six failures), so a new one may be set. */
const LOST_AFTER_MS = 10_000;

/**
 * The object's one alarm. Setting it writes a row and each firing is a request, so it is only ever moved earlier:
 * waking once for nothing is cheaper than writing at every event.
 */
export class RegionAlarm {
  readonly #storage: DurableObjectStorage;
  #armedMs: number | null = null;
  #rowsWritten = 0;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
  }

  /** Learns what is armed: on waking, and when somebody doubts it. Inside `alarm()` it sees only what was set since. */
  async refresh(): Promise<void> {
    this.#armedMs = await this.#storage.getAlarm();
  }

  fired(): void {
    this.#armedMs = null;
  }

  /** Null while nothing is armed. */
  get armedMs(): number | null {
    return this.#armedMs;
  }

  /**
   * Makes sure that the object wakes by `wakeMs`; null: there is nothing to wake for. Never sooner than 1 ms ahead.
   *
   * @returns null if that is so already
   */
  wakeBy(wakeMs: number | null, nowMs: number): Promise<void> | null {
    if (wakeMs === null) return null;
    const targetMs = Math.max(wakeMs, nowMs + 1);
    const isCovered = this.#armedMs !== null && this.#armedMs <= targetMs && this.#armedMs > nowMs - LOST_AFTER_MS;
    if (isCovered) return null;
    this.#armedMs = targetMs;
    this.#rowsWritten += 1;
    return this.#storage.setAlarm(targetMs);
  }

  takeRowsWritten(): number {
    const rows = this.#rowsWritten;
    this.#rowsWritten = 0;
    return rows;
  }
}
