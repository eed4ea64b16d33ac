import { deleteOldIdempotencyKeys } from "./db/idempotency.ts";
import type { Env } from "./env.ts";
import { configOf } from "./env.ts";
import { createApp } from "./http/app.ts";
import { Log } from "./log.ts";
import { WorkerMetrics } from "./metrics/worker-metrics.ts";
import { regionStub } from "./region/directory.ts";
import type { ConsumerSettings } from "./results/consume-results.ts";
import { consumeDeadResults, consumeResults } from "./results/consume-results.ts";
import { RegionNotices } from "./results/region-notices.ts";

export { MetricsHub } from "./metrics/metrics-hub.ts";
export { Region } from "./region/region.ts";

const IDEMPOTENCY_KEYS_KEPT_MS = 24 * 3_600_000;

/** The cron for what need not be done every few minutes; as in wrangler.toml. */
const HOURLY = "7 * * * *";

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
    db: env.DB,
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
    const response = await app.fetch(request, env, ctx);
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

  /** The watchdog: a region whose alarm was lost gets a new one. Once an hour old idempotency keys go. */
  async scheduled(controller, env): Promise<void> {
    const config = configOf(env);
    const log = logOf(env, "watchdog");
    await Promise.all(
      config.knownRegions.map(async (name) => {
        try {
          await regionStub(env, name).wake();
        } catch (error) {
          log.error("wake_failed", error, { region: name });
        }
      }),
    );
    if (controller.cron === HOURLY) {
      const rows = await deleteOldIdempotencyKeys(env.DB, controller.scheduledTime - IDEMPOTENCY_KEYS_KEPT_MS);
      worker.metrics.rowsWritten.inc({ store: "d1" }, rows);
    }
    await worker.pushNow(env);
  },
} satisfies ExportedHandler<Env>;
