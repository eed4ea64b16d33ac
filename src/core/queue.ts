import { Admission } from "./admission.ts";
import { assert } from "./assert.ts";
import { ChangeLog } from "./change-log.ts";
import type { Change } from "./changes.ts";
import { formMatch } from "./form-match.ts";
import { LiveMatches } from "./live-matches.ts";
import type { Match, Report } from "./match.ts";
import { MatchLifecycle } from "./match-lifecycle.ts";
import type { Explanation } from "./matching/explain.ts";
import type { FoundMatch } from "./matching/found-match.ts";
import type { WaitInterval } from "./matching/recent-waits.ts";
import { Matchmaking } from "./matchmaking.ts";
import type { Mode, ModeTable } from "./mode.ts";
import { largestPartySize } from "./mode.ts";
import { Occupancy } from "./occupancy.ts";
import { Parties } from "./parties.ts";
import { Pools } from "./pools.ts";
import type {
  CancelRefusal,
  EnqueueRefusal,
  EnqueueRequest,
  PartyEnqueueRefusal,
  PartyRequest,
  PlayerState,
  RedriveRefusal,
  ReportRefusal,
} from "./queue-calls.ts";
import type { QueueState } from "./queue-state.ts";
import type { PlayerRating } from "./rating/player-rating.ts";
import { readmitTicket } from "./readmit-ticket.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import type { Ticket, TicketEnding } from "./ticket.ts";

type EndingCircumstances = Pick<Extract<Change, { type: "ticket_ended" }>, "cancelledBy" | "estimate">;

export interface QueueSettings {
  readonly region: string;
  readonly modes: ModeTable;
  /** Where servers can be; latencies are said by these names. */
  readonly locations: readonly string[];
  /** A new id that sorts by time. */
  readonly newId: (nowMs: number) => string;
  /** A new text that nobody can guess, of Crockford's base32. */
  readonly newSecret: () => string;
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
  readonly #lifecycle: MatchLifecycle;
  readonly #matchmaking: Matchmaking;
  readonly #admission: Admission;
  /** The parties that players made. */
  readonly parties: Parties;
  readonly #changes = new ChangeLog();

  constructor(settings: QueueSettings, state: QueueState, nowMs: number) {
    this.#settings = settings;
    this.#matches = new LiveMatches(state.matches, state.highestRev);
    this.#lifecycle = new MatchLifecycle(this.#matches, this.#occupancy, this.#changes);
    for (const match of state.matches) {
      if (match.status === "pending" || match.status === "proposed") this.#occupancy.holdByMatch(match);
    }
    const readmitted = state.tickets.map((ticket) => readmitTicket(ticket, settings.modes, settings.locations));
    for (const { ticket } of readmitted) this.#holdTicket(ticket);
    this.#matchmaking = new Matchmaking(settings.modes, this.#pools, state, nowMs);
    this.parties = new Parties(
      { region: settings.region, newSecret: settings.newSecret, mostMembers: largestPartySize(settings.modes) },
      this,
      this.#changes,
      state.parties,
    );
    this.#admission = new Admission({
      parties: this.parties,
      lifecycle: this.#lifecycle,
      locations: settings.locations,
      newId: settings.newId,
      playerCount: () => this.#pools.playerCount,
      stateOf: (playerId) => this.stateOf(playerId),
      addTicket: (ticket, nowMs) => this.#addTicket(ticket, nowMs),
    });
    for (const { ticket, ending } of readmitted) if (ending !== null) this.#endTicket(ticket, ending);
  }

  /**
   * Gives a player a place in line.
   *
   * - queued already: the same ticket and place, unless another mode is asked for
   * - in a pending match: refused; but the system releases the player from a match older than 10 s, or at once when it
   *   says so. A repeated request must never tear up a match that was made a moment ago.
   * - in a party with others: refused; its leader queues all of it, with `enqueueParty`
   * - a ticket that the mode does not take, or that nobody could ever match: refused, see `checkTicket`
   */
  enqueue(request: EnqueueRequest, nowMs: number): Result<Ticket, EnqueueRefusal> {
    return this.#admission.enqueue(request, nowMs);
  }

  /**
   * Gives several players one place in line.
   *
   * - exactly these wait together already: the same ticket and place, unless another mode is asked for
   * - any of them waits elsewhere or is in a match: refused for all; nobody is released, whoever asks and however old
   *   the match
   * - a party of players: only as its members are now, and with the roles that each of them offered
   */
  enqueueParty(request: PartyRequest, nowMs: number): Result<Ticket, PartyEnqueueRefusal> {
    return this.#admission.enqueueParty(request, nowMs);
  }

  /**
   * Takes the player's ticket out of line, for everybody on it. The answer is always true: nothing else can decide at
   * the same time.
   *
   * @param by who wishes it; null: the system
   */
  cancel(playerId: string, by: string | null = playerId): Result<Ticket, CancelRefusal> {
    const state = this.stateOf(playerId);
    if (state.type === "matched") return refuse({ reason: "in_match", matchId: state.match.matchId });
    if (state.type === "free") return refuse({ reason: "not_queued" });
    this.#endTicket(state.ticket, "cancelled", { cancelledBy: by });
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
    return this.#lifecycle.report(matchId, report, nowMs);
  }

  /** D1 holds the final row: lets go of the match. Repeats and unknown matches change nothing. */
  rated(matchId: string, ratings: readonly PlayerRating[], nowMs: number): void {
    this.#lifecycle.rated(matchId, ratings, nowMs);
  }

  /** The result can never be rated as it is; waits for an operator. Only a match on its way can fail. */
  ratingFailed(matchId: string, failure: string, nowMs: number): void {
    this.#lifecycle.ratingFailed(matchId, failure, nowMs);
  }

  /** An operator's order to rate a failed match again. */
  redrive(matchId: string, nowMs: number): Result<Match, RedriveRefusal> {
    return this.#lifecycle.redrive(matchId, nowMs);
  }

  /**
   * Everything that time does: abandons matches past their deadline and ends expired parties, then matches every mode
   * whose tick is due.
   *
   * @returns how many matches were formed
   */
  tick(nowMs: number): number {
    this.#lifecycle.passDeadlines(nowMs);
    this.parties.passDeadlines(nowMs);
    let formed = 0;
    let isSaving = false;
    for (const mode of this.#matchmaking.dueModes(nowMs)) {
      const found = this.#matchmaking.find(mode, nowMs);
      for (const match of found) this.#form(match, mode, nowMs);
      const isWorthSaving = this.#matchmaking.ticked(mode, nowMs);
      isSaving ||= isWorthSaving || found.length > 0;
      formed += found.length;
    }
    if (isSaving) this.#changes.record({ type: "learned_saved", learned: this.#matchmaking.learnedToSave() });
    return formed;
  }

  /** When `tick` has something to do next; null: the region can sleep. */
  nextWakeMs(): number | null {
    const nextMs = Math.min(this.#matchmaking.nextTickMs(), this.#matches.earliestDeadlineMs);
    return nextMs === Number.POSITIVE_INFINITY ? null : nextMs;
  }

  /** What changed since the last call, in order. */
  takeChanges(): Change[] {
    return this.#changes.take();
  }

  /** Live matches, for reading only. */
  get matches(): Pick<LiveMatches, "find" | "withStatus" | "newestUnrated" | "changedAfter" | "highestRev"> {
    return this.#matches;
  }

  /**
   * How long a waiting ticket's search takes in all, from its beginning, as an interval that holds four times of five;
   * null while too few of its mode have been matched, or when no such ticket waits.
   */
  estimatedWait(ticketId: string, nowMs: number): WaitInterval | null {
    const ticket = this.#pools.get(ticketId);
    return ticket === undefined ? null : this.#matchmaking.estimatedWait(ticket, nowMs);
  }

  /** Why a ticket still waits; null when no such ticket does. */
  explain(ticketId: string, nowMs: number): Explanation | null {
    const ticket = this.#pools.get(ticketId);
    return ticket === undefined ? null : this.#matchmaking.explain(ticket, nowMs);
  }

  /** The knob `a` of a mode as it stands now. */
  pointsPerSecond(mode: Mode): number {
    return this.#matchmaking.pointsPerSecond(mode);
  }

  waitingTickets(mode: string): number {
    return this.#pools.ticketCountOf(mode);
  }

  waitingPlayers(mode: string): number {
    return this.#pools.playersOf(mode);
  }

  #form(found: FoundMatch, mode: Mode, nowMs: number): void {
    for (const ticket of found.teams.flat()) {
      const estimate = this.#matchmaking.matched(ticket, nowMs);
      this.#endTicket(ticket, "matched", estimate === null ? {} : { estimate });
    }
    const matchId = `${this.#settings.newId(nowMs)}-${this.#settings.region}`;
    this.#lifecycle.formed(formMatch(found, mode, matchId, this.#matches.nextRev(), nowMs), found.pass);
  }

  #addTicket(ticket: Ticket, nowMs: number): void {
    this.#matchmaking.arrived(ticket);
    this.#holdTicket(ticket);
    this.#matchmaking.poolGrew(ticket.mode, nowMs);
    this.#changes.record({ type: "ticket_added", ticket });
  }

  #holdTicket(ticket: Ticket): void {
    this.#occupancy.holdByTicket(ticket);
    this.#pools.add(ticket);
  }

  #endTicket(ticket: Ticket, ending: TicketEnding, circumstances: EndingCircumstances = {}): void {
    this.#occupancy.freeFromTicket(ticket);
    this.#pools.remove(ticket);
    this.#matchmaking.ended(ticket);
    this.#changes.record({ type: "ticket_ended", ticket, ending, ...circumstances });
  }
}
