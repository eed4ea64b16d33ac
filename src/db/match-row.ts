import type { Match, MatchPlayer, MatchStatus, Placements } from "../core/match.ts";
import type { MatchTerms } from "../core/match-terms.ts";
import type { Rating, SequencedRating } from "../core/rating/player-rating.ts";

/** One player inside `matches.teams`: the rating when the match was made, and around its rating once it is finished. */
export interface StoredPlayer {
  readonly player_id: string;
  readonly mu: number;
  readonly sigma: number;
  readonly role?: string | null;
  /** Left while the match was running. Absent: not so. */
  readonly left?: true;
  /** Came while it was running: not rated. Absent: not so. */
  readonly filled_in?: true;
  readonly before?: Rating;
  readonly after?: SequencedRating;
}

export interface StoredTeam {
  readonly name: string;
  readonly players: readonly StoredPlayer[];
}

/** A match as D1 keeps it and the API shows it. */
export interface MatchRecord {
  readonly matchId: string;
  readonly rev: number;
  readonly region: string;
  readonly mode: string;
  readonly status: MatchStatus;
  readonly quality: number;
  readonly teams: readonly StoredTeam[];
  /** Null where there was nothing to agree on. */
  readonly terms: MatchTerms | null;
  readonly placements: Placements | null;
  readonly failure: string | null;
  readonly createdAtMs: number;
  readonly reportedAtMs: number | null;
  readonly finishedAtMs: number | null;
}

/** A region's live match in the form that is exported. */
export function recordOf(match: Match, region: string): MatchRecord {
  return {
    matchId: match.matchId,
    rev: match.rev,
    region,
    mode: match.mode,
    status: match.status,
    quality: match.quality,
    teams: match.teams.map(({ name, players }) => ({
      name,
      players: players.map(storedPlayerOf),
    })),
    terms: match.terms ?? null,
    placements: match.result?.placements ?? null,
    failure: match.failure,
    createdAtMs: match.createdAtMs,
    reportedAtMs: match.result?.reportedAtMs ?? null,
    finishedAtMs: null,
  };
}

/** Also of a result message's players, who know less. */
export function storedPlayerOf({ playerId, mu, sigma, role, left, filledIn }: ShownPlayer): StoredPlayer {
  return {
    player_id: playerId,
    mu,
    sigma,
    ...(role !== undefined && { role }),
    ...(left === true && { left }),
    ...(filledIn === true && { filled_in: filledIn }),
  };
}

type ShownPlayer = Pick<MatchPlayer, "playerId" | "mu" | "sigma" | "role" | "left" | "filledIn">;
