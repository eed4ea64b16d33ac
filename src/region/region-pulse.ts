import type { ModeTable } from "../core/mode.ts";
import type { Env } from "../env.ts";
import type { Log } from "../log.ts";
import { hubStub } from "../metrics/hub-stub.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { MetricsSource, PUSH_PERIOD_MS } from "../metrics/metrics-source.ts";
import { withTimeout } from "../with-timeout.ts";
import { setLedgerGauges } from "./ledger-gauges.ts";
import type { LiveRegion } from "./live-region.ts";

const PUSH_TIMEOUT_MS = 10_000;

/** How one alarm went, all times by the wall clock. */
export interface TickReport {
  readonly scheduledMs: number;
  readonly startedMs: number;
  readonly endedMs: number;
  readonly matchesFormed: number;
}

export interface RegionPulseSettings {
  readonly region: string;
  readonly modes: ModeTable;
  readonly env: Env;
  readonly log: Log;
}

/**
 * The region's own metrics and when they are pushed to the hub: at most every 5 s while ticks follow each other, and
 * at once when no alarm is near that would push later. So an object needs no timer, and a region that falls asleep
 * leaves its last state behind.
 */
export class RegionPulse {
  readonly #settings: RegionPulseSettings;
  readonly #source = new MetricsSource();
  /** Counted apart and added before a push: the counter itself costs more than the event's own bookkeeping. */
  #rowsWritten = 0;
  #hasNews = false;
  #isPushing = false;

  constructor(settings: RegionPulseSettings) {
    this.#settings = settings;
  }

  get metrics(): Metrics {
    return this.#source.metrics;
  }

  ticked(tick: TickReport): void {
    const { region } = this.#settings;
    this.metrics.tickDuration.observe({ region }, (tick.endedMs - tick.startedMs) / 1000);
    this.metrics.tickLateness.observe({ region }, Math.max(0, tick.startedMs - tick.scheduledMs) / 1000);
    this.metrics.matchesPerTick.observe({ region }, tick.matchesFormed);
  }

  /** The watchdog found the region without an alarm that it should have had. */
  alarmRearmed(): void {
    const { region, log } = this.#settings;
    this.metrics.alarmsRearmed.inc({ region });
    this.#hasNews = true;
    log.warn("alarm_rearmed");
  }

  countRows(rows: number): void {
    this.#rowsWritten += rows;
  }

  /**
   * Call after every event.
   *
   * @param live what the gauges are read from
   * @param nextAlarmMs when an alarm will come by anyway; null: none is set
   * @returns null when nothing is pushed now
   */
  pushIfDue(live: LiveRegion, nextAlarmMs: number | null, nowMs: number): Promise<void> | null {
    this.#hasNews = true;
    const isPushedLater = nextAlarmMs !== null && nextAlarmMs <= nowMs + PUSH_PERIOD_MS;
    if (isPushedLater && nowMs < this.#source.lastPushMs + PUSH_PERIOD_MS) return null;
    return this.#isPushing ? null : this.#pushNews(live, nowMs);
  }

  /** What happens during a push goes with another one: nothing else might come by for hours. */
  async #pushNews(live: LiveRegion, nowMs: number): Promise<void> {
    this.#isPushing = true;
    while (this.#hasNews) {
      this.#hasNews = false;
      this.#setGauges(live, nowMs);
      await this.#push(nowMs);
    }
    this.#isPushing = false;
  }

  /** A hub that never answers must not stop later pushes; what was counted goes with the next one. */
  async #push(nowMs: number): Promise<void> {
    const { env, log } = this.#settings;
    try {
      await withTimeout(this.#source.push(hubStub(env), nowMs, log), PUSH_TIMEOUT_MS, "The MetricsHub");
    } catch (error) {
      log.error("metrics_push_failed", error);
    }
  }

  #setGauges(live: LiveRegion, nowMs: number): void {
    const { queue, exporter, outbox } = live;
    const { region, modes } = this.#settings;
    this.metrics.rowsWritten.inc({ store: "object" }, this.#rowsWritten);
    this.#rowsWritten = 0;
    for (const [mode, rules] of modes.byName) {
      this.metrics.queueDepthTickets.set({ region, mode }, queue.waitingTickets(mode));
      this.metrics.queueDepthPlayers.set({ region, mode }, queue.waitingPlayers(mode));
      this.metrics.passedOverPlayers.set({ region, mode }, queue.passedOverPlayers(mode));
      this.metrics.pointsPerSecond.set({ region, mode }, queue.pointsPerSecond(rules));
    }
    this.metrics.readyChecksOpen.set({ region }, queue.openReadyChecks);
    this.metrics.backfillsOpen.set({ region }, queue.backfills.count);
    for (const status of ["pending", "reporting", "abandoned", "cancelled", "rating_failed"] as const) {
      this.metrics.liveMatches.set({ region, status }, queue.matches.countOf(status));
    }
    this.metrics.matchesWithoutServer.set({ region }, live.matchesWithoutServer().length);
    // So that the lines are there to be watched before they are ever needed.
    this.metrics.invariantViolations.inc({ region, invariant: "event_failed" }, 0);
    this.metrics.alarmsRearmed.inc({ region }, 0);
    setLedgerGauges(region, queue, this.metrics);
    this.metrics.exportBacklog.set({ region }, exporter.backlog);
    this.metrics.resultsUnconfirmed.set({ region }, outbox.size);
    this.metrics.unconfirmedAge.set({ region }, longestUnconfirmedS(live, nowMs));
  }
}

function longestUnconfirmedS({ queue }: LiveRegion, nowMs: number): number {
  const waitingMs = queue.matches.withStatus("reporting").map(({ changedAtMs }) => nowMs - changedAtMs);
  return waitingMs.reduce((longestMs, ms) => Math.max(longestMs, ms), 0) / 1_000;
}
