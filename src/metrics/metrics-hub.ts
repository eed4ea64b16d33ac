import { DurableObject } from "cloudflare:workers";
import type { Env } from "../env.ts";
import { configOf } from "../env.ts";
import { Log } from "../log.ts";
import { collectDelta } from "./collect-delta.ts";
import type { MetricSnapshot, MetricsDelta } from "./delta.ts";
import { parseDelta } from "./delta.ts";
import { mergeDeltas, textOf } from "./merge-deltas.ts";
import { Metrics } from "./metrics.ts";
import { packRows } from "./pack-rows.ts";
import type { MetricsHubRpc } from "./rpc.ts";
import { SeriesLimit } from "./series-limit.ts";

/**
 * How long a pushed delta may wait in memory. Shorter than the 10 s of idling after which an object can be taken out of
 * memory: a quiet hub writes everything down before it goes.
 */
const FLUSH_PERIOD_MS = 5_000;

/** A row may have 2 MB, and a character more than one byte. */
const ROW_BYTES = 1_000_000;

/** So many deltas are merged into one before the next write, to keep memory small. */
const PENDING_DELTAS = 100;

/**
 * Adds up what all sources push and shows it to Prometheus.
 *
 * 1. A push waits in memory, newest first; an alarm is set.
 * 2. The alarm, at most every 5 s, and every scrape merge what waits into the totals and write them in one transaction,
 *    usually as a single row.
 * 3. Only then do the totals change in memory, and a scrape shows nothing else. What was ever shown is on disk: a
 *    counter that went back after a crash would look to Prometheus like a restart, and the whole count so far like an
 *    increase of that minute.
 *
 * A crash loses at most the pushes of the last 5 s. A gauge stays as last pushed: a sleeping region's do not change.
 */
export class MetricsHub extends DurableObject<Env> implements MetricsHubRpc {
  readonly #log: Log;
  /** The hub is a source too: it counts what it had to drop. */
  readonly #own = new Metrics();
  readonly #limit = new SeriesLimit();
  #totals: ReadonlyMap<string, MetricSnapshot> = new Map();
  #pending: MetricsDelta[] = [];

  constructor(ctx: DurableObjectState, env: Env) {
    super(ctx, env);
    this.#log = new Log(configOf(env).logLevel, { object: "metrics_hub" });
    ctx.blockConcurrencyWhile(async () => this.#load());
  }

  async push(delta: MetricsDelta): Promise<void> {
    const admitted = this.#admit(delta);
    if (admitted.length > 0) this.#pending.unshift(admitted);
    if (this.#pending.length > PENDING_DELTAS) this.#pending = [mergeDeltas(this.#pending)];
    await this.#armAlarm();
  }

  async scrape(): Promise<string> {
    await this.#flush();
    return textOf(this.#totals.values());
  }

  override async alarm(): Promise<void> {
    await this.#flush();
    if (this.#pending.length > 0) await this.#armAlarm();
  }

  async #armAlarm(): Promise<void> {
    const { storage } = this.ctx;
    if ((await storage.getAlarm()) === null) await storage.setAlarm(Date.now() + FLUSH_PERIOD_MS);
  }

  /** A delta may come from another version of this code, so it is checked; what it brings must also have room. */
  #admit(input: unknown): MetricsDelta {
    const { delta, refused } = parseDelta(input);
    if (refused > 0) this.#own.metricsDropped.inc({ reason: "malformed" }, refused);
    return delta.flatMap((snapshot) => {
      const { metric, refused: refusedSeries } = this.#limit.admit(snapshot);
      if (refusedSeries > 0) this.#own.metricsDropped.inc({ reason: "series_limit" }, refusedSeries);
      return metric === null ? [] : [metric];
    });
  }

  /** If the write fails the totals stay as they are on disk and what waits goes on waiting. */
  async #flush(): Promise<void> {
    const own = this.#admit(await collectDelta(this.#own));
    if (own.length > 0) this.#pending.unshift(own);
    if (this.#pending.length === 0) return;
    const touched = new Set(this.#pending.flat().map(({ name }) => name));
    const before = [...this.#totals.values()].filter(({ name }) => touched.has(name));
    const totals = new Map(this.#totals);
    for (const metric of mergeDeltas([...this.#pending, before])) totals.set(metric.name, metric);
    try {
      this.#write(totals);
    } catch (error) {
      this.#log.error("metrics_write_failed", error, { deltas: this.#pending.length });
      return;
    }
    this.#totals = totals;
    this.#pending = [];
  }

  #write(totals: ReadonlyMap<string, MetricSnapshot>): void {
    const { sql } = this.ctx.storage;
    const rows = packRows(totals.values(), ROW_BYTES);
    this.ctx.storage.transactionSync(() => {
      rows.forEach((metrics, id) => {
        sql.exec("INSERT OR REPLACE INTO totals (id, metrics) VALUES (?, ?)", id, metrics);
      });
      sql.exec("DELETE FROM totals WHERE id >= ?", rows.length);
    });
  }

  #load(): void {
    const { sql } = this.ctx.storage;
    sql.exec("CREATE TABLE IF NOT EXISTS totals (id INTEGER PRIMARY KEY, metrics TEXT NOT NULL)");
    const rows = sql.exec<{ metrics: string }>("SELECT metrics FROM totals").toArray();
    const metrics = this.#admit(rows.flatMap((row) => JSON.parse(row.metrics) as unknown[]));
    this.#totals = new Map(metrics.map((metric) => [metric.name, metric]));
  }
}
