import { and, asc, eq, gt, gte, or, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/d1";
import type { Revocation } from "../core/revocations.ts";
import type { AuditEntry } from "./audit-log.ts";
import { insertAuditEntry } from "./audit-log.ts";
import { revocations } from "./schema.ts";

export interface WrittenRevocation {
  /** As D1 has it now; null: nobody ever took this player's tokens back. */
  readonly revocation: Revocation | null;
  readonly rowsWritten: number;
}

/**
 * Takes a player's tokens back, and says who did, in one batch. Written again it only gets stricter in time: of two
 * calls that race, D1 has the later one, with the later number, whatever the clocks of those who made them.
 */
export async function writeRevocation(
  d1: D1Database,
  revocation: Revocation,
  entry: AuditEntry,
): Promise<WrittenRevocation> {
  const db = drizzle(d1);
  const write = db
    .insert(revocations)
    .values(revocation)
    .onConflictDoUpdate({
      target: revocations.playerId,
      set: {
        tokensFromMs: sql`max(excluded.tokens_from_ms, ${revocations.tokensFromMs})`,
        isLockedOut: sql`excluded.is_locked_out`,
        changedAtMs: sql`max(excluded.changed_at_ms, ${revocations.changedAtMs} + 1)`,
      },
    });
  const read = db.select().from(revocations).where(eq(revocations.playerId, revocation.playerId));
  const [written, logged, rows] = await db.batch([write, insertAuditEntry(db, entry), read]);
  return { revocation: rows[0] ?? null, rowsWritten: written.meta.rows_written + logged.meta.rows_written };
}

/** Lets a player in again, and says who did, in one batch. Tokens that were taken back stay void. */
export async function writeLetIn(
  d1: D1Database,
  playerId: string,
  nowMs: number,
  entry: AuditEntry,
): Promise<WrittenRevocation> {
  const db = drizzle(d1);
  const write = db
    .update(revocations)
    .set({ isLockedOut: false, changedAtMs: sql`max(${nowMs}, ${revocations.changedAtMs} + 1)` })
    .where(and(eq(revocations.playerId, playerId), eq(revocations.isLockedOut, true)));
  const read = db.select().from(revocations).where(eq(revocations.playerId, playerId));
  const [written, logged, rows] = await db.batch([write, insertAuditEntry(db, entry), read]);
  return { revocation: rows[0] ?? null, rowsWritten: written.meta.rows_written + logged.meta.rows_written };
}

/** How it stands with one player; null: nobody ever took their tokens back. */
export async function findRevocation(d1: D1Database, playerId: string): Promise<Revocation | null> {
  const row = await drizzle(d1).select().from(revocations).where(eq(revocations.playerId, playerId)).get();
  return row ?? null;
}

/** Where a reader of changes has come to: in the order of time, then of players. */
export type ChangesReadTo = Pick<Revocation, "changedAtMs" | "playerId">;

/** What changed since, oldest first; by the index, so that an empty answer costs nothing. */
export async function readRevocations(
  d1: D1Database,
  after: ChangesReadTo,
  limit: number,
): Promise<readonly Revocation[]> {
  const { changedAtMs, playerId } = revocations;
  return await drizzle(d1)
    .select()
    .from(revocations)
    .where(
      and(gte(changedAtMs, after.changedAtMs), or(gt(changedAtMs, after.changedAtMs), gt(playerId, after.playerId))),
    )
    .orderBy(asc(changedAtMs), asc(playerId))
    .limit(limit)
    .all();
}
