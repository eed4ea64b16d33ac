import { and, desc, eq, gte } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { players, ratings } from "./schema.ts";

export interface LeaderboardQuery {
  readonly mode: string;
  readonly limit: number;
  /** Null: every region. */
  readonly region: string | null;
  readonly leastMatches: number;
}

export interface LeaderboardRow {
  readonly playerId: string;
  readonly username: string;
  readonly region: string;
  readonly mu: number;
  readonly sigma: number;
  readonly conservative: number;
  readonly matches: number;
  readonly wins: number;
}

/** The best of a mode by conservative rating. Equal ratings keep a fixed order, the index's own. */
export async function readLeaderboard(d1: D1Database, query: LeaderboardQuery): Promise<LeaderboardRow[]> {
  const { mode, limit, region, leastMatches } = query;
  return await drizzle(d1)
    .select({
      playerId: ratings.playerId,
      username: players.username,
      region: players.region,
      mu: ratings.mu,
      sigma: ratings.sigma,
      conservative: ratings.conservative,
      matches: ratings.matches,
      wins: ratings.wins,
    })
    .from(ratings)
    .innerJoin(players, eq(players.playerId, ratings.playerId))
    .where(
      and(
        eq(ratings.mode, mode),
        leastMatches > 0 ? gte(ratings.matches, leastMatches) : undefined,
        region === null ? undefined : eq(players.region, region),
      ),
    )
    .orderBy(desc(ratings.conservative), desc(ratings.playerId))
    .limit(limit)
    .all();
}
