import { LIMITS } from "../core/limits.ts";
import type { ResultMessage } from "../core/result-message.ts";
import { resultMessageOf } from "../core/result-message.ts";
import { withTimeout } from "../with-timeout.ts";
import type { AllocatingSettings } from "./allocating.ts";
import { Allocating } from "./allocating.ts";
import { SingleFlight } from "./single-flight.ts";

const SEND_TIMEOUT_MS = 10_000;

export interface BackgroundSettings extends AllocatingSettings {
  readonly results: Cloudflare.Env["RESULTS"];
}

/**
 * What a region does beside matching: exports to D1, sends results to the queue and asks for game servers. No event
 * and no tick ever waits for it; each job has its own time limit and backoff, and export and sending run once at a time.
 */
export class RegionBackground {
  readonly #settings: BackgroundSettings;
  readonly #exporting = new SingleFlight();
  readonly #sending = new SingleFlight();
  readonly #allocating: Allocating;

  constructor(settings: BackgroundSettings) {
    this.#settings = settings;
    this.#allocating = new Allocating(settings);
  }

  /** Starts whatever is due and not under way. */
  start(): void {
    const { live, now } = this.#settings;
    if (live.exporter.nextAttemptMs() <= now()) this.#run(this.#exporting, () => this.#export());
    if (live.outbox.nextSendMs() <= now()) this.#run(this.#sending, () => this.#send());
    this.#allocating.start();
  }

  /**
   * When `start` has something to do next; Infinity: nothing. Work under way needs no alarm: its end asks again, and a
   * result under way has its next send scheduled already.
   */
  nextWakeMs(): number {
    const { exporter, outbox } = this.#settings.live;
    const exportMs = this.#exporting.isRunning ? Number.POSITIVE_INFINITY : exporter.nextAttemptMs();
    const sendMs = outbox.nextSendMs();
    const isBeingSent = this.#sending.isRunning && sendMs <= this.#settings.now();
    return Math.min(exportMs, isBeingSent ? Number.POSITIVE_INFINITY : sendMs, this.#allocating.nextWakeMs());
  }

  #run(job: SingleFlight, work: () => Promise<void>): void {
    const run = job.start(work);
    if (run !== null) this.#settings.waitUntil(run.then(() => this.#settings.ended()));
  }

  async #export(): Promise<void> {
    const { live, metrics, log, region, now } = this.#settings;
    const { exporter } = live;
    while (exporter.nextAttemptMs() <= now()) {
      const { lagsMs, error } = await exporter.exportChunk(now);
      for (const lagMs of lagsMs) metrics.exportLag.observe({ region }, lagMs / 1000);
      if (error === null) continue;
      metrics.exportErrors.inc({ region });
      log.error("export_failed", error, { backlog: exporter.backlog });
    }
  }

  async #send(): Promise<void> {
    const { live, results, log, now } = this.#settings;
    while (live.outbox.nextSendMs() <= now()) {
      const messages = this.#takeDue(now());
      if (messages.length === 0) continue;
      try {
        const batch = messages.map((body) => ({ body }));
        await withTimeout(results.sendBatch(batch), SEND_TIMEOUT_MS, "The queue match-results");
      } catch (error) {
        log.error("result_send_failed", error, { match_ids: messages.map(({ matchId }) => matchId) });
      }
    }
  }

  /** The results to send now, each scheduled for its next send before this one is even tried. */
  #takeDue(nowMs: number): ResultMessage[] {
    const { outbox, exporter, queue } = this.#settings.live;
    const messages: ResultMessage[] = [];
    for (const matchId of outbox.due(nowMs, LIMITS.resultsPerSend)) {
      const match = queue.matches.find(matchId);
      const message = match === undefined ? null : resultMessageOf(match, this.#settings.region);
      if (match === undefined || message === null) {
        outbox.remove(matchId);
        continue;
      }
      const attempts = outbox.sent(matchId, nowMs);
      // Rating usually follows within a second, so `reporting` is worth a row in D1 only when it takes longer.
      if (attempts > 0) exporter.note(match, nowMs);
      messages.push(message);
    }
    return messages;
  }
}
