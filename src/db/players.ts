import { eq } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { drizzle } from "drizzle-orm/d1";
import type { Rating } from "../core/rating/player-rating.ts";
import { conservativeRating } from "../core/rating/player-rating.ts";
import type { Revocation } from "../core/revocations.ts";
import type { NewIdempotencyKey } from "./idempotency.ts";
import { idempotencyKeys, players, ratings, revocations } from "./schema.ts";

export interface NewPlayer {
  readonly playerId: string;
  readonly username: string;
  readonly region: string;
  readonly createdAtMs: number;
  /** The default mode, whose leaderboard shows the player from the start. */
  readonly mode: string;
  readonly rating: Rating;
}

/** A player's standing in one mode. */
export interface ModeStanding extends Rating {
  readonly mode: string;
  readonly conservative: number;
  readonly matches: number;
  readonly wins: number;
  readonly lastPlayedAtMs: number | null;
}

export interface Profile {
  readonly playerId: string;
  readonly username: string;
  readonly region: string;
  readonly createdAtMs: number;
  readonly standings: readonly ModeStanding[];
}

/**
 * Writes a new player with a first rating, and the idempotency key of the registration if it has one, in one batch: two
 * registrations with the same key cannot both come through, as the second breaks the key's primary key.
 *
 * @returns rows written
 */
export async function insertPlayer(
  d1: D1Database,
  player: NewPlayer,
  idempotency: NewIdempotencyKey | null,
): Promise<number> {
  const db = drizzle(d1);
  const { playerId, createdAtMs } = player;
  const inserts = playerInserts(db, player);
  const outcomes: readonly D1Response[] =
    idempotency === null
      ? await db.batch(inserts)
      : await db.batch([db.insert(idempotencyKeys).values({ ...idempotency, playerId, createdAtMs }), ...inserts]);
  return outcomes.reduce((rows, outcome) => rows + outcome.meta.rows_written, 0);
}

/** What makes a player: the profile, and the first rating in the default mode. */
export function playerInserts(db: DrizzleD1Database, player: NewPlayer) {
  const { playerId, username, region, createdAtMs, mode, rating } = player;
  const insertProfile = db.insert(players).values({ playerId, username, region, createdAtMs });
  const insertRating = db.insert(ratings).values({
    playerId,
    mode,
    mu: rating.mu,
    sigma: rating.sigma,
    conservative: conservativeRating(rating),
    matches: 0,
    wins: 0,
    seq: 0,
  });
  return [insertProfile, insertRating] as const;
}

/** The player's home region, or null if nobody has this id. */
export async function findRegionOfPlayer(d1: D1Database, playerId: string): Promise<string | null> {
  const row = await drizzle(d1)
    .select({ region: players.region })
    .from(players)
    .where(eq(players.playerId, playerId))
    .get();
  return row?.region ?? null;
}

/** What a token of a player is made from: the home region, and how it stands with those issued before. */
export interface TokenGround {
  readonly region: string;
  readonly revocation: Revocation | null;
}

/** Null if nobody has this id. */
export async function findTokenGround(d1: D1Database, playerId: string): Promise<TokenGround | null> {
  const row = await drizzle(d1)
    .select({ region: players.region, revocation: revocations })
    .from(players)
    .leftJoin(revocations, eq(revocations.playerId, players.playerId))
    .where(eq(players.playerId, playerId))
    .get();
  return row ?? null;
}

/** The player and their standing in every mode they have a rating in. */
export async function findProfile(d1: D1Database, playerId: string): Promise<Profile | null> {
  const rows = await drizzle(d1)
    .select({ player: players, standing: ratings })
    .from(players)
    .leftJoin(ratings, eq(ratings.playerId, players.playerId))
    .where(eq(players.playerId, playerId))
    .all();
  const first = rows[0];
  if (first === undefined) return null;
  return { ...first.player, standings: rows.flatMap(({ standing }) => standing ?? []) };
}
