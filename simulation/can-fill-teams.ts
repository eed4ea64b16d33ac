/**
 * Whether parties of these sizes can make up whole teams, each party within one of them.
 *
 * Team after team takes each combination of parties that fills it exactly, until all teams are full or none is left.
 * Sizes and teams are few: two teams of five with parties up to five have at most 7 × 7 combinations.
 *
 * @param partySizes of everybody who can still play; more than are needed may be there
 * @param places free in one of the teams, where somebody has a place already
 */
export function canFillTeams(
  teams: number,
  teamSize: number,
  partySizes: readonly number[],
  places = teamSize,
): boolean {
  const counts = new Array<number>(teamSize + 1).fill(0);
  for (const size of partySizes) if (size <= teamSize) counts[size] = (counts[size] ?? 0) + 1;
  return canFill(teams, teamSize, places, teamSize, counts);
}

/**
 * @param places free in the team being filled
 * @param largest a team takes its parties from large to small, so that each combination comes once
 * @param counts parties left by size; as it was when the call returns
 */
function canFill(teams: number, teamSize: number, places: number, largest: number, counts: number[]): boolean {
  if (places === 0) return teams === 1 || canFill(teams - 1, teamSize, teamSize, teamSize, counts);
  for (let size = Math.min(places, largest); size >= 1; size -= 1) {
    const left = counts[size] ?? 0;
    if (left === 0) continue;
    counts[size] = left - 1;
    const isPossible = canFill(teams, teamSize, places - size, size, counts);
    counts[size] = left;
    if (isPossible) return true;
  }
  return false;
}
