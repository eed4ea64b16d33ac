import type { Rating } from "../core/rating/player-rating.ts";
import type { MatchRecord } from "./match-row.ts";
import { recordOfRow } from "./matches.ts";
import type { matches } from "./schema.ts";

/** A player's newest rated match and the rating that it led to; null: they came into it late and were not rated. */
export interface LastMatch {
  readonly playerId: string;
  readonly match: MatchRecord;
  readonly rating: Rating | null;
}

type LastMatchRow = typeof matches.$inferSelect & {
  readonly playerId: string;
  readonly mu: number;
  readonly sigma: number;
};

/**
 * The newest rated match of each player in each mode, if it was rated after `sinceMs`; one row is read for each player
 * and mode, however much they have played.
 */
export async function readLastMatches(
  db: D1Database,
  playerIds: readonly string[],
  modes: readonly string[],
  sinceMs: number,
): Promise<LastMatch[]> {
  const { results } = await db
    .prepare(READ)
    .bind(JSON.stringify(playerIds), JSON.stringify(modes), sinceMs)
    .all<LastMatchRow>();
  return results.map(({ playerId, mu, sigma, ...row }) => ({
    playerId,
    match: recordOfRow(row),
    rating: { mu, sigma },
  }));
}

const READ = `
  WITH newest AS (
    SELECT p.value AS player_id, m.value AS mode, (
      SELECT c.seq FROM rating_changes c
      WHERE c.player_id = p.value AND c.mode = m.value AND c.kind = 'match' ORDER BY c.seq DESC LIMIT 1
    ) AS seq
    FROM json_each(?1) p, json_each(?2) m)
  SELECT c.player_id AS playerId, c.mu_after AS mu, c.sigma_after AS sigma, t.match_id AS matchId, t.rev, t.rated,
    t.region, t.mode, t.status, t.quality, t.teams, t.terms, t.placements, t.failure, t.created_at_ms AS createdAtMs,
    t.reported_at_ms AS reportedAtMs, t.finished_at_ms AS finishedAtMs
  FROM newest n
  JOIN rating_changes c ON c.player_id = n.player_id AND c.mode = n.mode AND c.seq = n.seq
  JOIN matches t ON t.match_id = c.match_id
  WHERE c.changed_at_ms > ?3`;
