import type { Match, Placements } from "./match.ts";

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
  readonly teams: readonly ResultTeam[];
  readonly placements: Placements;
}

export interface ResultTeam {
  readonly name: string;
  /** Ratings as they stood when the match was made; the rating itself starts from the ratings in D1. */
  readonly players: readonly { readonly playerId: string; readonly mu: number; readonly sigma: number }[];
}

/** The message of a reported match; null while there is no result. */
export function resultMessageOf(match: Match, region: string): ResultMessage | null {
  if (match.result === null) return null;
  return {
    version: 1,
    matchId: match.matchId,
    rev: match.rev,
    region,
    mode: match.mode,
    quality: match.quality,
    createdAtMs: match.createdAtMs,
    reportedAtMs: match.result.reportedAtMs,
    teams: match.teams.map(({ name, players }) => ({
      name,
      players: players.map(({ playerId, mu, sigma }) => ({ playerId, mu, sigma })),
    })),
    placements: match.result.placements,
  };
}
