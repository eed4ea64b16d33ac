import type { Env } from "../env.ts";
import { Log } from "../log.ts";
import { withTimeout } from "../with-timeout.ts";
import { hubStub } from "./hub-stub.ts";
import type { Metrics } from "./metrics.ts";
import { MetricsSource } from "./metrics-source.ts";
import { PushPlan } from "./push-plan.ts";

const PUSH_TIMEOUT_MS = 10_000;

/** What a Worker isolate counts, over all its requests and queue batches. One instance for each isolate. */
export class WorkerMetrics {
  readonly #source = new MetricsSource();
  readonly #plan = new PushPlan();

  get metrics(): Metrics {
    return this.#source.metrics;
  }

  /** Call after each request. Sees to it that a push follows within 5 s; the answer does not wait for it. */
  pushSoon(env: Env, ctx: Pick<ExecutionContext, "waitUntil">): void {
    const delayMs = this.#plan.plan(Date.now(), this.#source.lastPushMs);
    if (delayMs !== null) ctx.waitUntil(this.#pushAfter(delayMs, env));
  }

  /**
   * Call at the end of a queue batch or a cron run. Not `pushSoon` there: by default a batch is acknowledged only after
   * its `waitUntil` promises have settled, so a planned push would hold every batch back for seconds. A hub that does not
   * answer holds it back for 10 s at most; what was counted goes with the next push.
   */
  async pushNow(env: Env): Promise<void> {
    // Not by the configuration: a faulty one is told to whoever calls, and must not fail here once more.
    const log = new Log(env.LOG_LEVEL === "off" ? "off" : "error", { component: "metrics" });
    try {
      await withTimeout(this.#source.push(hubStub(env), Date.now(), log), PUSH_TIMEOUT_MS, "The MetricsHub");
    } catch (error) {
      log.error("metrics_push_failed", error);
    }
  }

  async #pushAfter(delayMs: number, env: Env): Promise<void> {
    await scheduler.wait(delayMs);
    this.#plan.begin();
    await this.pushNow(env);
  }
}
