import { playersPerMatch } from "../mode.ts";
import type { Candidates } from "./candidates.ts";
import type { PoolRules } from "./pool-rules.ts";

/**
 * Keeps places in the matches of a pool for its overdue tickets: nobody younger, however near, takes the last one.
 *
 * 1. A pool of n players has ⌊n / players of a match⌋ matches, so this many places.
 * 2. They belong to the oldest overdue tickets. Places that are left over are spare: anybody else may take one of them.
 *
 * So the oldest overdue tickets are matched, as many as there are places, and a younger ticket more never changes that.
 * Without this the nearest newcomer to one overdue ticket could use up the match that the next one needs.
 *
 * With parties, roles or rules nobody can say how many matches there are: then every place is spare.
 */
export class OverduePlaces {
  readonly #isEntitled: Uint8Array;
  #spare: number;

  /** @param overdue positions, oldest first */
  constructor(candidates: Candidates, { mode }: PoolRules, overdue: readonly number[]) {
    this.#isEntitled = new Uint8Array(candidates.count);
    this.#spare = Number.POSITIVE_INFINITY;
    const { rules, roleOffers, hasParties, count } = candidates;
    if (rules !== null || roleOffers !== null || hasParties || mode.maxRatingGap !== null) return;
    const places = count - (count % playersPerMatch(mode));
    for (const position of overdue.slice(0, places)) this.#isEntitled[position] = 1;
    this.#spare = Math.max(0, places - overdue.length);
  }

  /** Takes a place for a ticket, if one may be its. */
  take(position: number): boolean {
    if (this.#isEntitled[position] === 1) return true;
    if (this.#spare === 0) return false;
    this.#spare -= 1;
    return true;
  }

  giveBack(position: number): void {
    if (this.#isEntitled[position] === 0) this.#spare += 1;
  }
}
