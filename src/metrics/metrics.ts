import { SafetyMetrics } from "./safety-metrics.ts";
import { BACKGROUND_SECONDS, CALL_SECONDS, WAIT_SECONDS } from "./time-buckets.ts";

/**
 * Every metric of the system by name. One instance for each Worker isolate and one for each Durable Object: they are
 * separate sources, whose deltas the MetricsHub adds up.
 *
 * Base units (seconds), so that no dashboard has to convert. `Date.now()` stands still in a Worker while code computes,
 * so a duration is observed only where it spans I/O.
 */
export class Metrics extends SafetyMetrics {
  readonly httpRequests = this.counter("http_requests_total", "HTTP requests answered, by route pattern.", [
    "method",
    "route",
    "status",
  ]);
  readonly httpDuration = this.histogram(
    "http_request_duration_seconds",
    "Time from an HTTP request's arrival to its answer.",
    ["method", "route"],
    CALL_SECONDS,
  );
  /** `store` is `object`, `d1` or `setup`. */
  readonly rowsWritten = this.counter(
    "rows_written_total",
    "Billed rows written: by regions (object), to D1 (d1), and once in a region's life for its tables (setup).",
    ["store"],
  );

  readonly queueDepthTickets = this.gauge("queue_depth_tickets", "Tickets waiting in a pool; a party is one ticket.", [
    "region",
    "mode",
  ]);
  readonly queueDepthPlayers = this.gauge("queue_depth_players", "Players waiting in a pool.", ["region", "mode"]);
  readonly passedOverPlayers = this.gauge(
    "passed_over_players",
    "Players waiting in a pool on tickets that are not matched for now: one of their sockets was lost.",
    ["region", "mode"],
  );
  readonly ticketsAdded = this.counter("tickets_added_total", "Tickets accepted into a pool.", ["region", "mode"]);
  readonly ticketsEnded = this.counter(
    "tickets_ended_total",
    "Tickets that left their pool, by the one way in which each ended.",
    ["region", "mode", "ending"],
  );
  readonly waitSeconds = this.histogram(
    "ticket_wait_seconds",
    "Time that matched players waited, from enqueue to match.",
    ["region", "mode"],
    WAIT_SECONDS,
  );
  /** `band` is `lowest`, `low`, `middle`, `high` or `highest`; see `core/rating/rating-band.ts`. */
  readonly bandWaitSeconds = this.histogram(
    "rating_band_wait_seconds",
    "Time that matched players waited, by where their rating stands on the mode's scale.",
    ["mode", "band"],
    WAIT_SECONDS,
  );
  /** `outcome` is `below`, `inside` or `above`. */
  readonly waitEstimates = this.counter(
    "wait_estimates_total",
    "Matched tickets by where their wait fell: below, inside or above the 80 % interval that they were told when they came. Inside should be 80 %.",
    ["region", "mode", "outcome"],
  );
  readonly pointsPerSecond = this.gauge(
    "points_per_second",
    "The knob a of a mode: how many rating points a second of waiting is worth. It moves in modes with a target wait.",
    ["region", "mode"],
  );

  readonly tickDuration = this.histogram(
    "tick_duration_seconds",
    "Time from a region's alarm to the end of its commit.",
    ["region"],
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
  );
  readonly tickLateness = this.histogram(
    "tick_lateness_seconds",
    "How much later than scheduled a region's alarm ran.",
    ["region"],
    [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  );
  readonly matchesPerTick = this.histogram(
    "tick_matches",
    "Matches formed by one tick.",
    ["region"],
    [0, 1, 2, 5, 10, 20, 50, 100, 200, 500],
  );

  readonly readyChecksOpen = this.gauge("ready_checks_open", "Ready checks that wait for answers.", ["region"]);
  /** `event` is `proposed`, `shown`, `answered`, `repairing`, `repaired` or `extended`. */
  readonly readyCheckEvents = this.counter(
    "ready_check_events_total",
    "What was written of ready checks: players were asked (proposed), acks that no answer had come after (shown), somebody accepted (answered), places fell empty (repairing) and were filled again (repaired), those who could not answer were given time (extended).",
    ["region", "mode", "event"],
  );
  /** `outcome` is `confirmed` or `dissolved`. */
  readonly readyCheckTime = this.histogram(
    "ready_check_seconds",
    "Time from the first question to the match (confirmed), or until the rest returned to line (dissolved).",
    ["region", "mode", "outcome"],
    [0.5, 1, 2, 5, 8, 12, 16, 20, 30, 45, 60, 90, 120],
  );
  readonly coolDowns = this.counter("cool_downs_total", "Players put out of the queue for a while.", ["region"]);

  readonly backfillsOpen = this.gauge("backfills_open", "Running matches that ask for players.", ["region"]);
  /** `event` is `asked`, `changed` or `joined`. */
  readonly backfillEvents = this.counter(
    "backfill_events_total",
    "What happened to running matches that ask for players: one asked, changed its wish, or got some of those it asked for (joined).",
    ["region", "mode", "event"],
  );
  /** `ending` is `filled`, `cancelled`, `match_over`, `mode_removed`, `rules_changed` or `region_closed`. */
  readonly backfillsEnded = this.counter(
    "backfills_ended_total",
    "Backfills by the one way in which each ended: every place was filled, the game cancelled it, the match was over.",
    ["region", "mode", "ending"],
  );
  readonly backfillPlacesFilled = this.counter(
    "backfill_places_filled_total",
    "Players who came into running matches.",
    ["region", "mode"],
  );

  /** `pass` is `exact`, `leftover` or `overdue`. */
  readonly matchesFormed = this.counter(
    "matches_formed_total",
    "Matches formed, by the pass of the tick that made them: from neighbours (exact), from what these left (leftover), or for a ticket past its cap (overdue).",
    ["region", "mode", "pass"],
  );
  readonly matchQuality = this.histogram(
    "match_quality",
    "TrueSkill draw quality of formed matches, from 0 to 1.",
    ["mode"],
    [0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6, 0.7, 0.8, 0.9],
  );
  readonly matchSpread = this.histogram(
    "match_spread_points",
    "Rating points (mu) between the best and the weakest player of a formed match.",
    ["mode"],
    [0.5, 1, 2, 3, 4, 5, 6, 8, 10, 12.5, 15, 20, 25, 30],
  );
  readonly matchUnevenness = this.histogram(
    "match_unevenness_ratio",
    "How far the predicted win probability of a formed match is from even: 0 to 0.5. Of more than two teams: of the strongest against the weakest.",
    ["mode"],
    [0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.4],
  );
  readonly liveMatches = this.gauge("live_matches", "Matches that a region still holds, by status.", [
    "region",
    "status",
  ]);
  /** `status` is `finished`, `abandoned`, `cancelled` or `rating_failed`. */
  readonly matchesEnded = this.counter(
    "matches_ended_total",
    "Matches that came to an end: finished (rated), abandoned (no result in time), cancelled (no game server) or rating_failed.",
    ["region", "mode", "status"],
  );

  readonly matchesWithoutServer = this.gauge(
    "matches_without_server",
    "Matches whose players wait for a game server.",
    ["region"],
  );
  /** `outcome` is `assigned`, `cancelled` or `reported`. */
  readonly assignments = this.counter(
    "assignments_total",
    "Matches that wait for no game server any more: they got one (assigned), got none (cancelled), or were played on one that nobody told of (reported).",
    ["region", "mode", "outcome"],
  );
  readonly assignmentTime = this.histogram(
    "assignment_seconds",
    "Time from a match to its game server.",
    ["region", "mode"],
    [0.1, 0.25, 0.5, 1, 2, 3, 5, 8, 12, 20, 30, 45, 60, 90, 120, 300, 600],
  );
  /** `status` is one of HTTP, or `timeout`, `network` or `malformed`. */
  readonly allocatorCalls = this.counter(
    "allocator_calls_total",
    "Calls to the game's allocator, by the status of its answer, or what came instead of one.",
    ["region", "status"],
  );

  readonly resultsReported = this.counter("results_reported_total", "First reports of a match's result.", [
    "region",
    "mode",
  ]);
  /** `bin` is the predicted probability to a tenth: `0.0-0.1` to `0.9-1.0`. */
  readonly calibrationMatches = this.counter(
    "calibration_matches_total",
    "Reported matches of two teams, by the win probability that was predicted for the first team.",
    ["mode", "bin"],
  );
  readonly calibrationWins = this.counter(
    "calibration_wins_total",
    "Those that the first team won; a draw counts half.",
    ["mode", "bin"],
  );
  readonly calibrationPredicted = this.counter(
    "calibration_predicted_wins_total",
    "Sum of the win probabilities predicted for the first team: as many wins were to be expected.",
    ["mode", "bin"],
  );
  readonly resultsUnconfirmed = this.gauge(
    "results_unconfirmed",
    "Results that were reported and are not yet confirmed as rated.",
    ["region"],
  );
  readonly unconfirmedAge = this.gauge(
    "results_unconfirmed_age_seconds",
    "How long the result that waits longest has been waiting to be rated.",
    ["region"],
  );
  readonly sendErrors = this.counter(
    "result_send_errors_total",
    "Calls of a region to the queue of results that failed; the results stay in the region and are sent again.",
    ["region"],
  );
  readonly ratingUpdates = this.counter("rating_updates_total", "Ratings of players changed by a result.", ["mode"]);
  readonly ratingErrors = this.counter("rating_errors_total", "Results that could not be rated, by reason.", [
    "reason",
  ]);
  readonly ratingConflicts = this.counter(
    "rating_conflicts_total",
    "Lost races between results of the same player; each is read again and retried.",
    [],
  );
  readonly ratingDelay = this.histogram(
    "rating_delay_seconds",
    "Time from the report of a result until the region knows that it is rated.",
    ["region"],
    BACKGROUND_SECONDS,
  );

  readonly socketsOpen = this.gauge("sockets_open", "Sockets that a region holds.", ["region"]);
  /** `direction` is `in` or `out`. Pings are not counted: the platform answers them. */
  readonly socketMessages = this.counter(
    "socket_messages_total",
    "Messages through sockets: from players (in) and to them (out).",
    ["region", "direction"],
  );
  readonly socketCloses = this.counter(
    "socket_closes_total",
    "Sockets closed, by code. By the region: 4001 expired, 4002 replaced, 4003 flooding, 4004 moved, 4005 silent, 4006 region closed, 4007 revoked.",
    ["region", "code"],
  );
  readonly socketProblems = this.counter(
    "socket_problems_total",
    "Messages from sockets that were answered with a problem, by reason.",
    ["region", "reason"],
  );

  readonly exportLag = this.histogram(
    "export_lag_seconds",
    "Time from a match's change in its region until D1 has it.",
    ["region"],
    BACKGROUND_SECONDS,
  );
  readonly exportErrors = this.counter("export_errors_total", "Exports to D1 that failed; each is tried again.", [
    "region",
  ]);
  readonly exportBacklog = this.gauge("export_backlog_matches", "Changed matches that D1 does not have yet.", [
    "region",
  ]);

  readonly metricsPushErrors = this.counter(
    "metrics_push_errors_total",
    "Pushes to the metrics hub that failed; their counts go with the next push.",
    [],
  );
  /** `reason` is `malformed`, `series_limit` or `unsent_limit`. */
  readonly metricsDropped = this.counter(
    "metrics_dropped_total",
    "Samples or pushes that were dropped, by reason. Above 0 the other metrics count too little.",
    ["reason"],
  );
}
