import type { Change } from "./changes.ts";

/**
 * What changed since the shell last asked, in order. Everything that changes a region's durable state records it here.
 */
export class ChangeLog {
  readonly #recorded: (change: Change) => void;
  #changes: Change[] = [];

  /** @param recorded hears of every change at once */
  constructor(recorded: (change: Change) => void = () => {}) {
    this.#recorded = recorded;
  }

  record(change: Change): void {
    this.#changes.push(change);
    this.#recorded(change);
  }

  take(): Change[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }
}
