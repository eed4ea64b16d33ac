import { DatabaseHealth, guardDatabase } from "../db/guarded-database.ts";
import type { Env } from "../env.ts";
import { configOf } from "../env.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { ResultsAudit } from "./results-audit.ts";

/** As in wrangler.toml. A cron of its own, between those of the watchdog: what it takes of CPU and time is nobody else's. */
export const AUDIT_CRON = "2-57/5 * * * *";

/** D1 ends a statement after 30 s. */
const DATABASE_LIMITS = { readMs: 20_000, writeMs: 20_000 };

/** A run of the audit. Never throws. */
export async function auditResults(env: Env, metrics: Metrics, log: Log): Promise<void> {
  const db = guardDatabase(env.DB, new DatabaseHealth(), DATABASE_LIMITS);
  await new ResultsAudit({ db, modes: configOf(env).modes, metrics, log, now: () => Date.now() }).run();
}
