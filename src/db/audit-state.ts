import { z } from "zod";
import type { AuditState } from "../core/audit/audit-state.ts";

/** The one audit that there is: of results and ratings. */
const NAME = "results";

const unverifiable = z.object({
  environment_unknown: z.number().exactOptional(),
  other_rater: z.number().exactOptional(),
  start_unknown: z.number().exactOptional(),
});
const chain = z.object({
  playerId: z.string(),
  mode: z.string(),
  seq: z.number(),
  after: z.object({ mu: z.number(), sigma: z.number() }),
  matches: z.number(),
  wins: z.number(),
});
const counted = { startedMs: z.number(), audited: z.number(), unverifiable };
const cursor = z.object({ key: z.array(z.union([z.string(), z.number()])), chain: chain.exactOptional() });
const walk = z.object({
  pass: z.object({ ...counted, cursor }).nullable(),
  completed: z.object({ ...counted, endedMs: z.number() }).nullable(),
  progressMs: z.number(),
});
const auditState: z.ZodType<AuditState> = z.object({
  version: z.literal(1),
  walks: z.object({ matches: walk, recent: walk, changes: walk }),
  standing: z.record(z.string(), z.number()),
});

/** How far the audit has come, and which writing of it that is. */
export interface SavedAudit {
  /** Null: there is none, or of a release that keeps it in another form. */
  readonly state: AuditState | null;
  /** Null: nothing was ever saved. */
  readonly savedAtMs: number | null;
}

export async function readAudit(d1: D1Database): Promise<SavedAudit> {
  const row = await d1
    .prepare("SELECT state, updated_at_ms FROM audits WHERE name = ?1")
    .bind(NAME)
    .first<{ state: string; updated_at_ms: number }>();
  if (row === null) return { state: null, savedAtMs: null };
  return { state: parsedState(row.state), savedAtMs: row.updated_at_ms };
}

/**
 * Saves how far it has come, unless somebody else did since it was read: of two runs at once one stops.
 *
 * @returns when it was saved by the number that the next call needs; null: it was not
 */
export async function writeAudit(
  d1: D1Database,
  state: AuditState,
  lastSavedAtMs: number | null,
  nowMs: number,
): Promise<{ readonly savedAtMs: number; readonly rowsWritten: number } | null> {
  const savedAtMs = Math.max(nowMs, (lastSavedAtMs ?? 0) + 1);
  const { meta } = await d1.prepare(SAVE).bind(NAME, JSON.stringify(state), savedAtMs, lastSavedAtMs).run();
  return meta.changes === 0 ? null : { savedAtMs, rowsWritten: meta.rows_written };
}

const SAVE = `
  INSERT INTO audits (name, state, updated_at_ms) VALUES (?1, ?2, ?3)
  ON CONFLICT (name) DO UPDATE SET state = excluded.state, updated_at_ms = excluded.updated_at_ms
  WHERE audits.updated_at_ms = ?4`;

function parsedState(text: string): AuditState | null {
  try {
    return auditState.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}
