import { desc, lt } from "drizzle-orm";
import type { DrizzleD1Database } from "drizzle-orm/d1";
import { drizzle } from "drizzle-orm/d1";
import { encodeTime } from "ulid";
import { auditLog } from "./schema.ts";

/** What a call of consequence orders. */
export type AuditAction =
  | "player_revoked"
  | "player_tokens_voided"
  | "player_let_in"
  | "token_issued"
  | "match_redriven"
  | "matches_redriven"
  | "party_disbanded";

export interface AuditEntry {
  /** A ULID: entries sort by time. */
  readonly entryId: string;
  readonly atMs: number;
  /** See `keyIdOf`. */
  readonly keyId: string;
  readonly action: AuditAction;
  /** The player, match or region's party that it was done to; of many matches, the region or `*`, and the reason. */
  readonly target: string;
  readonly requestId: string;
}

/** An entry as it was written; by a later release perhaps, of an action that this one does not know. */
export type AuditRow = Omit<AuditEntry, "action"> & { readonly action: string };

/** The statement that writes an entry, to be put into the batch of what it tells of. */
export function insertAuditEntry(db: DrizzleD1Database, entry: AuditEntry) {
  return db.insert(auditLog).values(entry);
}

/** @returns rows written */
export async function writeAuditEntry(d1: D1Database, entry: AuditEntry): Promise<number> {
  const outcome = await insertAuditEntry(drizzle(d1), entry).run();
  return outcome.meta.rows_written;
}

/** The newest first. @param before only entries before this id; null: from the newest */
export async function readAuditLog(d1: D1Database, limit: number, before: string | null): Promise<readonly AuditRow[]> {
  return await drizzle(d1)
    .select()
    .from(auditLog)
    .where(before === null ? undefined : lt(auditLog.entryId, before))
    .orderBy(desc(auditLog.entryId))
    .limit(limit)
    .all();
}

/** Forgets entries before `beforeMs`; a ULID begins with its time. @returns rows written */
export async function deleteOldAuditEntries(d1: D1Database, beforeMs: number): Promise<number> {
  const outcome = await drizzle(d1)
    .delete(auditLog)
    .where(lt(auditLog.entryId, encodeTime(beforeMs)))
    .run();
  return outcome.meta.rows_written;
}
