/** Something that must never be. */
export interface Violation {
  /** Which of the design's promises it breaks. */
  readonly invariant: string;
  readonly detail: string;
}

/** What the checkers found. The first one ends a run. */
export class Violations {
  readonly found: Violation[] = [];

  /** Notes a violation of what is expected to be so. */
  expect(isSo: boolean, invariant: string, detail: () => string): void {
    if (!isSo) this.found.push({ invariant, detail: detail() });
  }
}
