import type { Candidates } from "./candidates.ts";
import { Group } from "./group.ts";
import type { GroupJudge, Verdict } from "./group-judge.ts";
import type { PoolRules } from "./pool-rules.ts";
import type { WaitingLine } from "./waiting-line.ts";

/** Neighbours on either side that may replace a member, and how often in a row. */
const REACH = 4;
/** Among so many tickets on either side: where nearly all are taken the next who is left is too far away to help. */
const FURTHEST = 64;
const ROUNDS = 2;
/** A balance that costs more than this share of the tolerance is worth a swap. */
const NOTABLE_BALANCE = 0.1;

export interface JudgedGroup {
  readonly members: readonly number[];
  readonly verdict: Verdict;
}

/**
 * Exchanges members of a group for neighbours who balance it better.
 *
 * 1. Worth trying if only the balance keeps the group from being ripe, or costs more than a tenth of the tolerance.
 * 2. Replace one member by one of the next four tickets on either side who are left and of the same size: whichever
 *    gains most surplus.
 * 3. Twice at most.
 */
export class MemberSwaps {
  readonly #candidates: Candidates;
  readonly #judge: GroupJudge;
  readonly #group: Group;

  constructor(candidates: Candidates, pool: PoolRules, judge: GroupJudge) {
    this.#candidates = candidates;
    this.#judge = judge;
    this.#group = new Group(candidates, pool);
  }

  /**
   * @param original a complete group that the hard rules allow
   * @returns the same list if nobody was exchanged
   */
  improve(original: readonly number[], line: WaitingLine): JudgedGroup {
    let members = original;
    let verdict = this.#judge.judge(members);
    for (let round = 0; round < ROUNDS && isWorthSwapping(verdict); round += 1) {
      const swap = this.#bestSwap(members, verdict, line);
      if (swap === null) break;
      ({ members, verdict } = swap);
    }
    return { members, verdict };
  }

  #bestSwap(members: readonly number[], verdict: Verdict, line: WaitingLine): JudgedGroup | null {
    const { players } = this.#candidates;
    let best: JudgedGroup | null = null;
    let mostSurplus = verdict.surplus;
    for (const newcomer of neighboursOf(members, line, this.#candidates.count)) {
      for (const [index, member] of members.entries()) {
        if (players[member] !== players[newcomer]) continue;
        const swapped = members.with(index, newcomer);
        const judged = this.#judge.judge(swapped);
        if (judged.surplus <= mostSurplus || !this.#group.take(swapped)) continue;
        mostSurplus = judged.surplus;
        best = { members: swapped, verdict: judged };
      }
    }
    return best;
  }
}

/** Only the balance can be helped by a swap; what is too wide stays too wide. */
function isWorthSwapping({ surplus, tolerance, balanceCost }: Verdict): boolean {
  return balanceCost > 0 && surplus + balanceCost >= 0 && (surplus < 0 || balanceCost > NOTABLE_BALANCE * tolerance);
}

/** The next tickets below and above the group who are left. */
function neighboursOf(members: readonly number[], line: WaitingLine, count: number): number[] {
  const neighbours: number[] = [];
  const collect = (start: number, step: 1 | -1) => {
    const end = neighbours.length + REACH;
    for (let away = 1; away <= FURTHEST && neighbours.length < end; away += 1) {
      const position = start + step * away;
      if (position < 0 || position >= count) return;
      if (line.has(position) && !members.includes(position)) neighbours.push(position);
    }
  };
  collect(Math.min(...members), -1);
  collect(Math.max(...members), 1);
  return neighbours;
}
