import { LIMITS } from "../core/limits.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { allocationBody } from "../wire/allocation.ts";
import type { Allocator, AllocatorAnswer } from "./allocator.ts";
import type { LiveRegion } from "./live-region.ts";
import type { QueueAccess } from "./queue-access.ts";

export interface AllocatingSettings {
  readonly region: string;
  readonly live: LiveRegion;
  /** Null: the game has none, its servers claim matches. */
  readonly allocator: Pick<Allocator, "ask"> | null;
  readonly event: QueueAccess["event"];
  readonly metrics: Metrics;
  readonly log: Log;
  readonly now: () => number;
  /** Keeps the object alive for the work. */
  readonly waitUntil: (work: Promise<void>) => void;
  /** Called when some of the work ended, so that the alarm covers what is left to do. */
  readonly ended: () => void;
}

/**
 * Asks the game's allocator for servers, beside everything else: a few calls at once, one at a time for each match.
 * What an answer means is the queue's to say: while it was on its way the match may have got a server, or be over.
 */
export class Allocating {
  readonly #settings: AllocatingSettings;
  #running = 0;

  constructor(settings: AllocatingSettings) {
    this.#settings = settings;
  }

  /** Starts calls that are due, as long as there is room. */
  start(): void {
    const { live, allocator, now, waitUntil } = this.#settings;
    if (allocator === null) return;
    const room = LIMITS.allocatorCalls - this.#running;
    if (room <= 0 || live.allocations.nextCallMs() > now()) return;
    for (const matchId of live.allocations.due(now(), room)) {
      this.#running += 1;
      waitUntil(this.#call(matchId, allocator).finally(() => this.#ended()));
    }
  }

  /** When `start` has something to do next; Infinity: nothing. While all calls are taken, the end of one starts others. */
  nextWakeMs(): number {
    const { live, allocator } = this.#settings;
    const isFull = this.#running >= LIMITS.allocatorCalls;
    return allocator === null || isFull ? Number.POSITIVE_INFINITY : live.allocations.nextCallMs();
  }

  #ended(): void {
    this.#running -= 1;
    this.start();
    this.#settings.ended();
  }

  async #call(matchId: string, allocator: Pick<Allocator, "ask">): Promise<void> {
    const { live, region, metrics, log } = this.#settings;
    const attempt = live.allocations.started(matchId);
    const match = live.queue.matches.find(matchId);
    const allocation = match === undefined ? null : allocationBody(match, region);
    if (allocation === null) {
      live.allocations.remove(matchId);
      return;
    }
    const answer = await allocator.ask(allocation);
    metrics.allocatorCalls.inc({ region, status: answer.status });
    try {
      this.#take(matchId, answer, attempt);
    } catch (error) {
      // The region came back from its storage, without this one, and asks again a while later.
      log.error("allocator_answer_lost", error, { match_id: matchId });
    }
  }

  #take(matchId: string, answer: AllocatorAnswer, attempt: number): void {
    const { live, event, log, now } = this.#settings;
    const fields = { match_id: matchId, status: answer.status, attempt };
    switch (answer.type) {
      case "assigned": {
        const outcome = event((queue, nowMs) => queue.assignments.assign(matchId, answer.connection, nowMs));
        if (!outcome.ok) log.warn("allocator_answer_late", { ...fields, reason: outcome.refusal.reason });
        return;
      }
      case "taken":
        live.allocations.remove(matchId);
        log.info("allocator_took_match", fields);
        return;
      case "refused": {
        const isCancelled = event((queue, nowMs) => queue.assignments.refuse(matchId, nowMs));
        log.warn(isCancelled ? "allocator_refused_match" : "allocator_answer_late", fields);
        return;
      }
      case "failed":
        live.allocations.failed(matchId, answer.retryAfterMs, now());
        log.warn("allocator_failed", fields);
    }
  }
}
