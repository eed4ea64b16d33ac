import { forgetOld } from "./db/forget-old.ts";
import { DatabaseHealth, guardDatabase } from "./db/guarded-database.ts";
import type { Env } from "./env.ts";
import { configOf } from "./env.ts";
import type { Log } from "./log.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { regionStub } from "./region/directory.ts";
import { withTimeout } from "./with-timeout.ts";

/** The cron for what need not be done every few minutes; as in wrangler.toml. */
const HOURLY = "7 * * * *";

const WAKE_TIMEOUT_MS = 10_000;
const LIMITS = { readMs: 30_000, writeMs: 30_000 };

/**
 * What a cron does.
 *
 * 1. Every region is woken, side by side: one whose alarm was lost gets a new one. The platform drops an alarm for good
 *    after six failures, and nobody else would notice while nobody calls. One region that fails or hangs stops no other.
 * 2. Once an hour old idempotency keys and audit entries go. While D1 is out they wait for the next hour.
 *
 * Never throws: a failure is logged, and the next run tries again.
 */
export async function keepAlive(
  env: Env,
  { cron, scheduledTime }: Pick<ScheduledController, "cron" | "scheduledTime">,
  metrics: Metrics,
  log: Log,
  wakeTimeoutMs = WAKE_TIMEOUT_MS,
): Promise<void> {
  await Promise.all(configOf(env).knownRegions.map((region) => wake(env, region, log, wakeTimeoutMs)));
  if (cron !== HOURLY) return;
  const db = guardDatabase(env.DB, new DatabaseHealth(), LIMITS);
  try {
    const rows = await forgetOld(db, scheduledTime);
    metrics.rowsWritten.inc({ store: "d1" }, rows);
  } catch (error) {
    log.error("old_rows_kept", error);
  }
}

async function wake(env: Env, region: string, log: Log, timeoutMs: number): Promise<void> {
  try {
    await withTimeout(regionStub(env, region).wake(), timeoutMs, "The object");
  } catch (error) {
    log.error("wake_failed", error, { region });
  }
}
