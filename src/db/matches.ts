import { and, desc, eq, notInArray } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MatchStatus, Placements } from "../core/match.ts";
import type { MatchTerms } from "../core/match-terms.ts";
import type { MatchRecord, StoredTeam } from "./match-row.ts";
import { matches } from "./schema.ts";

/**
 * How far back the newest matches are looked for: a mode that nobody plays, or hours in which every match was cancelled
 * for want of a server, must not cost a whole scan.
 */
const NEWEST_AMONG = 2_000;

export async function findMatch(d1: D1Database, matchId: string): Promise<MatchRecord | null> {
  const row = await drizzle(d1).select().from(matches).where(eq(matches.matchId, matchId)).get();
  return row === undefined ? null : recordOfRow(row);
}

/**
 * The newest matches, newest first: ids sort by time. A proposed match is left out, so that nobody can look at it and
 * dodge; a cancelled one too: whoever polls this takes what is here for a match that is on.
 *
 * Only as many are read as it takes: SQLite goes through the inner selection row by row, in its order.
 *
 * @param mode null: every mode. All are looked for among the newest 2,000 matches
 */
export async function readLatestMatches(d1: D1Database, limit: number, mode: string | null): Promise<MatchRecord[]> {
  const db = drizzle(d1);
  const newest = db.select().from(matches).orderBy(desc(matches.matchId)).limit(NEWEST_AMONG).as("newest");
  const ofMode = mode === null ? undefined : eq(newest.mode, mode);
  const rows = await db
    .select()
    .from(newest)
    .where(and(notInArray(newest.status, ["proposed", "cancelled"]), ofMode))
    .orderBy(desc(newest.matchId))
    .limit(limit)
    .all();
  return rows.map(recordOfRow);
}

/** A row in the form in which drizzle reads it. */
export function recordOfRow({ rated: _, ratedBy: __, ...row }: typeof matches.$inferSelect): MatchRecord {
  return {
    ...row,
    status: row.status as MatchStatus,
    teams: JSON.parse(row.teams) as StoredTeam[],
    terms: row.terms === null ? null : (JSON.parse(row.terms) as MatchTerms),
    placements: row.placements === null ? null : (JSON.parse(row.placements) as Placements),
  };
}
