import { backoffMs } from "../core/backoff.ts";
import { LIMITS } from "../core/limits.ts";
import { isGivenUp, UNCONFIRMED } from "../core/outbox.ts";
import type { ResultMessage } from "../core/result-message.ts";
import { resultMessageOf } from "../core/result-message.ts";
import { withTimeout } from "../with-timeout.ts";
import type { AllocatingSettings } from "./allocating.ts";
import { Allocating } from "./allocating.ts";
import { SingleFlight } from "./single-flight.ts";

const SEND_TIMEOUT_MS = 10_000;
/** While the queue takes nothing, nothing is sent for so long, then twice as long, and so on. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 60_000;

export interface BackgroundSettings extends AllocatingSettings {
  readonly results: Pick<Cloudflare.Env["RESULTS"], "sendBatch">;
  /** Absent: 10 s. */
  readonly sendTimeoutMs?: number;
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
  #failedSends = 0;
  #sendFromMs = 0;

  constructor(settings: BackgroundSettings) {
    this.#settings = settings;
    this.#allocating = new Allocating(settings);
  }

  /** Starts whatever is due and not under way. */
  start(): void {
    const { live, now } = this.#settings;
    if (live.exporter.nextAttemptMs() <= now()) this.#run(this.#exporting, () => this.#export());
    if (this.#nextSendMs() <= now()) this.#run(this.#sending, () => this.#send());
    this.#allocating.start();
  }

  /**
   * When `start` has something to do next; Infinity: nothing. Work under way needs no alarm: its end asks again, and a
   * result under way has its next send scheduled already.
   */
  nextWakeMs(): number {
    const { exporter } = this.#settings.live;
    const exportMs = this.#exporting.isRunning ? Number.POSITIVE_INFINITY : exporter.nextAttemptMs();
    const sendMs = this.#nextSendMs();
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

  #nextSendMs(): number {
    return Math.max(this.#settings.live.outbox.nextSendMs(), this.#sendFromMs);
  }

  /**
   * 1. A result that nobody confirmed for a day is given up: nothing is sent for ever. An operator finds it among those
   *    that cannot be rated, and if it was rated after all, a late confirmation still ends it.
   * 2. The others are sent, as many at once as the queue takes.
   * 3. The queue fails or hangs: they stay here, and nothing is sent for a while. Calls that hang must not pile up.
   */
  async #send(): Promise<void> {
    const { results, sendTimeoutMs = SEND_TIMEOUT_MS, log, now } = this.#settings;
    while (this.#nextSendMs() <= now()) {
      const old = this.#tooOld();
      if (old.length > 0) {
        if (!this.#giveUp(old)) return;
        continue;
      }
      const messages = this.#takeDue(now());
      if (messages.length === 0) continue;
      try {
        const batch = messages.map((body) => ({ body }));
        await withTimeout(results.sendBatch(batch), sendTimeoutMs, "The queue match-results");
        this.#failedSends = 0;
      } catch (error) {
        log.error("result_send_failed", error, { match_ids: messages.map(({ matchId }) => matchId) });
        this.#pauseSending(messages);
      }
    }
  }

  #pauseSending(messages: readonly ResultMessage[]): void {
    const { live, metrics, region, now } = this.#settings;
    metrics.sendErrors.inc({ region });
    this.#failedSends += 1;
    this.#sendFromMs = now() + backoffMs(this.#failedSends, FIRST_PAUSE_MS, LONGEST_PAUSE_MS);
    for (const { matchId } of messages) live.outbox.unsent(matchId, this.#sendFromMs);
  }

  /** Those that are due and have been sent for too long. */
  #tooOld(): string[] {
    const { live, now } = this.#settings;
    return live.outbox.due(now(), LIMITS.resultsPerSend).filter((matchId) => {
      const match = live.queue.matches.find(matchId);
      return match !== undefined && isGivenUp(match, now());
    });
  }

  /** @returns false if that could not be written: the region came back from its storage, and goes on without this one */
  #giveUp(matchIds: readonly string[]): boolean {
    const { event, metrics, log } = this.#settings;
    try {
      event((queue, nowMs) => {
        for (const matchId of matchIds) queue.ratingFailed(matchId, UNCONFIRMED, nowMs);
      });
    } catch (error) {
      log.error("result_not_given_up", error, { match_ids: matchIds });
      return false;
    }
    metrics.ratingErrors.inc({ reason: UNCONFIRMED }, matchIds.length);
    log.warn("results_given_up", { match_ids: matchIds });
    return true;
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
