import type { Log } from "../log.ts";
import { collectDelta } from "./collect-delta.ts";
import type { MetricsDelta } from "./delta.ts";
import { mergeDeltas } from "./merge-deltas.ts";
import { Metrics } from "./metrics.ts";
import type { MetricsHubRpc } from "./rpc.ts";

/** A source pushes at most this often, except when it has a reason of its own. */
export const PUSH_PERIOD_MS = 5_000;

/** A push without an answer for so long is given up: its request may have been cancelled, and nobody would be told. */
const PUSH_TIMEOUT_MS = 10_000;

/** Samples that wait for the next push while the hub is away. A source has some hundreds. */
const UNSENT_SAMPLES = 20_000;

/**
 * One place that counts (a Worker isolate, a Durable Object) and its pushes to the MetricsHub.
 *
 * A failed push is kept and goes with the next one. If it did arrive and only the answer was lost, it is counted
 * twice; if the source dies before its next push, not at all. Metrics are not the ledger: D1 is.
 */
export class MetricsSource {
  readonly metrics = new Metrics();
  #unsent: MetricsDelta = [];
  #attempt: { readonly startedMs: number; delta: MetricsDelta } | null = null;
  #lastPushMs = 0;

  /** When the last push began; 0 before the first. */
  get lastPushMs(): number {
    return this.#lastPushMs;
  }

  /** Pushes what was counted, unless a push is under way. Never throws: a failure is logged, counted and tried again. */
  async push(hub: Pick<MetricsHubRpc, "push">, nowMs: number, log: Log): Promise<void> {
    if (this.#attempt !== null) {
      if (nowMs < this.#attempt.startedMs + PUSH_TIMEOUT_MS) return;
      this.#giveUp(this.#attempt.delta);
    }
    const attempt = { startedMs: nowMs, delta: this.#unsent };
    this.#attempt = attempt;
    this.#unsent = [];
    this.#lastPushMs = nowMs;
    attempt.delta = mergeDeltas([await collectDelta(this.metrics), attempt.delta]);
    try {
      if (attempt.delta.length > 0) await hub.push(attempt.delta);
      if (this.#attempt === attempt) this.#attempt = null;
    } catch (error) {
      log.error("metrics_push_failed", error);
      if (this.#attempt !== attempt) return;
      this.#attempt = null;
      this.#giveUp(attempt.delta);
    }
  }

  #giveUp(delta: MetricsDelta): void {
    this.metrics.metricsPushErrors.inc();
    const unsent = mergeDeltas([this.#unsent, delta]);
    const samples = unsent.reduce((sum, { values }) => sum + values.length, 0);
    this.#unsent = samples <= UNSENT_SAMPLES ? unsent : [];
    if (samples > UNSENT_SAMPLES) this.metrics.metricsDropped.inc({ reason: "unsent_limit" }, samples);
  }
}
