import type { Mode } from "../core/mode.ts";
import type { Env } from "../env.ts";
import type { Log } from "../log.ts";
import { hubStub } from "../metrics/hub-stub.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { MetricsSource, PUSH_PERIOD_MS } from "../metrics/metrics-source.ts";
import type { LiveRegion } from "./live-region.ts";
import { withTimeout } from "./with-timeout.ts";

const PUSH_TIMEOUT_MS = 10_000;

/** How one alarm went, all times by the wall clock. */
export interface TickReport {
  readonly scheduledMs: number;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly matchesFormed: number;
}

/** What the gauges are read from, right before a push. */
export interface PulseSubject {
  readonly region: string;
  readonly modes: Iterable<Mode>;
  readonly live: LiveRegion;
}

/**
 * The region's own metrics and when they are pushed to the hub: at most every 5 s while ticks follow each other, and
 * at once when no alarm is near that would push later. So an object needs no timer, and a region that falls asleep
 * leaves its last state behind.
 */
export class RegionPulse {
  readonly #env: Env;
  readonly #log: Log;
  readonly #source = new MetricsSource();
  #hasNews = false;
  #isPushing = false;

  constructor(env: Env, log: Log) {
    this.#env = env;
    this.#log = log;
  }

  get metrics(): Metrics {
    return this.#source.metrics;
  }

  ticked(region: string, tick: TickReport): void {
    this.metrics.tickDuration.observe({ region }, (tick.endedMs - tick.startedMs) / 1000);
    this.metrics.tickLateness.observe({ region }, Math.max(0, tick.startedMs - tick.scheduledMs) / 1000);
    this.metrics.matchesPerTick.observe({ region }, tick.matchesFormed);
  }

  /**
   * Call after every event.
   *
   * @param nextAlarmMs when an alarm will come by anyway; null: none is set
   */
  async pushIfDue(subject: PulseSubject, nextAlarmMs: number | null, nowMs: number): Promise<void> {
    this.#hasNews = true;
    const isPushedLater = nextAlarmMs !== null && nextAlarmMs <= nowMs + PUSH_PERIOD_MS;
    if (isPushedLater && nowMs < this.#source.lastPushMs + PUSH_PERIOD_MS) return;
    if (this.#isPushing) return;
    this.#isPushing = true;
    // What happens during a push goes with another one: nothing else might come by for hours.
    while (this.#hasNews) {
      this.#hasNews = false;
      this.#setGauges(subject);
      await this.#push(nowMs);
    }
    this.#isPushing = false;
  }

  /** A hub that never answers must not stop later pushes; what was counted goes with the next one. */
  async #push(nowMs: number): Promise<void> {
    try {
      await withTimeout(this.#source.push(hubStub(this.#env), nowMs, this.#log), PUSH_TIMEOUT_MS, "The MetricsHub");
    } catch (error) {
      this.#log.error("metrics_push_failed", error);
    }
  }

  #setGauges({ region, modes, live }: PulseSubject): void {
    const { queue, exporter, outbox } = live;
    for (const { name: mode } of modes) {
      this.metrics.queueDepthTickets.set({ region, mode }, queue.waitingTickets(mode));
      this.metrics.queueDepthPlayers.set({ region, mode }, queue.waitingPlayers(mode));
    }
    for (const status of ["pending", "reporting", "abandoned", "rating_failed"] as const) {
      this.metrics.liveMatches.set({ region, status }, queue.matches.withStatus(status).length);
    }
    // So that the line is there to be watched before it is ever needed.
    this.metrics.invariantViolations.inc({ region, invariant: "event_failed" }, 0);
    this.metrics.exportBacklog.set({ region }, exporter.backlog);
    this.metrics.resultsUnconfirmed.set({ region }, outbox.size);
  }
}
