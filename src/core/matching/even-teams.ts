/** Each exchange leaves a fraction of the difference, so few are needed. */
const MOST_EXCHANGES = 8;

/** A way to put units on teams, and what it comes to. */
export interface TeamSplit {
  /** Team of each unit. */
  readonly teamOf: readonly number[];
  /** Highest team sum minus the lowest. */
  readonly imbalance: number;
  /** See `SplitTable.bondDifferences`. */
  readonly bondDifference: number;
}

/**
 * Brings the teams of a split closer: exchanges the two units of equal size of the highest and the lowest team that
 * leave least between these two, as long as that helps, eight times at most.
 *
 * @param teamOf of each unit; every team full
 * @param isAllowed whether two units may be exchanged; null: any two
 */
export function evenTeams(
  sizes: readonly number[],
  ratingSums: Float64Array,
  teamOf: readonly number[],
  teams: number,
  isAllowed: ((teamOf: readonly number[], one: number, other: number) => boolean) | null,
): TeamSplit {
  const evened = [...teamOf];
  const sums = new Array<number>(teams).fill(0);
  const bonds = new Array<number>(teams).fill(0);
  teamOf.forEach((team, unit) => {
    sums[team] = (sums[team] ?? 0) + (ratingSums[unit] ?? 0);
    bonds[team] = (bonds[team] ?? 0) + (sizes[unit] ?? 0) - 1;
  });
  for (let exchanges = 0; exchanges < MOST_EXCHANGES; exchanges += 1) {
    const pair = bestExchange(sizes, ratingSums, evened, sums, isAllowed);
    if (pair === null) break;
    exchange(pair, ratingSums, evened, sums);
  }
  // Units of equal size have equal bonds, so exchanging them changes no team's.
  return { teamOf: evened, imbalance: difference(sums), bondDifference: difference(bonds) };
}

interface Pair {
  /** On the highest team. */
  readonly one: number;
  /** On the lowest. */
  readonly other: number;
}

function bestExchange(
  sizes: readonly number[],
  ratingSums: Float64Array,
  teamOf: readonly number[],
  sums: readonly number[],
  isAllowed: ((teamOf: readonly number[], one: number, other: number) => boolean) | null,
): Pair | null {
  const high = sums.indexOf(Math.max(...sums));
  const low = sums.indexOf(Math.min(...sums));
  const gap = (sums[high] ?? 0) - (sums[low] ?? 0);
  let least = gap - 1e-9;
  let best: Pair | null = null;
  for (let one = 0; one < teamOf.length; one += 1) {
    if (teamOf[one] !== high) continue;
    for (let other = 0; other < teamOf.length; other += 1) {
      if (teamOf[other] !== low || sizes[one] !== sizes[other]) continue;
      const left = Math.abs(gap - 2 * ((ratingSums[one] ?? 0) - (ratingSums[other] ?? 0)));
      if (left >= least || (isAllowed !== null && !isAllowed(teamOf, one, other))) continue;
      least = left;
      best = { one, other };
    }
  }
  return best;
}

function exchange({ one, other }: Pair, ratingSums: Float64Array, teamOf: number[], sums: number[]): void {
  const high = teamOf[one] ?? 0;
  const low = teamOf[other] ?? 0;
  const moved = (ratingSums[one] ?? 0) - (ratingSums[other] ?? 0);
  sums[high] = (sums[high] ?? 0) - moved;
  sums[low] = (sums[low] ?? 0) + moved;
  teamOf[one] = low;
  teamOf[other] = high;
}

function difference(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}
