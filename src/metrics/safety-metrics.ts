import { MetricSet } from "./metric-set.ts";

/** Whether everything is still there and is what it should be, and what is turned away to keep it so. */
export abstract class SafetyMetrics extends MetricSet {
  readonly invariantViolations = this.counter(
    "invariant_violations_total",
    "States that must never be, found by a region's own checks. Must read 0.",
    ["region", "invariant"],
  );
  /** `entry` is `accepted`, `unbooked`, `waiting`, `asked` or an ending; see `region/ledger-gauges.ts`. */
  readonly ledgerTickets = this.gauge(
    "ledger_tickets",
    "A region's books of tickets, kept with its storage: accepted + unbooked = waiting + asked + all endings. Unbooked is what came minus what went between the last save and a restart.",
    ["region", "entry"],
  );
  /** `entry` is `reported`, `unbooked`, `rated`, `failed` or `on_their_way`. */
  readonly ledgerResults = this.gauge(
    "ledger_results",
    "A region's books of results: reported + unbooked = rated + failed + on_their_way.",
    ["region", "entry"],
  );

  readonly overloaded = this.gauge(
    "overloaded",
    "1 while a region lets nobody new in, because it runs late or is full; else 0.",
    ["region"],
  );
  /** `kind` is `enqueue`, `party` or `socket`. */
  readonly callsShed = this.counter(
    "calls_shed_total",
    "Calls that a region turned away because it had too much to do.",
    ["region", "kind"],
  );

  readonly alarmsRearmed = this.counter(
    "alarms_rearmed_total",
    "Times that the watchdog found a region with something to do and without an alarm, and gave it one.",
    ["region"],
  );

  readonly revocationReadErrors = this.counter(
    "revocation_read_errors_total",
    "Readings of whose tokens were taken back that failed; the list stays as it is until the next one.",
    [],
  );
}
