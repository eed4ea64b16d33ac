import type { Change } from "../core/changes.ts";
import type { Match } from "../core/match.ts";
import { matchPlayers } from "../core/match.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics/metrics.ts";

/** Turns committed changes into metrics and log lines. It decides nothing. */
export class RegionObserver {
  readonly #region: string;
  readonly #metrics: Metrics;
  readonly #log: Log;

  constructor(region: string, metrics: Metrics, log: Log) {
    this.#region = region;
    this.#metrics = metrics;
    this.#log = log;
  }

  committed(changes: readonly Change[], nowMs: number): void {
    for (const change of changes) this.#observe(change, nowMs);
  }

  #observe(change: Change, nowMs: number): void {
    const region = this.#region;
    switch (change.type) {
      case "ticket_added":
        this.#metrics.ticketsAdded.inc({ region, mode: change.ticket.mode });
        break;
      case "ticket_ended": {
        const { ticket, ending } = change;
        this.#metrics.ticketsEnded.inc({ region, mode: ticket.mode, ending });
        if (ending === "matched") {
          const waitS = (nowMs - ticket.enqueuedAtMs) / 1000;
          for (const _ of ticket.players) this.#metrics.waitSeconds.observe({ region, mode: ticket.mode }, waitS);
        }
        break;
      }
      case "match_changed":
        this.#observeMatch(change.match, change.event);
        break;
      case "match_finished":
        this.#metrics.matchesEnded.inc({ region, mode: change.match.mode, status: "finished" });
        if (change.match.result !== null) {
          this.#metrics.ratingDelay.observe({ region }, (nowMs - change.match.result.reportedAtMs) / 1000);
        }
        break;
      case "match_forgotten":
      case "density_saved":
        break;
      default:
        change satisfies never;
    }
  }

  #observeMatch(match: Match, event: Extract<Change, { type: "match_changed" }>["event"]): void {
    const labels = { region: this.#region, mode: match.mode };
    const ids = { match_id: match.matchId, mode: match.mode };
    const playerIds = matchPlayers(match).map(({ playerId }) => playerId);
    switch (event) {
      case "formed":
        this.#metrics.matchesFormed.inc(labels);
        this.#metrics.matchQuality.observe({ mode: match.mode }, match.quality);
        this.#metrics.matchSpread.observe({ mode: match.mode }, spreadOf(match));
        this.#log.info("match_formed", { ...ids, player_ids: playerIds, quality: match.quality });
        break;
      case "reported":
        this.#metrics.resultsReported.inc(labels);
        break;
      case "abandoned":
      case "rating_failed":
        this.#metrics.matchesEnded.inc({ ...labels, status: event });
        this.#log.warn(`match_${event}`, { ...ids, player_ids: playerIds, failure: match.failure });
        break;
      case "released":
      case "redriven":
        this.#log.info(`match_${event}`, ids);
        break;
      default:
        event satisfies never;
    }
  }
}

/** Highest mu minus the lowest. */
function spreadOf(match: Match): number {
  const mus = matchPlayers(match).map(({ mu }) => mu);
  return Math.max(...mus) - Math.min(...mus);
}
