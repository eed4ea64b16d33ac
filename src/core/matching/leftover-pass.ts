import type { Candidates } from "./candidates.ts";
import { Group } from "./group.ts";
import type { GroupJudge } from "./group-judge.ts";
import { MemberSwaps } from "./member-swaps.ts";
import { Nearest } from "./nearest.ts";
import type { PoolRules } from "./pool-rules.ts";
import { byPlaceInLine } from "./rating-order.ts";
import type { WaitingLine } from "./waiting-line.ts";

/** Tickets that are tried around one anchor, and around all of a tick together; oldest anchors first. */
const MOST_TRIES_EACH = 200;
const MOST_TRIES = 2_000_000;

interface RipeGroup {
  readonly anchor: number;
  readonly members: readonly number[];
  readonly surplus: number;
}

/**
 * Makes matches of what the exact pass left: parties that do not tile, runs of neighbours that a rule or their balance
 * broke.
 *
 * 1. Around each ticket gather the nearest that the hard rules allow, skipping whoever does not fit, until the group is
 *    complete.
 * 2. If its balance keeps it from being ripe or costs much, exchange members for neighbours (`member-swaps.ts`).
 * 3. Take the ripe groups, largest surplus first, skipping those that share a ticket with one taken.
 * 4. Tickets whose ripe group lost a member that way gather again, as long as that makes matches.
 *
 * @returns groups by position; their members are taken out of the line
 */
export function matchLeftovers(
  candidates: Candidates,
  line: WaitingLine,
  pool: PoolRules,
  judge: GroupJudge,
): number[][] {
  const groups: number[][] = [];
  let triesLeft = MOST_TRIES;
  let anchors = oldestFirst(candidates, line);
  while (anchors.length > 0) {
    const gathering = new Gathering(candidates, line, pool, judge);
    const ripe: RipeGroup[] = [];
    for (const anchor of anchors) {
      if (triesLeft <= 0) break;
      const group = gathering.around(anchor);
      triesLeft -= gathering.tries + 1;
      if (group !== null) ripe.push(group);
    }
    groups.push(...takeBestFirst(ripe, line));
    anchors = ripe.map(({ anchor }) => anchor).filter((anchor) => line.has(anchor));
  }
  return groups;
}

function oldestFirst(candidates: Candidates, line: WaitingLine): number[] {
  return Array.from(line.positions()).sort((a, b) => byPlaceInLine(candidates.ticket(a), candidates.ticket(b)));
}

function takeBestFirst(ripe: readonly RipeGroup[], line: WaitingLine): number[][] {
  const taken: number[][] = [];
  for (const { members } of [...ripe].sort((a, b) => b.surplus - a.surplus)) {
    if (!members.every((member) => line.has(member))) continue;
    for (const member of members) line.take(member);
    taken.push([...members]);
  }
  return taken;
}

/** Steps 1 and 2 for one anchor after the other. */
class Gathering {
  readonly #candidates: Candidates;
  readonly #line: WaitingLine;
  readonly #swaps: MemberSwaps;
  readonly #group: Group;
  readonly #gathered = new Set<string>();
  /** Of the last anchor. */
  tries = 0;

  constructor(candidates: Candidates, line: WaitingLine, pool: PoolRules, judge: GroupJudge) {
    this.#candidates = candidates;
    this.#line = line;
    this.#swaps = new MemberSwaps(candidates, pool, judge);
    this.#group = new Group(candidates, pool);
  }

  /** Null if nothing ripe can be gathered, or only what an anchor before it has gathered already. */
  around(anchor: number): RipeGroup | null {
    const gathered = this.#gather(anchor);
    if (gathered === null) return null;
    const key = [...gathered].sort((a, b) => a - b).join();
    if (this.#gathered.has(key)) return null;
    this.#gathered.add(key);
    const { members, verdict } = this.#swaps.improve(gathered, this.#line);
    return verdict.surplus >= 0 ? { anchor, members, surplus: verdict.surplus } : null;
  }

  #gather(anchor: number): number[] | null {
    const nearest = new Nearest(this.#candidates, this.#line, anchor);
    this.#group.take([anchor]);
    for (this.tries = 0; this.tries < MOST_TRIES_EACH && !this.#group.isComplete; this.tries += 1) {
      const next = nearest.at(this.tries);
      if (next === null) return null;
      this.#group.add(next);
    }
    return this.#group.isComplete ? this.#group.members : null;
  }
}
