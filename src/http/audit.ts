import type { Context } from "hono";
import { monotonicFactory } from "ulid";
import { assert } from "../core/assert.ts";
import type { AuditAction, AuditEntry } from "../db/audit-log.ts";
import { writeAuditEntry } from "../db/audit-log.ts";
import type { AppEnv } from "./app-env.ts";
import { askDatabase } from "./outside-failures.ts";

const newEntryId = monotonicFactory();

/** What the system is about to do, to be written in the batch that does it. */
export function auditEntry(c: Context<AppEnv>, action: AuditAction, target: string, nowMs: number): AuditEntry {
  const { keyId } = c.get("caller");
  assert(keyId !== null, "only calls with a key are written down");
  return { entryId: newEntryId(nowMs), atMs: nowMs, keyId, action, target, requestId: c.get("requestId") };
}

/**
 * Writes down what the system is about to do where that is not in D1 itself. Before it is done: nothing of consequence
 * happens that is not written. What became of it is in the call's log line, by the request's id.
 *
 * @throws {DatabaseUnavailable} and then nothing may be done
 */
export async function writeDown(c: Context<AppEnv>, action: AuditAction, target: string): Promise<void> {
  const rows = await askDatabase(writeAuditEntry(c.env.DB, auditEntry(c, action, target, Date.now())));
  c.get("metrics").rowsWritten.inc({ store: "d1" }, rows);
}
