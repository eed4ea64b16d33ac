import type { Match, Team } from "./match.ts";
import { presentPlayers } from "./match.ts";
import type { Mode } from "./mode.ts";

/** Open players' places by team; a team without any is not named. */
export type OpenPlaces = Readonly<Record<string, number>>;

/** A running match's place in line: it waits for players, as players wait for a match. One match has at most one. */
export interface Backfill {
  readonly ticketId: string;
  readonly matchId: string;
  readonly mode: string;
  /** What is still to be filled. */
  readonly places: OpenPlaces;
  /** The place in line; kept when the game changes its wish and when some of the places are filled. */
  readonly enqueuedAtMs: number;
}

/**
 * Every way in which a backfill can end; each ends in exactly one.
 *
 * - `filled`: every place
 * - `match_over`: it was reported, abandoned or cancelled, or nobody is left in it
 * - `mode_removed`, `region_closed`: nobody comes any more
 * - `rules_changed`: its mode's teams have no such places any more
 */
export type BackfillEnding = "filled" | "cancelled" | "match_over" | "mode_removed" | "rules_changed" | "region_closed";

/** Places of a team that nobody is in: also of those whom the system took out. */
export function roomOf(team: Team, { teamSize }: Pick<Mode, "teamSize">): number {
  return Math.max(0, teamSize - presentPlayers(team).length);
}

/** Whether a match's teams have so much room. */
export function hasRoomFor(places: OpenPlaces, match: Match, mode: Pick<Mode, "teamSize">): boolean {
  const teams = new Map(match.teams.map((team) => [team.name, team]));
  return Object.entries(places).every(([name, count]) => {
    const team = teams.get(name);
    return team !== undefined && count <= roomOf(team, mode);
  });
}

/** What is left of open places when players came. @param joined how many, by team */
export function placesLeft(places: OpenPlaces, joined: OpenPlaces): OpenPlaces {
  const left = Object.entries(places).map(([team, count]): [string, number] => [team, count - (joined[team] ?? 0)]);
  return Object.fromEntries(left.filter(([, count]) => count > 0));
}

export function isSameWish(one: OpenPlaces, other: OpenPlaces): boolean {
  const teams = Object.keys(one);
  return teams.length === Object.keys(other).length && teams.every((team) => one[team] === other[team]);
}
