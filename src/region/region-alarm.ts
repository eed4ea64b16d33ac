/** An alarm this late has been lost (the platform drops one after six failures), so a new one may be set. */
const LOST_AFTER_MS = 10_000;

/**
 * A region that wakes plans its next tick a moment ahead. What is due so soon had an alarm: the platform drops one only
 * after minutes of failures, so what it was for is overdue by then.
 */
const DUE_WITHIN_MS = 1_000;

type AlarmStorage = Pick<DurableObjectStorage, "getAlarm" | "setAlarm">;

/**
 * The object's one alarm. Setting it writes a row and each firing is a request, so it is only ever moved earlier:
 * waking once for nothing is cheaper than writing at every event.
 */
export class RegionAlarm {
  readonly #storage: AlarmStorage;
  #armedMs: number | null = null;
  /** Storage holds no alarm, and whether this object had set one that has not fired. Null: nothing of the kind was seen. */
  #missing: { readonly wasArmed: boolean } | null = null;
  #isLossSuspected = false;
  #rowsWritten = 0;

  constructor(storage: AlarmStorage) {
    this.#storage = storage;
  }

  /** Learns what is armed: on waking, and when somebody doubts it. Inside `alarm()` it sees only what was set since. */
  async refresh(): Promise<void> {
    const wasArmed = this.#armedMs !== null;
    this.#armedMs = await this.#storage.getAlarm();
    this.#missing = this.#armedMs === null ? { wasArmed } : null;
  }

  fired(): void {
    this.#armedMs = null;
    this.#missing = null;
    // Storage shows no alarm either while the platform wakes the object for one.
    this.#isLossSuspected = false;
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
    const missing = this.#missing;
    this.#missing = null;
    if (wakeMs === null) return null;
    const targetMs = Math.max(wakeMs, nowMs + 1);
    const isOverdue = this.#armedMs !== null && this.#armedMs <= nowMs - LOST_AFTER_MS;
    const isMissing = missing !== null && (missing.wasArmed || wakeMs <= nowMs + DUE_WITHIN_MS);
    if (isOverdue || isMissing) this.#isLossSuspected = true;
    const isCovered = this.#armedMs !== null && this.#armedMs <= targetMs && !isOverdue;
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

  /** Whether there was something to wake for and no alarm, until just now. Says so once. */
  takeLoss(): boolean {
    const isLost = this.#isLossSuspected;
    this.#isLossSuspected = false;
    return isLost;
  }
}
