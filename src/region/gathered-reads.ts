/** Reads a part of the keys; what it says nothing of is not there. */
type Read<Value> = (keys: readonly string[]) => Promise<ReadonlyMap<string, Value>>;

/**
 * Reads that are gathered: while one is under way, further keys wait for the next, and whoever asks for one of its own keys
 * waits for it too. When thousands come at once, as after a deploy, the database is asked a few times, not thousands.
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

  /** Keys that somebody waits for. */
  get waitingCount(): number {
    return this.#waiting.size;
  }

  /** @throws when the read fails that the key was part of */
  async find(key: string): Promise<Value | null> {
    const [value = null] = await this.findAll([key]);
    return value;
  }

  /** The same for several, in their order; new ones go into one read together. */
  findAll(keys: readonly string[]): Promise<(Value | null)[]> {
    const found = keys.map((key) => this.#wait(key));
    if (!this.#isReading) void this.#readAll();
    return Promise.all(found);
  }

  #wait(key: string): Promise<Value | null> {
    const waiting = this.#waiting.get(key) ?? Promise.withResolvers<Value | null>();
    this.#waiting.set(key, waiting);
    return waiting.promise;
  }

  /** Never fails: each failure goes to those who waited for that read. */
  async #readAll(): Promise<void> {
    this.#isReading = true;
    while (this.#waiting.size > 0) {
      const batch = [...this.#waiting].slice(0, this.#mostAtOnce);
      try {
        const found = await this.#read(batch.map(([key]) => key));
        this.#settle(batch, (key, { resolve }) => resolve(found.get(key) ?? null));
      } catch (error) {
        this.#settle(batch, (_, { reject }) => reject(error));
      }
    }
    this.#isReading = false;
  }

  #settle(
    batch: readonly (readonly [string, PromiseWithResolvers<Value | null>])[],
    settle: (key: string, waiting: PromiseWithResolvers<Value | null>) => void,
  ): void {
    for (const [key, waiting] of batch) {
      this.#waiting.delete(key);
      settle(key, waiting);
    }
  }
}
