import type { TeamSplit } from "./even-teams.ts";
import { evenTeams } from "./even-teams.ts";
import type { RolePlaces } from "./role-places.ts";

/** The search ends after this many placements without an answer. */
const MOST_VISITS = 2_000;

/** As `SplitUnits` has them: largest first. */
interface Units {
  readonly sizes: readonly number[];
  readonly ratingSums: Float64Array;
  readonly roleOffers: readonly (readonly number[])[] | null;
}

/**
 * A fair way to put units on teams where there are too many to look at and snake order does not do: large teams with
 * roles, or with parties that only fit one way.
 *
 * 1. Place units one after the other, largest first. Each goes on the team with fewest players, of those on the one
 *    with the lowest sum, if it has room and seats for their roles; else on the next.
 * 2. When a unit fits nowhere, take the one before it further.
 * 3. Exchange units between the highest and the lowest team, as far as the roles allow (`even-teams.ts`).
 *
 * @returns null if there is no way or none was found within 2,000 placements
 */
export function searchSplit(units: Units, teams: number, teamSize: number, rolePlaces: RolePlaces): TeamSplit | null {
  const { sizes, ratingSums, roleOffers } = units;
  const teamOf = new Placing(units, teams, teamSize, rolePlaces).find();
  if (teamOf === null) return null;
  if (roleOffers === null) return evenTeams(sizes, ratingSums, teamOf, teams, null);
  const offersOf = (team: number, all: readonly number[], leaving: number, joining: number) =>
    roleOffers.flatMap((offers, unit) => (unit === joining || (all[unit] === team && unit !== leaving) ? offers : []));
  return evenTeams(
    sizes,
    ratingSums,
    teamOf,
    teams,
    (all, one, other) =>
      rolePlaces.canSeat(offersOf(all[one] ?? 0, all, one, other), 1) &&
      rolePlaces.canSeat(offersOf(all[other] ?? 0, all, other, one), 1),
  );
}

/** Steps 1 and 2. */
class Placing {
  readonly #units: Units;
  readonly #teamSize: number;
  readonly #rolePlaces: RolePlaces;
  readonly #teams: { players: number; sum: number; offers: readonly number[] }[];
  readonly #teamOf: number[] = [];
  #visits = 0;

  constructor(units: Units, teams: number, teamSize: number, rolePlaces: RolePlaces) {
    this.#units = units;
    this.#teamSize = teamSize;
    this.#rolePlaces = rolePlaces;
    this.#teams = Array.from({ length: teams }, () => ({ players: 0, sum: 0, offers: [] }));
  }

  find(): number[] | null {
    return this.#place(0) ? this.#teamOf : null;
  }

  #place(unit: number): boolean {
    const size = this.#units.sizes[unit];
    if (size === undefined) return true;
    const ratingSum = this.#units.ratingSums[unit] ?? 0;
    for (const [index, team] of this.#emptiestFirst()) {
      this.#visits += 1;
      if (this.#visits > MOST_VISITS) return false;
      const { players, sum, offers } = team;
      const joined = [...offers, ...(this.#units.roleOffers?.[unit] ?? [])];
      if (players + size <= this.#teamSize && this.#rolePlaces.canSeat(joined, 1)) {
        Object.assign(team, { players: players + size, sum: sum + ratingSum, offers: joined });
        this.#teamOf[unit] = index;
        if (this.#place(unit + 1)) return true;
        Object.assign(team, { players, sum, offers });
      }
    }
    return false;
  }

  /** Of the empty teams only the first: the others are the same team under another name. */
  #emptiestFirst() {
    return [...this.#teams.entries()]
      .filter(([index, { players }]) => players > 0 || this.#teams.findIndex((team) => team.players === 0) === index)
      .sort(([one, a], [other, b]) => a.players - b.players || a.sum - b.sum || one - other);
  }
}
