/** By trying everything: each way to put units of these sizes on full teams, once for every naming of the teams. */
export function everySplit(sizes: readonly number[], teams: number, teamSize: number): number[][] {
  const splits: number[][] = [];
  const room = new Array<number>(teams).fill(teamSize);
  const place = (teamOf: readonly number[]): void => {
    const size = sizes[teamOf.length];
    if (size === undefined) {
      if (room.every((left) => left === 0)) splits.push([...teamOf]);
      return;
    }
    for (let team = 0; team < teams; team += 1) {
      const left = room[team] ?? 0;
      if (left < size) continue;
      room[team] = left - size;
      place([...teamOf, team]);
      room[team] = left;
    }
  };
  place([]);
  return splits;
}

/** The same split whatever its teams are called: numbered in the order in which they appear. */
export function withoutTeamNames(teamOf: readonly number[]): string {
  const names = [...new Set(teamOf)];
  return teamOf.map((team) => names.indexOf(team)).join();
}

/** Highest sum of a team minus the lowest. */
export function differenceOfTeams(teamOf: readonly number[], values: readonly number[], teams: number): number {
  const sums = new Array<number>(teams).fill(0);
  teamOf.forEach((team, unit) => {
    sums[team] = (sums[team] ?? 0) + (values[unit] ?? 0);
  });
  return Math.max(...sums) - Math.min(...sums);
}
