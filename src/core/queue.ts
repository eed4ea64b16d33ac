import { assert } from "./assert.ts";
import type { Change, MatchEvent } from "./changes.ts";
import { formMatch } from "./form-match.ts";
import { LIMITS, RELEASE_AFTER_MS, REPORTABLE_AFTER_ABANDON_MS } from "./limits.ts";
import type { MatchUpdate } from "./live-matches.ts";
import { LiveMatches } from "./live-matches.ts";
import type { Match, Report } from "./match.ts";
import { normalizeReport, samePlacements, unreleasedPlayerIds } from "./match.ts";
import { ArrivalDensities } from "./matching/arrival-densities.ts";
import { findMatches } from "./matching/find-matches.ts";
import type { Mode, ModeTable } from "./mode.ts";
import { Occupancy } from "./occupancy.ts";
import { Pools } from "./pools.ts";
import type {
  CancelRefusal,
  EnqueueRefusal,
  EnqueueRequest,
  PlayerState,
  RedriveRefusal,
  ReportRefusal,
} from "./queue-calls.ts";
import type { QueueState } from "./queue-state.ts";
import type { PlayerRating } from "./rating/player-rating.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import { TickClock } from "./tick-clock.ts";
import type { Ticket, TicketEnding } from "./ticket.ts";

export interface QueueSettings {
  readonly region: string;
  readonly modes: ModeTable;
  /** A new id that sorts by time. */
  readonly newId: (nowMs: number) => string;
}

/**
 * The region's queue: a state machine that owns who waits and who plays.
 *
 * Every method takes the time, changes the state in memory, and records what it changed. The caller takes the changes,
 * writes them in one transaction, and only then answers or tells anybody. A method that refuses changes nothing.
 */
export class Queue {
  readonly #settings: QueueSettings;
  readonly #pools = new Pools();
  readonly #occupancy = new Occupancy();
  readonly #matches: LiveMatches;
  readonly #densities: ArrivalDensities;
  readonly #clock = new TickClock();
  #changes: Change[] = [];

  constructor(settings: QueueSettings, state: QueueState, nowMs: number) {
    this.#settings = settings;
    this.#matches = new LiveMatches(state.matches, state.highestRev);
    for (const match of state.matches) {
      if (match.status === "pending" || match.status === "proposed") this.#occupancy.holdByMatch(match);
    }
    for (const ticket of state.tickets) this.#holdTicket(ticket, nowMs);
    this.#densities = new ArrivalDensities(state.densities, state.tickets, settings.modes);
    this.#endTicketsOfRemovedModes();
  }

  /**
   * Gives a player a place in line.
   *
   * - queued already: the same ticket and place, unless another mode is asked for
   * - in a pending match: refused; but the system releases the player from a match older than 10 s, or at once when it
   *   says so. A repeated request must never tear up a match that was made a moment ago.
   */
  enqueue(request: EnqueueRequest, nowMs: number): Result<Ticket, EnqueueRefusal> {
    const state = this.stateOf(request.player.playerId);
    if (state.type === "queued") {
      if (state.ticket.mode === request.mode.name) return accept(state.ticket);
      return refuse({ reason: "queued_in_other_mode", mode: state.ticket.mode });
    }
    if (state.type === "matched") {
      const isOld = nowMs - state.match.createdAtMs > RELEASE_AFTER_MS;
      if (!request.isSystem || !(isOld || request.release)) {
        return refuse({ reason: "in_match", matchId: state.match.matchId });
      }
    }
    if (this.#pools.ticketCount >= LIMITS.ticketsPerRegion) return refuse({ reason: "region_full" });
    if (state.type === "matched") this.#release(state.match, request.player.playerId, nowMs);
    const ticket: Ticket = {
      ticketId: this.#settings.newId(nowMs),
      mode: request.mode.name,
      players: [request.player],
      enqueuedAtMs: nowMs,
      constraints: request.constraints,
    };
    this.#addTicket(ticket, nowMs);
    return accept(ticket);
  }

  /** Takes the player's ticket out of line. The answer is always true: nothing else can decide at the same time. */
  cancel(playerId: string): Result<Ticket, CancelRefusal> {
    const state = this.stateOf(playerId);
    if (state.type === "matched") return refuse({ reason: "in_match", matchId: state.match.matchId });
    if (state.type === "free") return refuse({ reason: "not_queued" });
    this.#endTicket(state.ticket, "cancelled");
    return accept(state.ticket);
  }

  stateOf(playerId: string): PlayerState {
    const holder = this.#occupancy.of(playerId);
    if (holder === undefined) return { type: "free" };
    if (holder.type === "match") return { type: "matched", match: this.#matches.get(holder.matchId) };
    const ticket = this.#pools.get(holder.ticketId);
    assert(ticket !== undefined, "a holding ticket exists");
    return { type: "queued", ticket };
  }

  /** Takes a result in and frees the match's players; its rating comes later through `rated` or `ratingFailed`. */
  report(matchId: string, report: Report, nowMs: number): Result<Match, ReportRefusal> {
    const match = this.#matches.find(matchId);
    if (match === undefined) return refuse({ reason: "unknown_match" });
    const normalized = normalizeReport(
      report,
      match.teams.map((team) => team.name),
    );
    if (!normalized.ok) return normalized;
    const placements = normalized.value;
    if (match.result !== null) {
      if (samePlacements(match.result.placements, placements)) return accept(match);
      return refuse({ reason: "already_reported", placements: match.result.placements });
    }
    if (match.status !== "pending" && match.status !== "abandoned") {
      return refuse({ reason: "not_reportable", status: match.status });
    }
    this.#occupancy.freeFromMatch(match);
    const result = { placements, reportedAtMs: nowMs };
    return accept(this.#change(match, { status: "reporting", result }, "reported", nowMs));
  }

  /** D1 holds the final row: lets go of the match. Repeats and unknown matches change nothing. */
  rated(matchId: string, ratings: readonly PlayerRating[], nowMs: number): void {
    const match = this.#matches.find(matchId);
    if (match === undefined || match.result === null) return;
    this.#matches.remove(matchId);
    const finished: Match = {
      ...match,
      rev: this.#matches.nextRev(),
      status: "finished",
      changedAtMs: nowMs,
      failure: null,
    };
    this.#changes.push({
      type: "match_finished",
      match: finished,
      ratings,
      playerIds: unreleasedPlayerIds(finished),
    });
  }

  /** The result can never be rated as it is; waits for an operator. Only a match on its way can fail. */
  ratingFailed(matchId: string, failure: string, nowMs: number): void {
    const match = this.#matches.find(matchId);
    if (match?.status !== "reporting") return;
    this.#change(match, { status: "rating_failed", failure }, "rating_failed", nowMs);
  }

  /** An operator's order to rate a failed match again. */
  redrive(matchId: string, nowMs: number): Result<Match, RedriveRefusal> {
    const match = this.#matches.find(matchId);
    if (match === undefined) return refuse({ reason: "unknown_match" });
    if (match.status !== "rating_failed") return refuse({ reason: "not_failed", status: match.status });
    return accept(this.#change(match, { status: "reporting", failure: null }, "redriven", nowMs));
  }

  /**
   * Everything that time does: abandons matches past their deadline, then matches every mode whose tick is due.
   *
   * @returns how many matches were formed
   */
  tick(nowMs: number): number {
    this.#passDeadlines(nowMs);
    let formed = 0;
    for (const mode of this.#settings.modes.byName.values()) {
      if (!this.#clock.isDue(mode.name, nowMs)) continue;
      formed += this.#matchMode(mode, nowMs);
      this.#clock.ticked(mode.name, mode.tickPeriodMs, nowMs);
      if (!this.#pools.canFormMatch(mode)) this.#clock.unschedule(mode.name);
    }
    if (formed > 0) this.#changes.push({ type: "density_saved", densities: this.#densities.toSave() });
    return formed;
  }

  /** When `tick` has something to do next; null: the region can sleep. */
  nextWakeMs(): number | null {
    const nextMs = Math.min(this.#clock.nextMs(), this.#matches.earliestDeadlineMs);
    return nextMs === Number.POSITIVE_INFINITY ? null : nextMs;
  }

  /** What changed since the last call, in order. */
  takeChanges(): Change[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  /** Live matches, for reading only. */
  get matches(): Pick<LiveMatches, "find" | "withStatus" | "changedAfter" | "highestRev"> {
    return this.#matches;
  }

  waitingTickets(mode: string): number {
    return this.#pools.ticketCountOf(mode);
  }

  waitingPlayers(mode: string): number {
    return this.#pools.playersOf(mode);
  }

  #matchMode(mode: Mode, nowMs: number): number {
    const { matches } = findMatches(this.#pools.ticketsOf(mode.name), mode, this.#densities.at(mode, nowMs), nowMs);
    for (const found of matches) {
      for (const ticket of found.teams.flat()) this.#endTicket(ticket, "matched");
      const matchId = `${this.#settings.newId(nowMs)}-${this.#settings.region}`;
      const match = formMatch(found, mode, matchId, this.#matches.nextRev(), nowMs);
      this.#matches.put(match);
      this.#occupancy.holdByMatch(match);
      this.#recordChange(match, "formed");
    }
    return matches.length;
  }

  /** Pending matches past their deadline are abandoned, abandoned ones forgotten. */
  #passDeadlines(nowMs: number): void {
    for (const match of this.#matches.due(nowMs)) {
      if (match.status === "pending") {
        this.#occupancy.freeFromMatch(match);
        const deadlineMs = nowMs + REPORTABLE_AFTER_ABANDON_MS;
        this.#change(match, { status: "abandoned", deadlineMs }, "abandoned", nowMs);
      } else {
        this.#matches.remove(match.matchId);
        this.#changes.push({ type: "match_forgotten", matchId: match.matchId });
      }
    }
  }

  #release(match: Match, playerId: string, nowMs: number): void {
    this.#occupancy.freeOne(playerId);
    const teams = match.teams.map((team) => ({
      ...team,
      players: team.players.map((player) => (player.playerId === playerId ? { ...player, released: true } : player)),
    }));
    this.#change(match, { teams }, "released", nowMs);
  }

  #addTicket(ticket: Ticket, nowMs: number): void {
    this.#densities.arrived(ticket);
    this.#holdTicket(ticket, nowMs);
    this.#changes.push({ type: "ticket_added", ticket });
  }

  #holdTicket(ticket: Ticket, nowMs: number): void {
    this.#occupancy.holdByTicket(ticket);
    this.#pools.add(ticket);
    const mode = this.#settings.modes.byName.get(ticket.mode);
    if (mode !== undefined && this.#pools.canFormMatch(mode)) {
      this.#clock.schedule(mode.name, mode.tickPeriodMs, nowMs);
    }
  }

  #endTicket(ticket: Ticket, ending: TicketEnding): void {
    this.#occupancy.freeFromTicket(ticket);
    this.#pools.remove(ticket);
    const mode = this.#settings.modes.byName.get(ticket.mode);
    if (mode !== undefined && !this.#pools.canFormMatch(mode)) {
      this.#clock.unschedule(mode.name);
    }
    this.#changes.push({ type: "ticket_ended", ticket, ending });
  }

  /** A deploy that removes a mode ends its tickets with a reason; it never strands them. */
  #endTicketsOfRemovedModes(): void {
    for (const mode of this.#pools.modes()) {
      if (this.#settings.modes.byName.has(mode)) continue;
      for (const ticket of this.#pools.ticketsOf(mode)) this.#endTicket(ticket, "mode_removed");
    }
  }

  #change(match: Match, update: MatchUpdate, event: MatchEvent, nowMs: number): Match {
    const changed = this.#matches.update(match, update, nowMs);
    this.#recordChange(changed, event);
    return changed;
  }

  #recordChange(match: Match, event: MatchEvent): void {
    this.#changes.push({ type: "match_changed", match, event, playerIds: unreleasedPlayerIds(match) });
  }
}
