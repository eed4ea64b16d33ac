import type { MatchRecord } from "./match-row.ts";

/**
 * Writes matches as their region knows them, in one statement with one parameter.
 *
 * A row changes only to a higher revision and never once the consumer has rated it: a late export cannot un-finish a
 * match. Safe to repeat.
 *
 * @returns rows written
 */
export async function exportMatches(db: D1Database, records: readonly MatchRecord[]): Promise<number> {
  const outcome = await db.prepare(EXPORT).bind(JSON.stringify(records)).run();
  return outcome.meta.rows_written;
}

const EXPORT = `
  INSERT INTO matches (match_id, rev, rated, region, mode, status, quality, teams, terms, placements, failure,
    created_at_ms, reported_at_ms, finished_at_ms)
  SELECT value ->> 'matchId', value ->> 'rev', 0, value ->> 'region', value ->> 'mode', value ->> 'status',
    value ->> 'quality', value -> 'teams', nullif(value -> 'terms', 'null'), nullif(value -> 'placements', 'null'),
    value ->> 'failure', value ->> 'createdAtMs', value ->> 'reportedAtMs', NULL
  FROM json_each(?1) WHERE true
  ON CONFLICT (match_id) DO UPDATE SET rev = excluded.rev, status = excluded.status, teams = excluded.teams,
    terms = excluded.terms, placements = excluded.placements, failure = excluded.failure,
    reported_at_ms = excluded.reported_at_ms
  WHERE excluded.rev > matches.rev AND matches.rated = 0`;
