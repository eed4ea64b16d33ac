import type { Placements } from "../match.ts";
import { winnerOf } from "../match.ts";
import type { Rating, SequencedRating } from "../rating/player-rating.ts";
import type { RatedBy } from "../rating/rated-by.ts";

/** A change of a rating, as it is kept. */
export interface StoredChange {
  readonly playerId: string;
  readonly mode: string;
  readonly seq: number;
  /** `match`, or whatever else changes ratings. */
  readonly kind: string;
  /** Null for kinds other than `match`. */
  readonly matchId: string | null;
  readonly before: Rating;
  readonly after: Rating;
}

/** A player as a match keeps them. */
export interface AuditedPlayer {
  readonly playerId: string;
  /** Whom the result is about; others came while the match was running. */
  readonly isStarter: boolean;
  readonly before?: Rating;
  readonly after?: SequencedRating;
}

export interface AuditedTeam {
  readonly name: string;
  readonly players: readonly AuditedPlayer[];
}

/** A match as it is kept. */
export interface AuditedMatch {
  readonly matchId: string;
  readonly mode: string;
  readonly status: string;
  readonly isRated: boolean;
  /** Null: what is stored cannot be read. */
  readonly teams: readonly AuditedTeam[] | null;
  readonly placements: Placements | null;
  readonly ratedBy: RatedBy | null;
}

/** What a rated match says of one who started it. */
export interface ChangeInMatch {
  readonly mode: string;
  /** Null: it does not say how they were rated. */
  readonly seq: number | null;
  readonly hasWon: boolean;
  /** Rating of a new player when it was rated; null: not kept. */
  readonly initial: Rating | null;
}

export interface AuditedChange extends StoredChange {
  /** Null: the match that it names is not there, is not rated, or the player did not start it. */
  readonly inMatch: ChangeInMatch | null;
}

/** Null: the match is not rated, or the player did not start it. */
export function changeInMatch(match: AuditedMatch, playerId: string): ChangeInMatch | null {
  const { mode, isRated, teams, placements, ratedBy } = match;
  if (!isRated) return null;
  for (const { name, players } of teams ?? []) {
    const player = players.find((other) => other.playerId === playerId && other.isStarter);
    if (player === undefined) continue;
    const hasWon = placements !== null && winnerOf(placements) === name;
    return { mode, seq: player.after?.seq ?? null, hasWon, initial: ratedBy };
  }
  return null;
}

/** A player's standing in a mode, as it is kept. */
export interface StoredRating extends SequencedRating {
  readonly conservative: number;
  readonly matches: number;
  readonly wins: number;
}

/**
 * Stored ratings and those that come out again are the same numbers, but that the database reads them from text and may
 * err in the last digit.
 */
const TOLERANCE = 1e-9;

export function isSameRating(one: Rating, other: Rating): boolean {
  return isSameNumber(one.mu, other.mu) && isSameNumber(one.sigma, other.sigma);
}

/** Also false where either is no number. */
export function isSameNumber(one: number, other: number): boolean {
  return Math.abs(one - other) <= TOLERANCE;
}
