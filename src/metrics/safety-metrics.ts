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

  /** `check` is one of `core/audit/finding.ts`. */
  readonly auditViolations = this.counter(
    "audit_violations_total",
    "Stored matches, rating changes and ratings that are not what the stored results make of them, each counted when it is found first. Must read 0.",
    ["check"],
  );
  readonly auditStanding = this.gauge(
    "audit_violations_standing",
    "Those of them that are still there, as far as the audit has seen; at most 500 are kept. Must read 0.",
    ["check"],
  );
  /** `reason` is `environment_unknown`, `other_rater` or `start_unknown`. */
  readonly auditUnverifiable = this.gauge(
    "audit_unverifiable",
    "Ratings of which the audit cannot say whether they are right, by reason; as counted by its last whole pass.",
    ["reason"],
  );
  /** `walk` is `matches`, `recent` or `changes`. */
  readonly audited = this.counter(
    "audited_records_total",
    "Rated matches and rating changes that the audit looked at, again in every pass.",
    ["walk"],
  );
  readonly auditProgress = this.gauge(
    "audit_progress_timestamp_seconds",
    "When the audit last came forward on this walk.",
    ["walk"],
  );
  readonly auditCompleted = this.gauge(
    "audit_completed_timestamp_seconds",
    "When the last pass began that came to its end: everything that was there then has been looked at since.",
    ["walk"],
  );
  readonly auditErrors = this.counter(
    "audit_errors_total",
    "Walks of the audit that a run gave up, because D1 failed or a page cannot be judged; the next run tries again.",
    [],
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
