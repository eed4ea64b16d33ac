import type { Candidates } from "./candidates.ts";
import { Group } from "./group.ts";
import type { GroupJudge } from "./group-judge.ts";
import { Nearest } from "./nearest.ts";
import { OverduePlaces } from "./overdue-places.ts";
import type { PoolRules } from "./pool-rules.ts";
import { byPlaceInLine } from "./rating-order.ts";
import type { Tolerances } from "./tolerance.ts";
import type { WaitingLine } from "./waiting-line.ts";

/** Tickets that one search tries before it gives up until the next tick, and all searches of a tick together. */
const MOST_TRIES_EACH = 2_000;
const MOST_TRIES = 250_000;

/**
 * Ends the wait of tickets that are past their cap.
 *
 * 1. Take them oldest first.
 * 2. Around each, try the nearest who are left, nearest first; who the hard rules allow joins. Tolerance and balance do
 *    not count any more.
 * 3. When the group is complete and its parties and roles can be put on teams, it is a match.
 * 4. When it cannot be completed, take back the last who joined and go on after them: a near party that does not fit
 *    must not keep two solos behind it out.
 *
 * Without parties, roles and rules between players step 4 never happens, and the places in the pool's matches are kept
 * for the oldest overdue tickets (`overdue-places.ts`): one of them waits only if there are not enough players for it
 * and the older ones.
 *
 * @returns groups by position; their members are taken out of the line
 */
export function matchOverdue(
  candidates: Candidates,
  line: WaitingLine,
  pool: PoolRules,
  judge: GroupJudge,
  tolerances: Tolerances,
): number[][] {
  const groups: number[][] = [];
  let triesLeft = MOST_TRIES;
  const overdue = oldestOverdueFirst(candidates, tolerances);
  const places = new OverduePlaces(candidates, pool, overdue);
  for (const anchor of overdue) {
    if (!line.has(anchor) || !places.take(anchor)) continue;
    const search = new Completion(candidates, line, pool, judge, anchor, places, Math.min(MOST_TRIES_EACH, triesLeft));
    const group = search.find();
    triesLeft -= search.tries;
    if (group === null) {
      places.giveBack(anchor);
      continue;
    }
    for (const member of group) line.take(member);
    groups.push(group);
  }
  return groups;
}

function oldestOverdueFirst({ ageS, rating, count, tickets }: Candidates, tolerances: Tolerances): number[] {
  const overdue: number[] = [];
  for (let position = 0; position < count; position += 1) {
    if ((ageS[position] ?? 0) >= tolerances.overdueAfterS(rating[position] ?? 0)) overdue.push(position);
  }
  return overdue.sort((a, b) => {
    const one = tickets[a];
    const other = tickets[b];
    return one === undefined || other === undefined ? 0 : byPlaceInLine(one, other);
  });
}

/** The search for those who complete a match around one ticket. */
class Completion {
  readonly #judge: GroupJudge;
  readonly #nearest: Nearest;
  readonly #group: Group;
  readonly #places: OverduePlaces;
  readonly #mostTries: number;
  tries = 0;

  constructor(
    candidates: Candidates,
    line: WaitingLine,
    pool: PoolRules,
    judge: GroupJudge,
    anchor: number,
    places: OverduePlaces,
    mostTries: number,
  ) {
    this.#judge = judge;
    this.#nearest = new Nearest(candidates, line, anchor);
    this.#group = new Group(candidates, pool);
    this.#group.take([anchor]);
    this.#places = places;
    this.#mostTries = mostTries;
  }

  find(): number[] | null {
    return this.#extend(0) ? this.#group.members : null;
  }

  /** Completes the group with those from a place of the order on. */
  #extend(firstPlace: number): boolean {
    if (this.#group.isComplete) return this.#judge.split(this.#group.members) !== null;
    for (let place = firstPlace; this.tries < this.#mostTries; place += 1) {
      const next = this.#nearest.at(place);
      if (next === null) return false;
      this.tries += 1;
      if (!this.#places.take(next)) continue;
      if (this.#group.add(next)) {
        if (this.#extend(place + 1)) return true;
        this.#group.removeLast();
      }
      this.#places.giveBack(next);
    }
    return false;
  }
}
