import { playersPerMatch } from "../mode.ts";
import type { Candidates } from "./candidates.ts";
import { Group } from "./group.ts";
import type { GroupJudge } from "./group-judge.ts";
import { MemberSwaps } from "./member-swaps.ts";
import type { PoolRules } from "./pool-rules.ts";
import type { WaitingLine } from "./waiting-line.ts";

/**
 * Makes the best set of matches of neighbours on the rating axis.
 *
 * 1. For each right end of the line at most one run of neighbours holds exactly the players of a match: its window.
 * 2. A window counts if the hard rules allow it and it is ripe: its surplus is 0 or more.
 * 3. best[i], the largest surplus that disjoint windows among the first i can have together, is the larger of
 *    best[i − 1] (i is in none) and best[first of i's window] + its surplus. One pass over the line finds it.
 * 4. Walk back from the end and take the windows that made it up.
 * 5. Where a balance costs much, exchange members for neighbours who are in no window (`member-swaps.ts`).
 *
 * @returns groups by position, in the order of rating; their members are taken out of the line
 */
export function matchNeighbours(
  candidates: Candidates,
  line: WaitingLine,
  pool: PoolRules,
  judge: GroupJudge,
): (readonly number[])[] {
  const positions = line.positions();
  const windows = takeWindows(positions, bestWindows(positions, candidates, pool, judge), line);
  const swaps = new MemberSwaps(candidates, pool, judge);
  return windows.map((window) => {
    const { members } = swaps.improve(window, line);
    if (members === window) return window;
    for (const member of members) if (line.has(member)) line.take(member);
    for (const member of window) if (!members.includes(member)) line.giveBack(member);
    return members;
  });
}

/** For each place in the line: the first place of the window that ends there and is in the best set so far, or −1. */
function bestWindows(positions: Int32Array, candidates: Candidates, pool: PoolRules, judge: GroupJudge): Int32Array {
  const best = new Float64Array(positions.length + 1);
  const firstOf = new Int32Array(positions.length).fill(-1);
  const group = new Group(candidates, pool);
  const needed = playersPerMatch(pool.mode);
  // What only parties could forbid, the judge finds out: their group has no teams.
  const areAllAllowed = candidates.rules === null && candidates.roleOffers === null && pool.mode.maxRatingGap === null;
  // One list for all windows: there are as many as tickets.
  const window: number[] = [];
  let first = 0;
  let players = 0;
  for (let last = 0; last < positions.length; last += 1) {
    best[last + 1] = best[last] ?? 0;
    players += candidates.players[positions[last] ?? 0] ?? 0;
    while (players > needed) {
      players -= candidates.players[positions[first] ?? 0] ?? 0;
      first += 1;
    }
    if (players !== needed) continue;
    window.length = 0;
    for (let place = first; place <= last; place += 1) window.push(positions[place] ?? 0);
    if (!areAllAllowed && !group.take(window)) continue;
    const { surplus } = judge.judge(window);
    const total = (best[first] ?? 0) + surplus;
    if (surplus < 0 || total < (best[last + 1] ?? 0)) continue;
    best[last + 1] = total;
    firstOf[last] = first;
  }
  return firstOf;
}

function takeWindows(positions: Int32Array, firstOf: Int32Array, line: WaitingLine): number[][] {
  const windows: number[][] = [];
  let last = positions.length - 1;
  while (last >= 0) {
    const first = firstOf[last] ?? -1;
    if (first >= 0) {
      const members = Array.from(positions.subarray(first, last + 1));
      for (const member of members) line.take(member);
      windows.push(members);
    }
    last = first >= 0 ? first - 1 : last - 1;
  }
  return windows.reverse();
}
