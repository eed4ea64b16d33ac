import type { Backfill } from "../core/backfill.ts";
import type { Change } from "../core/changes.ts";
import { matchPlayers } from "../core/match.ts";
import type { ModeTable } from "../core/mode.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics/metrics.ts";
import { QualityObserver } from "./quality-observer.ts";

/** Turns committed changes into metrics and log lines. It decides nothing. */
export class RegionObserver {
  readonly #region: string;
  readonly #metrics: Metrics;
  readonly #quality: QualityObserver;
  readonly #log: Log;

  constructor(region: string, modes: ModeTable, metrics: Metrics, log: Log) {
    this.#region = region;
    this.#metrics = metrics;
    this.#quality = new QualityObserver(region, modes, metrics);
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
        const { ticket, ending, estimate } = change;
        this.#metrics.ticketsEnded.inc({ region, mode: ticket.mode, ending });
        if (ending === "matched") this.#quality.ticketMatched(ticket, estimate, nowMs);
        break;
      }
      case "proposal_changed":
        this.#metrics.readyCheckEvents.inc({ region, mode: change.proposal.mode, event: change.event });
        break;
      case "proposal_ended":
        this.#observeProposalEnd(change, nowMs);
        break;
      case "backfill_changed":
        this.#metrics.backfillEvents.inc({ region, mode: change.backfill.mode, event: change.event });
        this.#log.info(`backfill_${change.event}`, backfillIds(change.backfill));
        break;
      case "backfill_ended":
        this.#metrics.backfillsEnded.inc({ region, mode: change.backfill.mode, ending: change.ending });
        this.#log.info("backfill_ended", { ...backfillIds(change.backfill), ending: change.ending });
        break;
      case "cool_down_started":
        this.#metrics.coolDowns.inc({ region });
        break;
      case "match_changed":
        this.#observeMatch(change);
        break;
      case "match_finished":
        this.#metrics.matchesEnded.inc({ region, mode: change.match.mode, status: "finished" });
        if (change.match.result !== null) {
          this.#metrics.ratingDelay.observe({ region }, (nowMs - change.match.result.reportedAtMs) / 1000);
        }
        break;
      case "revocation_changed": {
        const { playerId, isLockedOut } = change.revocation;
        this.#log.info("revocation_taken_in", { player_id: playerId, is_locked_out: isLockedOut });
        break;
      }
      case "ticket_changed":
      case "lease_changed":
      case "cool_down_forgotten":
      case "party_changed":
      case "party_ended":
      case "match_forgotten":
      case "learned_saved":
        break;
      default:
        change satisfies never;
    }
  }

  #observeProposalEnd(
    { proposal, outcome, playerIds }: Extract<Change, { type: "proposal_ended" }>,
    nowMs: number,
  ): void {
    const { matchId, mode, round, proposedAtMs } = proposal;
    const labels = { region: this.#region, mode, outcome };
    this.#metrics.readyCheckTime.observe(labels, (nowMs - proposedAtMs) / 1000);
    this.#log.info(`ready_check_${outcome}`, { match_id: matchId, mode, round, player_ids: playerIds });
  }

  #observeMatch(change: Extract<Change, { type: "match_changed" }>): void {
    const { match } = change;
    const labels = { region: this.#region, mode: match.mode };
    const ids = { match_id: match.matchId, mode: match.mode };
    const playerIds = matchPlayers(match).map(({ playerId }) => playerId);
    if (change.event === "assigned" || change.hasAwaited === true) {
      this.#metrics.assignments.inc({ ...labels, outcome: change.event });
    }
    switch (change.event) {
      case "formed":
        this.#quality.matchFormed(match, change.pass);
        this.#log.info("match_formed", { ...ids, player_ids: playerIds, quality: match.quality });
        break;
      case "reported":
        this.#quality.matchReported(match);
        break;
      case "assigned":
        this.#metrics.assignmentTime.observe(labels, (match.changedAtMs - match.createdAtMs) / 1_000);
        this.#log.info("match_assigned", ids);
        break;
      case "cancelled":
      case "abandoned":
      case "rating_failed":
        this.#metrics.matchesEnded.inc({ ...labels, status: change.event });
        this.#log.warn(`match_${change.event}`, { ...ids, player_ids: playerIds, failure: match.failure });
        break;
      case "filled":
        this.#metrics.backfillPlacesFilled.inc(labels, change.joinedIds.length);
        this.#log.info("match_filled", { ...ids, player_ids: change.joinedIds });
        break;
      case "opened":
      case "released":
      case "redriven":
        this.#log.info(`match_${change.event}`, ids);
        break;
      default:
        change satisfies never;
    }
  }
}

function backfillIds({ ticketId, matchId, mode, places }: Backfill) {
  const open = Object.values(places).reduce((sum, count) => sum + count, 0);
  return { ticket_id: ticketId, match_id: matchId, mode, open_places: open };
}
