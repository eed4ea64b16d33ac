/** Reads a part of the keys; what it says nothing of is not there. */
type Read<Value> = (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>;

/**
 * Reads that are gathered: while one is under way, further keys wait for the next. When thousands come at once, as
 * after a deploy, the database is asked a few times, not thousands.
 */
export class GatheredReads<Value> {
  readonly #read: Read<Value>;
  readonly #mostAtOnce: number;
  readonly #waiting = new Map<string, PromiseWithResolvers<Value | null>>();
  #isReading = false;

  constructor(read: Read<Value>, mostAtOnce: number) {
    this.#read = read;
    this.#mostAtOnce = mostAtOnce;
  }

  /** @throws when the read fails that the key was part of */
  find(key: string): Promise<Value | null> {
    const known = this.#waiting.get(key);
    if (known !== undefined) return known.promise;
    const waiting = Promise.withResolvers<Value | null>();
    this.#waiting.set(key, waiting);
    if (!this.#isReading) void this.#readAll();
    return waiting.promise;
  }

  /** Never fails: each failure goes to those who waited for that read. */
  async #readAll(): Promise<void> {
    this.#isReading = true;
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting].slice(0, this.#mostAtOnce);
      for (const [key] of batch) this.#waiting.delete(key);
      try {
        const found = await this.#read(batch.map(([key]) => key));
        for (const [key, { resolve }] of batch) resolve(found.get(key) ?? null);
      } catch (error) {
        for (const [, { reject }] of batch) reject(error);
      }
    }
    this.#isReading = false;
  }
}
