import type { MatchingPool } from "./a-matching-pool.ts";

/**
 * The largest surplus that disjoint ripe groups of a pool can have together, by trying every set of them: for every set
 * of tickets that are left, its first ticket is in none of the groups or in one that holds only tickets of the set.
 *
 * @param pool at most 12 tickets or so
 */
export function bestSurplus({ candidates, judge, rules }: MatchingPool): number {
  const groupsOf = Array.from({ length: candidates.count }, (): { bits: number; surplus: number }[] => []);
  const { teams, teamSize } = rules.mode;
  const gather = (members: readonly number[], missing: number): void => {
    if (missing === 0) {
      const { surplus } = judge.judge(members);
      const bits = members.reduce((sum, member) => sum | (1 << member), 0);
      if (surplus >= 0) groupsOf[members[0] ?? 0]?.push({ bits, surplus });
      return;
    }
    for (let next = (members.at(-1) ?? -1) + 1; next < candidates.count; next += 1) {
      const size = candidates.players[next] ?? 0;
      if (size <= missing) gather([...members, next], missing - size);
    }
  };
  gather([], teams * teamSize);

  const known = new Map<number, number>();
  const bestOf = (left: number): number => {
    if (left === 0) return 0;
    const found = known.get(left);
    if (found !== undefined) return found;
    const first = 31 - Math.clz32(left & -left);
    let best = bestOf(left & ~(1 << first));
    for (const { bits, surplus } of groupsOf[first] ?? []) {
      if ((bits & ~left) === 0) best = Math.max(best, surplus + bestOf(left & ~bits));
    }
    known.set(left, best);
    return best;
  };
  return bestOf((1 << candidates.count) - 1);
}
