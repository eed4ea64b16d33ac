import type { Violation } from "../core/ledger/violation.ts";
import { INVARIANTS } from "../core/ledger/violation.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { LiveRegion } from "./live-region.ts";

/** What a live region is watched for, besides what the platform does with it. */
export type WatchedRegion = Pick<LiveRegion, "queue" | "outbox">;

interface Written {
  readonly tickets: number;
  readonly results: number;
}

/**
 * Asks the region's ledger after every event, and tells of what it finds: by a metric that must read 0 and a log line with
 * the ids. The region goes on: to stop would lose what is still right.
 *
 * 1. What the queue holds agrees with its books.
 * 2. A reported match is on its way only if the outbox will send it.
 * 3. After an event that could not be written, storage holds as many rows as were written before it.
 */
export class InvariantWatch {
  readonly #region: string;
  readonly #metrics: Metrics;
  readonly #log: Log;
  #written: Written | null = null;
  #unsentTold = 0;

  constructor(region: string, metrics: Metrics, log: Log) {
    this.#region = region;
    this.#metrics = metrics;
    this.#log = log;
    // So that the lines are there to be watched before they are ever needed.
    for (const invariant of INVARIANTS) metrics.invariantViolations.inc({ region, invariant }, 0);
  }

  /** To be called right after a write, before anything else is recorded. */
  written({ queue }: WatchedRegion): void {
    this.#written = { tickets: queue.ledger.openTickets, results: queue.ledger.unratedResults };
  }

  /** To be called at the end of every event. */
  check(live: WatchedRegion): void {
    for (const violation of live.queue.takeViolations()) this.#tell(violation);
    this.#checkOutbox(live);
  }

  /** To be called with what was restored after a failed event. */
  cameBack(live: WatchedRegion): void {
    const { openedWith } = live.queue.ledger;
    this.#unsentTold = 0;
    if (this.#written === null) return;
    const { tickets, results } = this.#written;
    if (tickets !== openedWith.tickets)
      this.#tell({
        invariant: "tickets_conserved",
        detail: `storage holds ${openedWith.tickets} tickets, ${tickets} were written`,
        ids: [],
      });
    if (results !== openedWith.results)
      this.#tell({
        invariant: "results_accounted",
        detail: `storage holds ${openedWith.results} unrated results, ${results} were written`,
        ids: [],
      });
  }

  #checkOutbox({ queue, outbox }: WatchedRegion): void {
    const unsent = queue.matches.countOf("reporting") - outbox.size;
    if (unsent === this.#unsentTold) return;
    this.#unsentTold = unsent;
    if (unsent === 0) return;
    const ids = queue.matches.withStatus("reporting").map(({ matchId }) => matchId);
    this.#tell({
      invariant: "results_accounted",
      detail: `${ids.length} results are on their way, ${outbox.size} of them are to be sent`,
      ids: ids.slice(0, 20),
    });
  }

  #tell({ invariant, detail, ids }: Violation): void {
    this.#metrics.invariantViolations.inc({ region: this.#region, invariant });
    this.#log.error("invariant_violated", detail, { invariant, ids });
  }
}
