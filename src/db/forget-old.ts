import { deleteOldAuditEntries } from "./audit-log.ts";
import { deleteOldIdempotencyKeys } from "./idempotency.ts";

const DAY_MS = 24 * 3_600_000;
const IDEMPOTENCY_KEYS_KEPT_MS = DAY_MS;
/** A year, and time to look back at it. A game that has its backend issue every token writes a row at each. */
const AUDIT_LOG_KEPT_MS = 400 * DAY_MS;

/** Forgets what D1 keeps for a time only: nothing may grow without end. @returns rows written */
export async function forgetOld(d1: D1Database, nowMs: number): Promise<number> {
  const keys = await deleteOldIdempotencyKeys(d1, nowMs - IDEMPOTENCY_KEYS_KEPT_MS);
  return keys + (await deleteOldAuditEntries(d1, nowMs - AUDIT_LOG_KEPT_MS));
}
