import type { Change } from "./changes.ts";

/**
 * What changed since the shell last asked, in order. Everything that changes a region's durable state records it here.
 */
export class ChangeLog {
  #changes: Change[] = [];

  record(change: Change): void {
    this.#changes.push(change);
  }

  take(): Change[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }
}
