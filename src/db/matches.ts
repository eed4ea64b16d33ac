import { and, desc, eq, notInArray, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { MatchStatus, Placements } from "../core/match.ts";
import type { MatchTerms } from "../core/match-terms.ts";
import type { MatchRecord, StoredTeam } from "./match-row.ts";
import { matches } from "./schema.ts";

/** How far back the newest matches of one mode are looked for: a mode that nobody plays must not cost a whole scan. */
const NEWEST_OF_A_MODE_AMONG = 2_000;

export async function findMatch(d1: D1Database, matchId: string): Promise<MatchRecord | null> {
  const row = await drizzle(d1).select().from(matches).where(eq(matches.matchId, matchId)).get();
  return row === undefined ? null : recordOfRow(row);
}

/**
 * The newest matches, newest first: ids sort by time. A proposed match is left out, so that nobody can look at it and
 * dodge; a cancelled one too: whoever polls this takes what is here for a match that is on.
 *
 * @param mode null: every mode; otherwise those among the newest 2,000 matches
 */
export async function readLatestMatches(d1: D1Database, limit: number, mode: string | null): Promise<MatchRecord[]> {
  const oldest = sql`coalesce((select ${matches.matchId} from ${matches} order by ${matches.matchId} desc
    limit 1 offset ${NEWEST_OF_A_MODE_AMONG}), '')`;
  const ofMode = mode === null ? undefined : and(eq(matches.mode, mode), sql`${matches.matchId} > ${oldest}`);
  const rows = await drizzle(d1)
    .select()
    .from(matches)
    .where(and(notInArray(matches.status, ["proposed", "cancelled"]), ofMode))
    .orderBy(desc(matches.matchId))
    .limit(limit)
    .all();
  return rows.map(recordOfRow);
}

/** A row in the form in which drizzle reads it. */
export function recordOfRow({ rated: _, ...row }: typeof matches.$inferSelect): MatchRecord {
  return {
    ...row,
    status: row.status as MatchStatus,
    teams: JSON.parse(row.teams) as StoredTeam[],
    terms: row.terms === null ? null : (JSON.parse(row.terms) as MatchTerms),
    placements: row.placements === null ? null : (JSON.parse(row.placements) as Placements),
  };
}
