import type { Candidates } from "./candidates.ts";
import { Group } from "./group.ts";
import type { GroupJudge } from "./group-judge.ts";
import { MemberSwaps } from "./member-swaps.ts";
import { Nearest } from "./nearest.ts";
import type { PoolRules } from "./pool-rules.ts";
import type { WaitingLine } from "./waiting-line.ts";

/** Tickets that are tried around one anchor. */
const MOST_TRIES_EACH = 200;

export interface RipeGroup {
  /** The ticket around which it was gathered. */
  readonly anchor: number;
  readonly members: readonly number[];
  readonly surplus: number;
}

/**
 * Gathers groups around tickets, skipping whoever the hard rules or the size of the match keep out.
 *
 * 1. The nearest of all, until the group is complete.
 * 2. Where there are parties, also those of the anchor's own kind first: for a party the nearest of its size, for a
 *    single player the nearest single players; then the nearest of all. Otherwise a single player between two pairs
 *    would keep them from each other.
 * 3. A balance that is in the way is helped by exchanges (`member-swaps.ts`).
 */
export class Gathering {
  readonly #candidates: Candidates;
  readonly #line: WaitingLine;
  readonly #swaps: MemberSwaps;
  readonly #group: Group;
  /** By members: neighbours often gather the same group. */
  readonly #judged = new Map<string, Omit<RipeGroup, "anchor"> | null>();
  /** Of the last anchor. */
  tries = 0;

  /** @param line must not change while this is in use */
  constructor(candidates: Candidates, line: WaitingLine, pool: PoolRules, judge: GroupJudge) {
    this.#candidates = candidates;
    this.#line = line;
    this.#swaps = new MemberSwaps(candidates, pool, judge);
    this.#group = new Group(candidates, pool);
  }

  /** The ripe ones of the groups around a ticket, two at most. */
  around(anchor: number): RipeGroup[] {
    const nearest = new Nearest(this.#candidates, this.#line, anchor);
    this.tries = 0;
    this.#group.take([anchor]);
    this.#fill(nearest);
    const ripe = this.#ripe(anchor);
    if (!this.#candidates.hasParties) return ripe;
    this.#group.take([anchor]);
    this.#fillAlike(nearest, anchor);
    this.#fill(nearest);
    return [...ripe, ...this.#ripe(anchor)];
  }

  #fill(nearest: Nearest): void {
    for (let place = 0; place < MOST_TRIES_EACH && !this.#group.isComplete; place += 1) {
      const next = nearest.at(place);
      if (next === null) return;
      this.tries += 1;
      if (!this.#group.has(next)) this.#group.add(next);
    }
  }

  /** One more party of the anchor's size, or single players as long as there is room. */
  #fillAlike(nearest: Nearest, anchor: number): void {
    const { players } = this.#candidates;
    const size = players[anchor] ?? 0;
    for (let place = 0; place < MOST_TRIES_EACH && !this.#group.isComplete; place += 1) {
      const next = nearest.at(place);
      if (next === null) return;
      this.tries += 1;
      if (players[next] === size && this.#group.add(next) && size > 1) return;
    }
  }

  #ripe(anchor: number): RipeGroup[] {
    if (!this.#group.isComplete) return [];
    const gathered = this.#group.members;
    const key = [...gathered].sort((a, b) => a - b).join();
    let judged = this.#judged.get(key);
    if (judged === undefined) {
      const { members, verdict } = this.#swaps.improve(gathered, this.#line);
      judged = verdict.surplus >= 0 ? { members, surplus: verdict.surplus } : null;
      this.#judged.set(key, judged);
    }
    return judged === null ? [] : [{ anchor, ...judged }];
  }
}
