import type { Change } from "../core/changes.ts";
import type { Queue } from "../core/queue.ts";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import type { MatchRecord } from "../db/match-row.ts";
import type { Config, Env } from "../env.ts";
import type { Log } from "../log.ts";
import { Allocator } from "./allocator.ts";
import { InvariantWatch } from "./invariant-watch.ts";
import { LiveRegion } from "./live-region.ts";
import type { RegionAlarm } from "./region-alarm.ts";
import { RegionBackground } from "./region-background.ts";
import type { RegionDatabase } from "./region-database.ts";
import type { RegionObserver } from "./region-observer.ts";
import type { RegionPulse } from "./region-pulse.ts";
import type { RegionStore } from "./store.ts";

/**
 * After something could not be written. What could not may have been the allocator's answer: asked again at once, it
 * would be called without a pause for as long as storage refuses.
 */
const ASK_AGAIN_AFTER_MS = 5_000;

export interface RegionEventsSettings {
  readonly region: string;
  readonly config: Config;
  readonly env: Env;
  readonly platform: Pick<DurableObjectState, "storage" | "waitUntil" | "abort" | "getWebSockets">;
  readonly log: Log;
  readonly store: RegionStore;
  readonly database: RegionDatabase;
  readonly alarm: RegionAlarm;
  readonly observer: RegionObserver;
  readonly pulse: RegionPulse;
  /** Called with what has become durable, so that players can be told. */
  readonly committed: (changes: readonly Change[], nowMs: number) => void;
}

/**
 * What happens in a region, one event after the other: each asks the queue, makes what changed durable in one
 * transaction, and only then lets anybody know.
 */
export class RegionEvents {
  readonly #settings: RegionEventsSettings;
  readonly #allocator: Allocator | null;
  readonly #watch: InvariantWatch;
  #live: LiveRegion;
  #background: RegionBackground;

  constructor(settings: RegionEventsSettings) {
    this.#settings = settings;
    const { allocator } = settings.config;
    this.#allocator = allocator === null ? null : new Allocator(allocator, () => Date.now());
    this.#watch = new InvariantWatch(settings.region, settings.pulse.metrics, settings.log);
    this.#live = this.#restore(Date.now());
    this.#background = this.#newBackground();
  }

  /** The queue as it is now. */
  get queue(): Queue {
    return this.#live.queue;
  }

  /** See `LiveRegion.latestKnownMs`. */
  get latestKnownMs(): number {
    return this.#live.latestKnownMs;
  }

  /**
   * Lets one event happen. If anything throws on the way, memory may be ahead of disk, so all of it is thrown away and
   * restored from storage before the caller hears of the failure.
   */
  run<Outcome>(act: (queue: Queue, nowMs: number) => Outcome): Outcome {
    const attempt = this.#attempt(act);
    if (attempt.ok) return attempt.value;
    throw attempt.refusal.error;
  }

  /**
   * Makes durable what was noticed outside of an event: that somebody was heard of, or that a socket is lost. Nobody waits
   * for that, so if it fails nobody is told; it is logged, and memory is as storage has it.
   */
  settle(): void {
    this.#attempt(() => {});
  }

  /** Makes the recorded changes durable, and then known. */
  commit(nowMs: number): void {
    const { observer, committed } = this.#settings;
    const take = () => this.#live.queue.takeChanges();
    // Telling players may show that a socket is dead, and that is a change again.
    for (let changes = take(); changes.length > 0; changes = take()) {
      this.#write(changes);
      this.#watch.written(this.#live);
      this.#live.committed(changes, nowMs);
      observer.committed(changes, nowMs);
      committed(changes, nowMs);
    }
    this.#watch.check(this.#live);
    this.#background.start();
    this.wakeInTime(nowMs);
  }

  /** Arms the alarm for whatever comes next, and pushes metrics when it is time. */
  wakeInTime(nowMs: number): void {
    const { alarm, platform, pulse, store } = this.#settings;
    const wakeMs = Math.min(this.#live.queue.nextWakeMs() ?? Number.POSITIVE_INFINITY, this.#background.nextWakeMs());
    const armed = alarm.wakeBy(wakeMs === Number.POSITIVE_INFINITY ? null : wakeMs, nowMs);
    if (armed !== null) platform.waitUntil(armed);
    pulse.countRows(store.takeRowsWritten() + alarm.takeRowsWritten());
    const pushed = pulse.pushIfDue(this.#live, alarm.armedMs, nowMs);
    if (pushed !== null) platform.waitUntil(pushed);
  }

  #attempt<Outcome>(
    act: (queue: Queue, nowMs: number) => Outcome,
  ): Result<Outcome, { reason: "event_failed"; error: unknown }> {
    const { log, pulse, region } = this.#settings;
    const nowMs = Date.now();
    try {
      const outcome = act(this.#live.queue, nowMs);
      this.commit(nowMs);
      return accept(outcome);
    } catch (error) {
      log.error("event_failed", error);
      pulse.metrics.invariantViolations.inc({ region, invariant: "event_failed" });
      this.#comeBack(nowMs);
      return refuse({ reason: "event_failed", error });
    }
  }

  /**
   * Memory as storage has it. If not even that can be had, the object ends: it must not answer from what it holds now.
   */
  #comeBack(nowMs: number): void {
    const { log, platform } = this.#settings;
    try {
      this.#live = this.#restore(nowMs, nowMs + ASK_AGAIN_AFTER_MS);
      this.#watch.cameBack(this.#live);
      this.#background = this.#newBackground();
      this.wakeInTime(nowMs);
    } catch (error) {
      log.error("restore_failed", error);
      platform.abort("The region could not be restored from its storage.");
    }
  }

  /** One change is one statement, which holds wholly or not at all by itself; a transaction would double its cost. */
  #write(changes: readonly Change[]): void {
    const { store, platform } = this.#settings;
    const write = () => store.write(changes, () => this.#live.exportedThroughRev(changes));
    if (changes.length === 1) write();
    else platform.storage.transactionSync(write);
  }

  #restore(nowMs: number, askFromMs = nowMs): LiveRegion {
    const { region, config, store, platform } = this.#settings;
    const settings = {
      region,
      modes: config.modes,
      locations: config.regions,
      isClosed: !config.regions.includes(region),
      write: (records: readonly MatchRecord[]) => this.#export(records),
      platform,
    };
    return new LiveRegion(settings, store.load(), nowMs, askFromMs);
  }

  #newBackground(): RegionBackground {
    const { region, env, pulse, log, platform } = this.#settings;
    return new RegionBackground({
      region,
      live: this.#live,
      results: env.RESULTS,
      allocator: this.#allocator,
      event: (act) => this.run(act),
      metrics: pulse.metrics,
      log,
      now: () => Date.now(),
      waitUntil: (work) => platform.waitUntil(work),
      ended: () => this.wakeInTime(Date.now()),
    });
  }

  async #export(records: readonly MatchRecord[]): Promise<void> {
    const { database, pulse } = this.#settings;
    const rows = await database.export(records);
    pulse.metrics.rowsWritten.inc({ store: "d1" }, rows);
  }
}
