import { AUDIT_CRON, auditResults } from "./audit/audit-cron.ts";
import { DatabaseHealth, guardDatabase } from "./db/guarded-database.ts";
import type { Env } from "./env.ts";
import { configOf } from "./env.ts";
import { guardedEnv } from "./guarded-env.ts";
import { createApp } from "./http/app.ts";
import { Log } from "./log.ts";
import { WorkerMetrics } from "./metrics/worker-metrics.ts";
import { regionStub } from "./region/directory.ts";
import type { ConsumerSettings } from "./results/consume-results.ts";
import { consumeDeadResults, consumeResults } from "./results/consume-results.ts";
import { RegionNotices } from "./results/region-notices.ts";
import { keepAlive } from "./watchdog.ts";

export { MetricsHub } from "./metrics/metrics-hub.ts";
export { Region } from "./region/region.ts";

/** Nobody waits for a rating, and a batch that is given up goes back to the queue; D1 ends a statement after 30 s. */
const CONSUMER_LIMITS = { readMs: 20_000, writeMs: 20_000 };
const consumerHealth = new DatabaseHealth();

/** This isolate's metrics; pushed to the hub, because isolates are many and short-lived. */
const worker = new WorkerMetrics();
const app = createApp(worker.metrics);

function logOf(env: Env, component: string): Log {
  return new Log(configOf(env).logLevel, { component });
}

function consumerSettings(env: Env, log: Log): ConsumerSettings {
  const config = configOf(env);
  const regionOf = (name: string) => (config.knownRegions.includes(name) ? regionStub(env, name) : null);
  return {
    db: guardDatabase(env.DB, consumerHealth, CONSUMER_LIMITS),
    modes: config.modes,
    notices: new RegionNotices(regionOf, log),
    metrics: worker.metrics,
    log,
    now: () => Date.now(),
    random: () => Math.random(),
  };
}

/** The composition root: the only file that knows all parts. */
export default {
  async fetch(request, env, ctx): Promise<Response> {
    const response = await app.fetch(request, guardedEnv(env), ctx);
    worker.pushSoon(env, ctx);
    return response;
  },

  async queue(batch, env): Promise<void> {
    const log = logOf(env, "results");
    const settings = consumerSettings(env, log);
    if (batch.queue.endsWith("-dead")) await consumeDeadResults(batch, settings);
    else await consumeResults(batch, settings);
    await worker.pushNow(env);
  },

  async scheduled(controller, env): Promise<void> {
    if (controller.cron === AUDIT_CRON) await auditResults(env, worker.metrics, logOf(env, "audit"));
    else await keepAlive(env, controller, worker.metrics, logOf(env, "watchdog"));
    await worker.pushNow(env);
  },
} satisfies ExportedHandler<Env>;
