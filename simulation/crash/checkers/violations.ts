/** Something that must never be. */
export interface Violation {
  /** Which of the design's promises it breaks. */
  readonly invariant: string;
  readonly detail: string;
}

/** What the checkers found. The first one ends a run. */
export class Violations {
  readonly found: Violation[] = [];
  readonly #mute: readonly string[];

  /** @param mute invariants of which nothing is said, so that others have to find what breaks them */
  constructor(mute: readonly string[] = []) {
    this.#mute = mute;
  }

  /** Notes a violation of what is expected to be so. */
  expect(isSo: boolean, invariant: string, detail: () => string): void {
    if (!isSo && !this.#mute.includes(invariant)) this.found.push({ invariant, detail: detail() });
  }
}
