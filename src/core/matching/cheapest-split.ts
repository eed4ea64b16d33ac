import type { Balance } from "./balance.ts";
import type { SplitTable } from "./split-table.ts";

export interface CheapestSplit {
  /** In the table; −1: no split will do. */
  readonly index: number;
  /** In rating points; infinite if no split will do. */
  readonly cost: number;
}

/** Two teams need none, and are asked about often. */
const NO_SUMS = new Float64Array(0);

/**
 * Looks at every split of a table and keeps the one that costs least; of equals the first.
 *
 * @param ratingSums of the units, in the table's order
 * @param isSeatable whether a split (where it starts in `table.teamOf`) keeps to the roles; asked only of splits that
 *   would be the best so far
 */
export function cheapestSplit(
  table: SplitTable,
  ratingSums: Float64Array,
  teams: number,
  { balance, noise }: { readonly balance: Balance; readonly noise: number },
  isSeatable: ((start: number) => boolean) | null,
): CheapestSplit {
  const units = ratingSums.length;
  const imbalanceOf = teams === 2 ? imbalanceOfTwo : imbalanceOfMore;
  const sums = teams === 2 ? NO_SUMS : new Float64Array(teams);
  let total = 0;
  for (const ratingSum of ratingSums) total += ratingSum;
  let index = -1;
  let cost = Number.POSITIVE_INFINITY;
  let leastImbalance = Number.POSITIVE_INFINITY;
  let itsBondDifference = 0;
  for (let split = 0; split < table.count; split += 1) {
    const start = split * units;
    const imbalance = imbalanceOf(table.teamOf, start, ratingSums, sums, total);
    const bondDifference = table.bondDifferences[split] ?? 0;
    if (imbalance >= leastImbalance && bondDifference >= itsBondDifference) continue;
    const splitCost = balance.costOf(imbalance, bondDifference, noise);
    if (splitCost >= cost || (isSeatable !== null && !isSeatable(start))) continue;
    index = split;
    cost = splitCost;
    leastImbalance = imbalance;
    itsBondDifference = bondDifference;
  }
  return { index, cost };
}

type ImbalanceOf = (
  teamOf: Uint8Array,
  start: number,
  ratingSums: Float64Array,
  sums: Float64Array,
  total: number,
) => number;

/** With two teams the first sum is what the second leaves of the total. The first unit is always on the first team. */
const imbalanceOfTwo: ImbalanceOf = (teamOf, start, ratingSums, _sums, total) => {
  let second = 0;
  for (let unit = 1; unit < ratingSums.length; unit += 1) {
    if (teamOf[start + unit] === 1) second += ratingSums[unit] ?? 0;
  }
  return Math.abs(total - 2 * second);
};

const imbalanceOfMore: ImbalanceOf = (teamOf, start, ratingSums, sums) => {
  sums.fill(0);
  for (let unit = 0; unit < ratingSums.length; unit += 1) {
    const team = teamOf[start + unit] ?? 0;
    sums[team] = (sums[team] ?? 0) + (ratingSums[unit] ?? 0);
  }
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const sum of sums) {
    if (sum < lowest) lowest = sum;
    if (sum > highest) highest = sum;
  }
  return highest - lowest;
};
