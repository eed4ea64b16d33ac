/** Exchanges between the highest and the lowest team; each leaves a fraction of the difference, so few are needed. */
const MOST_EXCHANGES = 8;

/** A way to put units on teams, and what it comes to. */
export interface QuickSplit {
  /** Team of each unit. */
  readonly teamOf: readonly number[];
  /** Highest team sum minus the lowest. */
  readonly imbalance: number;
  /** See `SplitTable.bondDifferences`. */
  readonly bondDifference: number;
}

/**
 * A fair way to put units on teams without looking at every way, for shapes that have too many. Knows no roles.
 *
 * 1. Snake order: the largest and highest rated units first, each on the team with fewest players, of those on the one with
 *    the lowest sum.
 * 2. Exchange the two units of equal size of the highest and the lowest team that bring their sums closest, as long as one
 *    does, eight times at most.
 *
 * @param sizes players of each unit
 * @returns null when step 1 cannot place everybody
 */
export function quickSplit(
  sizes: readonly number[],
  ratingSums: Float64Array,
  teams: number,
  teamSize: number,
): QuickSplit | null {
  const players = new Array<number>(teams).fill(0);
  const sums = new Array<number>(teams).fill(0);
  const bonds = new Array<number>(teams).fill(0);
  const teamOf = new Array<number>(sizes.length).fill(0);
  for (const unit of placingOrder(sizes, ratingSums)) {
    const size = sizes[unit] ?? 0;
    const team = emptiestTeam(players, sums);
    const joined = (players[team] ?? 0) + size;
    if (joined > teamSize) return null;
    players[team] = joined;
    sums[team] = (sums[team] ?? 0) + (ratingSums[unit] ?? 0);
    bonds[team] = (bonds[team] ?? 0) + size - 1;
    teamOf[unit] = team;
  }
  for (let exchanges = 0; exchanges < MOST_EXCHANGES; exchanges += 1) {
    if (!exchange(sizes, ratingSums, teamOf, sums)) break;
  }
  return {
    teamOf,
    imbalance: Math.max(...sums) - Math.min(...sums),
    bondDifference: Math.max(...bonds) - Math.min(...bonds),
  };
}

/** Units by size, then by rating, highest first; then as they came. */
function placingOrder(sizes: readonly number[], ratingSums: Float64Array): number[] {
  return sizes
    .map((_, unit) => unit)
    .sort((a, b) => (sizes[b] ?? 0) - (sizes[a] ?? 0) || (ratingSums[b] ?? 0) - (ratingSums[a] ?? 0) || a - b);
}

/** With fewest players, then with the lowest sum, then the first. */
function emptiestTeam(players: readonly number[], sums: readonly number[]): number {
  let best = 0;
  for (let team = 1; team < players.length; team += 1) {
    const difference = (players[team] ?? 0) - (players[best] ?? 0) || (sums[team] ?? 0) - (sums[best] ?? 0);
    if (difference < 0) best = team;
  }
  return best;
}

/** False: no exchange brings the two teams closer. */
function exchange(sizes: readonly number[], ratingSums: Float64Array, teamOf: number[], sums: number[]): boolean {
  const high = sums.indexOf(Math.max(...sums));
  const low = sums.indexOf(Math.min(...sums));
  const gap = (sums[high] ?? 0) - (sums[low] ?? 0);
  let best = { gap: gap - 1e-9, one: -1, other: -1 };
  for (let one = 0; one < teamOf.length; one += 1) {
    if (teamOf[one] !== high) continue;
    for (let other = 0; other < teamOf.length; other += 1) {
      if (teamOf[other] !== low || sizes[one] !== sizes[other]) continue;
      const left = Math.abs(gap - 2 * ((ratingSums[one] ?? 0) - (ratingSums[other] ?? 0)));
      if (left < best.gap) best = { gap: left, one, other };
    }
  }
  if (best.one < 0) return false;
  const difference = (ratingSums[best.one] ?? 0) - (ratingSums[best.other] ?? 0);
  sums[high] = (sums[high] ?? 0) - difference;
  sums[low] = (sums[low] ?? 0) + difference;
  teamOf[best.one] = low;
  teamOf[best.other] = high;
  return true;
}
