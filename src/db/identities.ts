import { and, eq } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { NewPlayer } from "./players.ts";
import { playerInserts } from "./players.ts";
import { identities, players } from "./schema.ts";

/** Who somebody is at the game's identity provider. The subject is no player id of ours, whatever it looks like. */
export interface ProviderIdentity {
  readonly issuer: string;
  readonly subject: string;
}

/**
 * Writes a new player together with the identity whose player it is, in one batch: two registrations of one identity
 * cannot both come through, as the second breaks the identity's primary key.
 *
 * @returns rows written
 */
export async function insertPlayerOfIdentity(
  d1: D1Database,
  player: NewPlayer,
  { issuer, subject }: ProviderIdentity,
): Promise<number> {
  const db = drizzle(d1);
  const { playerId, createdAtMs } = player;
  const insertIdentity = db.insert(identities).values({ issuer, subject, playerId, createdAtMs });
  const outcomes = await db.batch([insertIdentity, ...playerInserts(db, player)]);
  return outcomes.reduce((rows, outcome) => rows + outcome.meta.rows_written, 0);
}

/** The identity's player and home region, or null while nobody has registered with it. */
export async function findPlayerOfIdentity(
  d1: D1Database,
  { issuer, subject }: ProviderIdentity,
): Promise<{ readonly playerId: string; readonly region: string } | null> {
  const row = await drizzle(d1)
    .select({ playerId: players.playerId, region: players.region })
    .from(identities)
    .innerJoin(players, eq(players.playerId, identities.playerId))
    .where(and(eq(identities.issuer, issuer), eq(identities.subject, subject)))
    .get();
  return row ?? null;
}
