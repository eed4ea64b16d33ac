import type { Assignment } from "./assignment.ts";
import type { MatchTerms } from "./match-terms.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import type { Constraints } from "./ticket.ts";

/**
 * - `proposed`: the ready check is open; counts as queued
 * - `pending`: confirmed; holds its players
 * - `reporting`: the result is in, not rated yet; holds nobody
 * - `finished`: rated
 * - `cancelled`: no game server was found; holds nobody, cannot be reported
 * - `abandoned`: no result in time; holds nobody, can still be reported for a day
 * - `rating_failed`: the result cannot be rated until an operator redrives it
 */
export const MATCH_STATUSES = [
  "proposed",
  "pending",
  "reporting",
  "finished",
  "cancelled",
  "abandoned",
  "rating_failed",
] as const;
export type MatchStatus = (typeof MATCH_STATUSES)[number];

export interface MatchPlayer {
  readonly playerId: string;
  /** Rating at the time the match was made. */
  readonly mu: number;
  readonly sigma: number;
  readonly ticketId: string;
  /** The system took the player out before the match ended: it no longer frees, re-queues or notifies them. */
  readonly released: boolean;
  /** What the player is to play; null: no role in particular. Absent where the mode has no roles. */
  readonly role?: string | null;
  /** The game says that the player is gone for good, and asked for somebody else. Absent: not so. */
  readonly left?: true;
  /** Came into a place that was empty while the match was running, and is therefore not rated. Absent: not so. */
  readonly filledIn?: true;
  /** When they came; absent: with the match. */
  readonly joinedAtMs?: number;
}

/** What a ticket asks of whoever comes later, for as long as one of its players is there. */
export interface TicketLimits extends Pick<Constraints, "maxRatingGap" | "avoid"> {
  readonly ticketId: string;
}

export interface Team {
  readonly name: string;
  readonly players: readonly MatchPlayer[];
}

/** Place of every team by name: 1 is best, equal is a draw, and no place is skipped (1, 1, 2). */
export type Placements = Readonly<Record<string, number>>;

export interface MatchResult {
  readonly placements: Placements;
  readonly reportedAtMs: number;
}

export interface Match {
  readonly matchId: string;
  /** Grows with every change of the match, so that a late export never overwrites a newer one. */
  readonly rev: number;
  readonly mode: string;
  readonly status: MatchStatus;
  /** TrueSkill's draw quality, 0 to 1. */
  readonly quality: number;
  readonly teams: readonly Team[];
  /** Absent where there was nothing to agree on. */
  readonly terms?: MatchTerms;
  /** Of tickets that ask for something of the kind; absent: none does. Not shown to anybody. */
  readonly limits?: readonly TicketLimits[];
  /** Absent: it has no game server, and nobody waits for one. Only the region and the match's players may know. */
  readonly assignment?: Assignment;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
  /** When it is abandoned, while pending; when it is forgotten, while abandoned or cancelled. */
  readonly deadlineMs: number;
  readonly result: MatchResult | null;
  /** Why the result could not be rated. */
  readonly failure: string | null;
}

/** A report as it comes in: a winner, or the place of every team. */
export type Report = { readonly winnerTeam: string } | { readonly placements: Placements };

export function matchPlayers(match: Pick<Match, "teams">): MatchPlayer[] {
  return match.teams.flatMap((team) => team.players);
}

/** The teams as they started, with those who left and without those who came later: whom the result is about. */
export function startingTeams({ teams }: Pick<Match, "teams">): Team[] {
  return teams.map(({ name, players }) => ({ name, players: players.filter(({ filledIn }) => filledIn !== true) }));
}

/** Those whom the match still answers for, on one team. */
export function presentPlayers({ players }: Team): MatchPlayer[] {
  return players.filter(({ released }) => !released);
}

/** The players that the match still answers for. */
export function unreleasedPlayerIds(match: Pick<Match, "teams">): string[] {
  return match.teams.flatMap(presentPlayers).map(({ playerId }) => playerId);
}

/** Since when a player is in a match: since it was made, or since they came into an empty place. */
export function inMatchSinceMs(match: Pick<Match, "teams" | "createdAtMs">, playerId: string): number {
  return matchPlayers(match).find((player) => player.playerId === playerId)?.joinedAtMs ?? match.createdAtMs;
}

/** The single best-placed team, or null for a draw at the top. */
export function winnerOf(placements: Placements): string | null {
  const best = Object.keys(placements).filter((team) => placements[team] === 1);
  return best.length === 1 ? (best[0] ?? null) : null;
}

/**
 * Brings a report into the one form that is stored and compared: every team has a place, places are dense from 1.
 * `{winnerTeam: "teamA"}` puts every other team in second place.
 *
 * @returns the placements, or the team that the match does not have, or the team that has no place
 */
export function normalizeReport(
  report: Report,
  teamNames: readonly string[],
): Result<Placements, { reason: "unknown_team" | "missing_team"; team: string; teams: readonly string[] }> {
  const places =
    "winnerTeam" in report
      ? new Map(teamNames.map((name) => [name, 2]).concat([[report.winnerTeam, 1]]) as [string, number][])
      : new Map(Object.entries(report.placements));
  for (const team of places.keys()) {
    if (!teamNames.includes(team)) return refuse({ reason: "unknown_team", team, teams: teamNames });
  }
  for (const team of teamNames) {
    if (!places.has(team)) return refuse({ reason: "missing_team", team, teams: teamNames });
  }
  const distinct = [...new Set(places.values())].sort((a, b) => a - b);
  return accept(Object.fromEntries(teamNames.map((team) => [team, distinct.indexOf(places.get(team) ?? 0) + 1])));
}

/** Both must be normalized. */
export function samePlacements(one: Placements, other: Placements): boolean {
  return Object.keys(one).every((team) => one[team] === other[team]);
}
