import { assert } from "../assert.ts";

/** What is put on a team as a whole: a ticket's players and the sum of their ratings. */
export interface SplitUnit {
  readonly size: number;
  readonly ratingSum: number;
}

export interface Split {
  /** Team of each unit, by position. */
  readonly teamOf: readonly number[];
  /** Highest team sum minus the lowest, in rating points. */
  readonly imbalance: number;
}

/**
 * The search ends after this many visited placements with the best it has. Measured: 8v8 visits 24,310 for its 6,435
 * splits, 9v9 would visit 92,378; 3×3×3 visits 877, 3×4 18,378, 4×3 46,173.
 */
const MOST_VISITS = 50_000;

/**
 * The fairest way to put units on equal teams: the least difference between the highest and the lowest team sum.
 *
 * 1. Place units one after the other, largest first, on every team that has room for them.
 * 2. Of several empty teams try only the first: they are the same team under another name.
 * 3. Keep the best full placement. With equal imbalance the first found wins, so the result is deterministic.
 *
 * Exact for 1v1 to 8v8 and for three or four teams of up to 12 players; for larger ones the best of the first 50,000
 * placements.
 *
 * @returns null when the units cannot tile the teams (a party of three in 2v2), or no tiling was among those placements
 */
export function bestSplit(units: readonly SplitUnit[], teams: number, teamSize: number): Split | null {
  const order = units.map((_, index) => index).sort((a, b) => sizeOf(units, b) - sizeOf(units, a) || a - b);
  const sums = new Array<number>(teams).fill(0);
  const sizes = new Array<number>(teams).fill(0);
  const placed = new Array<number>(units.length).fill(0);
  let best: Split | null = null;
  let visits = 0;

  const place = (position: number): void => {
    visits += 1;
    const index = order[position];
    if (index === undefined) {
      const imbalance = Math.max(...sums) - Math.min(...sums);
      if (best === null || imbalance < best.imbalance) best = { teamOf: [...placed], imbalance };
      return;
    }
    const unit = units[index];
    assert(unit !== undefined, "order holds positions of units");
    for (let team = 0; team < teams; team += 1) {
      if (visits > MOST_VISITS) return;
      const size = sizes[team] ?? 0;
      const sum = sums[team] ?? 0;
      if (size + unit.size <= teamSize) {
        sizes[team] = size + unit.size;
        sums[team] = sum + unit.ratingSum;
        placed[index] = team;
        place(position + 1);
        sizes[team] = size;
        sums[team] = sum;
      }
      if (size === 0) return;
    }
  };

  place(0);
  return best;
}

function sizeOf(units: readonly SplitUnit[], index: number): number {
  return units[index]?.size ?? 0;
}
