/** What is to happen at a virtual time. Few things at once: answers that are on their way. */
export class Agenda<Entry> {
  /** Descending by time, so that the next is the last; of two at one time the first that was put comes first. */
  readonly #entries: { readonly atMs: number; readonly entry: Entry }[] = [];

  /** Infinity when there is nothing. */
  get nextMs(): number {
    return this.#entries.at(-1)?.atMs ?? Number.POSITIVE_INFINITY;
  }

  put(atMs: number, entry: Entry): void {
    const index = this.#entries.findLastIndex((other) => other.atMs > atMs);
    this.#entries.splice(index + 1, 0, { atMs, entry });
  }

  take(): Entry | undefined {
    return this.#entries.pop()?.entry;
  }
}
