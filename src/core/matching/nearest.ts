import type { Candidates } from "./candidates.ts";
import { byPlaceInLine } from "./rating-order.ts";
import type { WaitingLine } from "./waiting-line.ts";

/**
 * Who is left around an anchor, nearest in rating first; of the next below and the next above at the same distance the
 * older. Found as they are asked for.
 */
export class Nearest {
  readonly #candidates: Candidates;
  readonly #line: WaitingLine;
  readonly #rating: number;
  readonly #found: number[] = [];
  #lower: number | null;
  #higher: number | null;

  /** @param line must not change while this is in use */
  constructor(candidates: Candidates, line: WaitingLine, anchor: number) {
    this.#candidates = candidates;
    this.#line = line;
    this.#rating = candidates.rating[anchor] ?? 0;
    this.#lower = line.lower(anchor);
    this.#higher = line.higher(anchor);
  }

  /** The one at a place of the order, from 0; null when there are not so many. */
  at(place: number): number | null {
    while (this.#found.length <= place) {
      const next = this.#step();
      if (next === null) return null;
      this.#found.push(next);
    }
    return this.#found[place] ?? null;
  }

  #step(): number | null {
    const lower = this.#lower;
    const higher = this.#higher;
    if (lower === null && higher === null) return null;
    if (higher === null || (lower !== null && this.#isFirst(lower, higher))) {
      if (lower !== null) this.#lower = this.#line.lower(lower);
      return lower;
    }
    this.#higher = this.#line.higher(higher);
    return higher;
  }

  #isFirst(lower: number, higher: number): boolean {
    const below = this.#rating - (this.#candidates.rating[lower] ?? 0);
    const above = (this.#candidates.rating[higher] ?? 0) - this.#rating;
    if (below !== above) return below < above;
    return byPlaceInLine(this.#candidates.ticket(lower), this.#candidates.ticket(higher)) < 0;
  }
}
