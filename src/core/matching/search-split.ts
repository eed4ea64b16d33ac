import type { RolePlaces } from "./role-places.ts";

/** The search ends after this many placements without an answer. */
const MOST_VISITS = 50_000;

/**
 * Some way to put units on teams where there are too many to look at and snake order does not do: large teams with roles, or
 * with parties that only fit one way.
 *
 * 1. Place units one after the other, largest first, on the first team that has room and seats for their roles.
 * 2. When a unit fits nowhere, take the one before it further.
 *
 * @param sizes players of each unit, largest first
 * @param roleOffers see `SplitUnits.roleOffers`
 * @returns team of each unit; null if there is no way or none was found within 50,000 placements
 */
export function searchSplit(
  sizes: readonly number[],
  roleOffers: readonly (readonly number[])[] | null,
  teams: number,
  teamSize: number,
  rolePlaces: RolePlaces,
): number[] | null {
  const players = new Array<number>(teams).fill(0);
  const seated: (readonly number[])[] = new Array<readonly number[]>(teams).fill([]);
  const teamOf: number[] = [];
  let visits = 0;

  const place = (unit: number): boolean => {
    const size = sizes[unit];
    if (size === undefined) return true;
    for (let team = 0; team < teams; team += 1) {
      visits += 1;
      if (visits > MOST_VISITS) return false;
      const before = players[team] ?? 0;
      const seatedBefore = seated[team] ?? [];
      const offers = [...seatedBefore, ...(roleOffers?.[unit] ?? [])];
      if (before + size <= teamSize && rolePlaces.canSeat(offers, 1)) {
        players[team] = before + size;
        seated[team] = offers;
        teamOf[unit] = team;
        if (place(unit + 1)) return true;
        players[team] = before;
        seated[team] = seatedBefore;
      }
      if (before === 0) return false;
    }
    return false;
  };

  return place(0) ? teamOf : null;
}
