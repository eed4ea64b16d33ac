import { playersPerMatch } from "../mode.ts";
import type { Candidates } from "./candidates.ts";
import type { PoolRules } from "./pool-rules.ts";
import { TeamSplitter } from "./team-splitter.ts";
import type { Tolerances } from "./tolerance.ts";

export interface Verdict {
  /** Tolerance minus cost, in rating points: a group is ripe from 0 on. Minus infinity: no teams can be made of it. */
  readonly surplus: number;
  readonly tolerance: number;
  /** The part of the cost that another split or other members could lower. 0 where the rest alone is too much. */
  readonly balanceCost: number;
}

/**
 * Says what a complete group costs and what it may cost, in rating points. Means are over players, not tickets.
 *
 * 1. Range: the highest rating of a ticket minus the lowest. What a party spans within itself no waiting can narrow, so
 *    it does not count.
 * 2. Cost: the range + `sigmaWeight`·mean sigma + what the best split costs (`balance.ts`).
 * 3. Tolerance: that of the middle of the range and of the players' ages (`tolerance.ts`).
 * 4. A range that is too wide already needs no split to be found.
 */
export class GroupJudge {
  readonly #candidates: Candidates;
  readonly #pool: PoolRules;
  readonly #tolerances: Tolerances;
  readonly #splitter: TeamSplitter;
  readonly #players: number;

  constructor(candidates: Candidates, pool: PoolRules, tolerances: Tolerances) {
    const { mode } = pool;
    this.#candidates = candidates;
    this.#pool = pool;
    this.#tolerances = tolerances;
    this.#splitter = new TeamSplitter(candidates, pool);
    this.#players = playersPerMatch(mode);
  }

  /** @param members positions of a complete group that the hard rules allow, any order */
  judge(members: ArrayLike<number>): Verdict {
    const { rating, sigmaSum, sigmaSquareSum, ageS, players } = this.#candidates;
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    let sigmas = 0;
    let sigmaSquares = 0;
    let ages = 0;
    let highestAgeS = 0;
    for (let index = 0; index < members.length; index += 1) {
      const member = members[index] ?? 0;
      low = Math.min(low, rating[member] ?? 0);
      high = Math.max(high, rating[member] ?? 0);
      sigmas += sigmaSum[member] ?? 0;
      sigmaSquares += sigmaSquareSum[member] ?? 0;
      ages += (ageS[member] ?? 0) * (players[member] ?? 0);
      highestAgeS = Math.max(highestAgeS, ageS[member] ?? 0);
    }
    const tolerance = this.#tolerances.of((low + high) / 2, ages / this.#players, highestAgeS);
    const costOfMembers = high - low + (this.#pool.mode.sigmaWeight * sigmas) / this.#players;
    if (costOfMembers > tolerance) return { surplus: tolerance - costOfMembers, tolerance, balanceCost: 0 };
    const balanceCost = this.#splitter.weigh(members, sigmaSquares);
    return { surplus: tolerance - costOfMembers - balanceCost, tolerance, balanceCost };
  }

  /** Team of each member of a match that is made; null if the parties or roles cannot be put on teams. */
  split(members: readonly number[]): ArrayLike<number> | null {
    let sigmaSquares = 0;
    for (const member of members) sigmaSquares += this.#candidates.sigmaSquareSum[member] ?? 0;
    return this.#splitter.split(members, sigmaSquares);
  }
}
