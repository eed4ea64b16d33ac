import type { Match, MatchPlayer, Placements, Team } from "./match.ts";
import { startingTeams } from "./match.ts";
import type { MatchTerms } from "./match-terms.ts";

/**
 * What the region sends to be rated: everything that is needed, so that the consumer asks nobody. A copy that may be
 * lost, doubled or late; the region's match row is the truth. `version` grows when a consumer of the release before
 * could no longer read it.
 */
export interface ResultMessage {
  readonly version: 1;
  readonly matchId: string;
  readonly rev: number;
  readonly region: string;
  readonly mode: string;
  readonly quality: number;
  readonly createdAtMs: number;
  readonly reportedAtMs: number;
  /** Those who started the match, also those who left: whom the result is about. */
  readonly teams: readonly ResultTeam[];
  /**
   * Those who came into a running match. Apart from `teams`, because a consumer of the release before would rate them.
   * Absent: nobody did.
   */
  readonly filledIn?: readonly ResultTeam[];
  /** Kept with the match. Absent where there was nothing to agree on. */
  readonly terms?: MatchTerms;
  readonly placements: Placements;
}

export interface ResultTeam {
  readonly name: string;
  readonly players: readonly ResultPlayer[];
}

/** Ratings as they stood when the match was made; the rating itself starts from the ratings in D1. */
export interface ResultPlayer {
  readonly playerId: string;
  readonly mu: number;
  readonly sigma: number;
  /** Not rated by; kept with the match. Absent where the mode has no roles. */
  readonly role?: string | null;
  /** Not rated by; kept with the match. Absent: not so. */
  readonly left?: true;
}

/** The message of a reported match; null while there is no result. */
export function resultMessageOf(match: Match, region: string): ResultMessage | null {
  if (match.result === null) return null;
  const filledIn = match.teams
    .map(({ name, players }) => ({ name, players: players.filter((player) => player.filledIn === true) }))
    .filter(({ players }) => players.length > 0);
  return {
    version: 1,
    matchId: match.matchId,
    rev: match.rev,
    region,
    mode: match.mode,
    quality: match.quality,
    createdAtMs: match.createdAtMs,
    reportedAtMs: match.result.reportedAtMs,
    teams: startingTeams(match).map(resultTeamOf),
    ...(filledIn.length > 0 && { filledIn: filledIn.map(resultTeamOf) }),
    ...(match.terms !== undefined && { terms: match.terms }),
    placements: match.result.placements,
  };
}

function resultTeamOf({ name, players }: Team): ResultTeam {
  return { name, players: players.map(resultPlayerOf) };
}

function resultPlayerOf({ playerId, mu, sigma, role, left }: MatchPlayer): ResultPlayer {
  return { playerId, mu, sigma, ...(role !== undefined && { role }), ...(left === true && { left }) };
}
