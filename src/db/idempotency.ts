import { eq, lt } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import { idempotencyKeys, players, revocations } from "./schema.ts";

/** Keys and bodies are kept as hashes only: who reads the table learns neither. */
export interface NewIdempotencyKey {
  readonly keyHash: string;
  readonly bodyHash: string;
}

/** The registration that a key was first used for. */
export interface EarlierRegistration {
  readonly bodyHash: string;
  readonly createdAtMs: number;
  readonly playerId: string;
  readonly region: string;
  /** Whether the player's tokens were ever taken back. */
  readonly isRevoked: boolean;
}

export async function findRegistration(d1: D1Database, keyHash: string): Promise<EarlierRegistration | null> {
  const row = await drizzle(d1)
    .select({
      bodyHash: idempotencyKeys.bodyHash,
      createdAtMs: idempotencyKeys.createdAtMs,
      playerId: players.playerId,
      region: players.region,
      revokedPlayerId: revocations.playerId,
    })
    .from(idempotencyKeys)
    .innerJoin(players, eq(players.playerId, idempotencyKeys.playerId))
    .leftJoin(revocations, eq(revocations.playerId, idempotencyKeys.playerId))
    .where(eq(idempotencyKeys.keyHash, keyHash))
    .get();
  if (row === undefined) return null;
  const { revokedPlayerId, ...registration } = row;
  return { ...registration, isRevoked: revokedPlayerId !== null };
}

/**
 * Forgets the keys of registrations before `beforeMs`. Until then a key that is too old to repeat its registration is
 * still refused, so leave a good distance: a day.
 *
 * @returns rows written
 */
export async function deleteOldIdempotencyKeys(d1: D1Database, beforeMs: number): Promise<number> {
  const outcome = await drizzle(d1).delete(idempotencyKeys).where(lt(idempotencyKeys.createdAtMs, beforeMs)).run();
  return outcome.meta.rows_written;
}
