/** What happened how often. */
export class Tally {
  readonly #counts = new Map<string, number>();

  count(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by);
  }

  of(name: string): number {
    return this.#counts.get(name) ?? 0;
  }

  /** By name. */
  entries(): [name: string, count: number][] {
    return [...this.#counts].sort(([one], [other]) => (one < other ? -1 : 1));
  }

  snapshot(): ReadonlyMap<string, number> {
    return new Map(this.#counts);
  }

  /** What was counted since a snapshot, by name. */
  since(snapshot: ReadonlyMap<string, number>): [name: string, count: number][] {
    return this.entries().flatMap(([name, count]): [string, number][] => {
      const more = count - (snapshot.get(name) ?? 0);
      return more === 0 ? [] : [[name, more]];
    });
  }
}
