import { Balance } from "./balance.ts";
import type { Candidates } from "./candidates.ts";
import type { CheapestSplit } from "./cheapest-split.ts";
import { cheapestSplit } from "./cheapest-split.ts";
import type { PoolRules } from "./pool-rules.ts";
import { quickSplit } from "./quick-split.ts";
import { searchSplit } from "./search-split.ts";
import type { SplitTable } from "./split-table.ts";
import { splitTable } from "./split-table.ts";
import { SplitUnits } from "./split-units.ts";

/** Groups that are only weighed are looked at split by split up to this many: 6v6 has 462, 3×3 280, 7v7 1,716. */
const MOST_SPLITS_WEIGHED = 500;

/**
 * Puts groups on teams as evenly as can be.
 *
 * 1. A match that is made gets the best of all splits, where there are at most 16,000: every two-team shape up to 8v8,
 *    3×3, 3×4, 4×3 (`split-table.ts`, `cheapest-split.ts`).
 * 2. While groups are only compared the limit is 500: beyond, snake order and exchanges come close for much less
 *    (`quick-split.ts`), as they do for larger shapes. They know no roles, so a mode with roles keeps to step 1.
 * 3. Parties stay whole, and in a mode with roles every team must be able to seat its players. What snake order cannot
 *    place is searched for (`search-split.ts`).
 */
export class TeamSplitter {
  readonly #candidates: Candidates;
  readonly #pool: PoolRules;
  readonly #balance: Balance;
  /** With only single players and no roles every group has the same splits and need not be sorted; else null. */
  readonly #soloTable: SplitTable | null;
  readonly #soloRatings: Float64Array;
  /**
   * Of groups that no split can seat. A search meets the same ones again and again: finding it out each time, 100
   * overdue tickets of 8v8, among them pairs who only offer a role of three places, took 15 s a tick.
   */
  readonly #unseatableKinds = new Set<string>();

  constructor(candidates: Candidates, pool: PoolRules) {
    const { teams, teamSize } = pool.mode;
    this.#candidates = candidates;
    this.#pool = pool;
    this.#balance = new Balance(pool.mode);
    this.#soloRatings = new Float64Array(teams * teamSize);
    const areUniform = !candidates.hasParties && candidates.roleOffers === null;
    this.#soloTable = areUniform ? splitTable(new Array<number>(teams * teamSize).fill(1), teams, teamSize) : null;
  }

  /** What the teams of a group cost when it is compared with others, in rating points; infinite if there are none. */
  weigh(members: ArrayLike<number>, sigmaSquareSum: number): number {
    const noise = this.#balance.noiseOf(sigmaSquareSum);
    const table = this.#soloTable;
    if (table !== null && table.count <= MOST_SPLITS_WEIGHED) return this.#cheapestOfSolos(members, table, noise).cost;
    const units = new SplitUnits(members, this.#candidates);
    return this.#solve(units, noise, MOST_SPLITS_WEIGHED)?.cost ?? Number.POSITIVE_INFINITY;
  }

  /** Team of each member for a match that is made; null if the parties or roles cannot be put on teams. */
  split(members: readonly number[], sigmaSquareSum: number): ArrayLike<number> | null {
    const noise = this.#balance.noiseOf(sigmaSquareSum);
    const table = this.#soloTable;
    if (table !== null) {
      const start = this.#cheapestOfSolos(members, table, noise).index * members.length;
      return table.teamOf.subarray(start, start + members.length);
    }
    const units = new SplitUnits(members, this.#candidates);
    const solution = this.#solve(units, noise, Number.POSITIVE_INFINITY);
    if (solution === null) return null;
    return members.map((member) => solution.teamOf[units.positions.indexOf(member)] ?? 0);
  }

  #cheapestOfSolos(members: ArrayLike<number>, table: SplitTable, noise: number): CheapestSplit {
    const { rating } = this.#candidates;
    for (let index = 0; index < members.length; index += 1) this.#soloRatings[index] = rating[members[index] ?? 0] ?? 0;
    return cheapestSplit(table, this.#soloRatings, this.#pool.mode.teams, { balance: this.#balance, noise }, null);
  }

  #solve(units: SplitUnits, noise: number, mostSplits: number): { teamOf: ArrayLike<number>; cost: number } | null {
    const { teams, teamSize } = this.#pool.mode;
    const table = splitTable(units.sizes, teams, teamSize);
    if (table !== null && (table.count <= mostSplits || units.roleOffers !== null)) {
      const kind = units.kind();
      if (kind !== null && this.#unseatableKinds.has(kind)) return null;
      const isSeatable = this.#seatingOf(units, table);
      const { index, cost } = cheapestSplit(
        table,
        units.ratingSums,
        teams,
        { balance: this.#balance, noise },
        isSeatable,
      );
      const start = index * units.sizes.length;
      if (index < 0 && kind !== null) this.#unseatableKinds.add(kind);
      return index < 0 ? null : { teamOf: table.teamOf.subarray(start, start + units.sizes.length), cost };
    }
    const quick = units.roleOffers === null ? quickSplit(units.sizes, units.ratingSums, teams, teamSize) : null;
    const split = quick ?? searchSplit(units, teams, teamSize, this.#pool.rolePlaces);
    if (split === null) return null;
    return { teamOf: split.teamOf, cost: this.#balance.costOf(split.imbalance, split.bondDifference, noise) };
  }

  /** Whether each team of a split can seat the roles of its players; null in a mode without roles. */
  #seatingOf({ roleOffers }: SplitUnits, table: SplitTable): ((start: number) => boolean) | null {
    const { mode, rolePlaces } = this.#pool;
    if (roleOffers === null) return null;
    return (start) => {
      for (let team = 0; team < mode.teams; team += 1) {
        const offers = roleOffers.flatMap((unit, index) => (table.teamOf[start + index] === team ? unit : []));
        if (!rolePlaces.canSeat(offers, 1)) return false;
      }
      return true;
    };
  }
}
