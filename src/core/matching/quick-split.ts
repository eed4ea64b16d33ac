import type { TeamSplit } from "./even-teams.ts";
import { evenTeams } from "./even-teams.ts";

/**
 * A fair way to put units on teams without looking at every way, for shapes that have too many. Knows no roles.
 *
 * 1. Snake order: the largest and highest rated units first, each on the team with fewest players, of those on the one
 *    with the lowest sum.
 * 2. Exchange units between the highest and the lowest team (`even-teams.ts`).
 *
 * @param sizes players of each unit
 * @returns null when step 1 cannot place everybody
 */
export function quickSplit(
  sizes: readonly number[],
  ratingSums: Float64Array,
  teams: number,
  teamSize: number,
): TeamSplit | null {
  const players = new Array<number>(teams).fill(0);
  const sums = new Array<number>(teams).fill(0);
  const teamOf = new Array<number>(sizes.length).fill(0);
  for (const unit of placingOrder(sizes, ratingSums)) {
    const size = sizes[unit] ?? 0;
    const team = emptiestTeam(players, sums);
    const joined = (players[team] ?? 0) + size;
    if (joined > teamSize) return null;
    players[team] = joined;
    sums[team] = (sums[team] ?? 0) + (ratingSums[unit] ?? 0);
    teamOf[unit] = team;
  }
  return evenTeams(sizes, ratingSums, teamOf, teams, null);
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
