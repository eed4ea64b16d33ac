import type { Placements } from "../core/match.ts";
import type { MatchTerms } from "../core/match-terms.ts";
import type { SequencedRating } from "../core/rating/player-rating.ts";
import type { RatedBy } from "../core/rating/rated-by.ts";
import type { StoredTeam } from "./match-row.ts";

/** A player in a mode. */
export interface RatingKey {
  readonly playerId: string;
  readonly mode: string;
}

export interface RatedMatch {
  readonly mode: string;
  readonly teams: readonly StoredTeam[];
}

export interface RatingSnapshot {
  /** Those of the asked matches that are rated already, as they were stored. */
  readonly ratedMatches: ReadonlyMap<string, RatedMatch>;
  /** By `ratingKey`; null for a registered player without a rating in that mode; absent for an unknown player. */
  readonly ratings: ReadonlyMap<string, SequencedRating | null>;
}

export function ratingKey({ playerId, mode }: RatingKey): string {
  return `${playerId} ${mode}`;
}

/** Reads, in one batch and so at one instant, which matches are rated and what the players' ratings are. */
export async function readRatingSnapshot(
  db: D1Database,
  matchIds: readonly string[],
  keys: readonly RatingKey[],
): Promise<RatingSnapshot> {
  const [matches, ratings] = await db.batch<Record<string, unknown>>([
    db.prepare(READ_RATED).bind(JSON.stringify(matchIds)),
    db.prepare(READ_RATINGS).bind(JSON.stringify(keys)),
  ]);
  const matchRows = (matches?.results ?? []) as { match_id: string; mode: string; teams: string }[];
  const ratingRows = (ratings?.results ?? []) as {
    player_id: string;
    mode: string;
    mu: number | null;
    sigma: number;
    seq: number;
  }[];
  return {
    ratedMatches: new Map(
      matchRows.map((row) => [row.match_id, { mode: row.mode, teams: JSON.parse(row.teams) as StoredTeam[] }]),
    ),
    ratings: new Map(
      ratingRows.map(({ player_id, mode, mu, sigma, seq }) => [
        ratingKey({ playerId: player_id, mode }),
        mu === null ? null : { mu, sigma, seq },
      ]),
    ),
  };
}

const READ_RATED = `
  SELECT m.match_id, m.mode, m.teams FROM json_each(?1) j JOIN matches m ON m.match_id = j.value WHERE m.rated = 1`;

const READ_RATINGS = `
  SELECT p.player_id, j.value ->> 'mode' AS mode, r.mu, r.sigma, r.seq
  FROM json_each(?1) j
  JOIN players p ON p.player_id = j.value ->> 'playerId'
  LEFT JOIN ratings r ON r.player_id = p.player_id AND r.mode = j.value ->> 'mode'`;

export interface RatedResult {
  readonly matchId: string;
  readonly rev: number;
  readonly region: string;
  readonly mode: string;
  readonly quality: number;
  /** With the ratings before and after. */
  readonly teams: readonly StoredTeam[];
  readonly terms?: MatchTerms;
  readonly placements: Placements;
  readonly ratedBy: RatedBy;
  readonly createdAtMs: number;
  readonly reportedAtMs: number;
  readonly finishedAtMs: number;
}

export interface RatingChange {
  readonly playerId: string;
  readonly before: SequencedRating;
  readonly after: SequencedRating;
  readonly hasWon: boolean;
}

/**
 * Applies a result once, in one batch that holds wholly or not at all.
 *
 * 1. The match row counts how often it was rated; a check allows one. A repeat fails here and rolls everything back.
 *    *This* is the exactly-once guard.
 * 2. The change rows' key (player, mode, seq) is the optimistic lock: of two results that read the same rating one
 *    fails. Alone it would not stop a duplicate that comes later and reads the new seq.
 * 3. The ratings are upserted: a bare UPDATE of a missing row would silently do nothing.
 *
 * @returns rows written
 * @throws what D1 throws; `isLostRace` tells whether it was 1 or 2
 */
export async function writeRatedResult(
  db: D1Database,
  result: RatedResult,
  changes: readonly RatingChange[],
): Promise<number> {
  const changesJson = JSON.stringify(changes);
  const outcomes = await db.batch([
    db
      .prepare(FINISH_MATCH)
      .bind(
        result.matchId,
        result.rev,
        result.region,
        result.mode,
        result.quality,
        JSON.stringify(result.teams),
        JSON.stringify(result.placements),
        result.createdAtMs,
        result.reportedAtMs,
        result.finishedAtMs,
        result.terms === undefined ? null : JSON.stringify(result.terms),
        JSON.stringify(result.ratedBy),
      ),
    db.prepare(INSERT_CHANGES).bind(changesJson, result.mode, result.matchId, result.finishedAtMs),
    db.prepare(UPSERT_RATINGS).bind(changesJson, result.mode, result.reportedAtMs),
  ]);
  return outcomes.reduce((rows, outcome) => rows + outcome.meta.rows_written, 0);
}

/** The result was applied already, or another result of one of its players came first. Read again and decide. */
export function isLostRace(error: unknown): boolean {
  return error instanceof Error && /(UNIQUE|CHECK) constraint failed/.test(error.message);
}

const FINISH_MATCH = `
  INSERT INTO matches (match_id, rev, rated, region, mode, status, quality, teams, placements, failure,
    created_at_ms, reported_at_ms, finished_at_ms, terms, rated_by)
  VALUES (?1, ?2, 1, ?3, ?4, 'finished', ?5, ?6, ?7, NULL, ?8, ?9, ?10, ?11, ?12)
  ON CONFLICT (match_id) DO UPDATE SET rated = matches.rated + 1, rev = excluded.rev, status = excluded.status,
    teams = excluded.teams, placements = excluded.placements, failure = NULL, reported_at_ms = excluded.reported_at_ms,
    finished_at_ms = excluded.finished_at_ms, terms = ifnull(excluded.terms, matches.terms),
    rated_by = excluded.rated_by`;

const INSERT_CHANGES = `
  INSERT INTO rating_changes (player_id, mode, seq, kind, match_id, mu_before, sigma_before, mu_after, sigma_after,
    changed_at_ms)
  SELECT value ->> 'playerId', ?2, value ->> '$.after.seq', 'match', ?3, value ->> '$.before.mu',
    value ->> '$.before.sigma', value ->> '$.after.mu', value ->> '$.after.sigma', ?4
  FROM json_each(?1)`;

const UPSERT_RATINGS = `
  INSERT INTO ratings (player_id, mode, mu, sigma, conservative, matches, wins, seq, last_played_at_ms)
  SELECT value ->> 'playerId', ?2, value ->> '$.after.mu', value ->> '$.after.sigma',
    value ->> '$.after.mu' - 3 * (value ->> '$.after.sigma'), 1, value ->> 'hasWon', value ->> '$.after.seq', ?3
  FROM json_each(?1) WHERE true
  ON CONFLICT (player_id, mode) DO UPDATE SET mu = excluded.mu, sigma = excluded.sigma,
    conservative = excluded.conservative, matches = ratings.matches + 1, wins = ratings.wins + excluded.wins,
    seq = excluded.seq, last_played_at_ms = max(ifnull(ratings.last_played_at_ms, 0), excluded.last_played_at_ms)`;
