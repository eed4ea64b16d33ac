import { Admission } from "./admission.ts";
import { assert } from "./assert.ts";
import { Backfills } from "./backfills.ts";
import { ChangeLog } from "./change-log.ts";
import type { Change } from "./changes.ts";
import type { CoolDown } from "./cool-downs.ts";
import { CoolDowns } from "./cool-downs.ts";
import { Leases } from "./leases.ts";
import { Line } from "./line.ts";
import { LiveMatches } from "./live-matches.ts";
import type { Match, Report } from "./match.ts";
import { MatchLifecycle } from "./match-lifecycle.ts";
import { MatchMaker } from "./match-maker.ts";
import type { Explanation } from "./matching/explain.ts";
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
import { readmit } from "./readmit.ts";
import type { Answer, AnswerRefusal, ReadyCheckView } from "./ready-check-calls.ts";
import { ReadyChecks } from "./ready-checks.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import { tickModes } from "./tick-modes.ts";
import type { Ticket } from "./ticket.ts";

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
  readonly #changes = new ChangeLog();
  readonly #matches: LiveMatches;
  readonly #lifecycle: MatchLifecycle;
  readonly #matchmaking: Matchmaking;
  readonly #maker: MatchMaker;
  readonly #line: Line;
  readonly #coolDowns: CoolDowns;
  readonly #readyChecks: ReadyChecks;
  readonly #admission: Admission;
  /** The parties that players made. */
  readonly parties: Parties;
  /** Running matches that ask for players. */
  readonly backfills: Backfills;
  /** What keeps places in line, and who is passed over. */
  readonly leases: Leases;

  /** @param isConnected whether a player has a client now that gets what it is sent */
  constructor(
    settings: QueueSettings,
    state: QueueState,
    nowMs: number,
    isConnected: (playerId: string) => boolean = () => false,
  ) {
    this.#settings = settings;
    const { modes, region, newSecret, locations, newId } = settings;
    this.#matches = new LiveMatches(state.matches, state.highestRev);
    const changed = (match: Match, atMs: number) => this.backfills.matchChanged(match, atMs);
    this.#lifecycle = new MatchLifecycle(this.#matches, this.#occupancy, this.#changes, changed);
    for (const match of state.matches) if (match.status === "pending") this.#occupancy.holdByMatch(match);
    const isSeeking = (mode: string) => this.#readyChecks.hasEmptyPlaces(mode) || this.backfills.isSeeking(mode);
    this.#matchmaking = new Matchmaking(modes, this.#pools, state, isSeeking, nowMs);
    const poolChanged = (mode: string, atMs: number) => this.#matchmaking.poolChanged(mode, atMs);
    const ticketOf = (playerId: string) => this.#line.ticketOf(playerId);
    this.leases = new Leases({ modes, pools: this.#pools, ticketOf, isConnected, poolChanged });
    this.#line = new Line(this.#pools, this.#occupancy, this.#matchmaking, this.leases, this.#changes);
    this.#maker = new MatchMaker(this.#line, this.#matchmaking, this.#matches, this.#lifecycle);
    this.#coolDowns = new CoolDowns(this.#changes, state.coolDowns, nowMs);
    this.#readyChecks = new ReadyChecks({
      modes,
      line: this.#line,
      coolDowns: this.#coolDowns,
      changes: this.#changes,
      confirm: (teams, mode, matchId, atMs) => this.#maker.make(teams, mode, matchId, atMs),
      isConnected,
      findOthers: (held, mode, atMs) => this.#matchmaking.findOthers(held, mode, atMs),
      needChanged: poolChanged,
    });
    this.backfills = new Backfills({
      ...settings,
      matches: this.#matches,
      lifecycle: this.#lifecycle,
      maker: this.#maker,
      matchmaking: this.#matchmaking,
      changes: this.#changes,
      isProposed: (matchId) => this.#readyChecks.publicMatch(matchId) !== null,
    });
    const party = { region, newSecret, mostMembers: largestPartySize(modes) };
    this.parties = new Parties(party, this, this.#changes, state.parties);
    this.#admission = new Admission({
      parties: this.parties,
      line: this.#line,
      leases: this.leases,
      coolDowns: this.#coolDowns,
      lifecycle: this.#lifecycle,
      locations,
      newId,
      playerCount: () => this.#pools.playerCount,
      stateOf: (playerId) => this.stateOf(playerId),
    });
    readmit(state, settings, this.#line, nowMs);
    for (const proposal of state.proposals) this.#readyChecks.restore(proposal, nowMs);
    for (const backfill of state.backfills) this.backfills.restore(backfill);
    for (const mode of modes.byName.keys()) this.#matchmaking.poolChanged(mode, nowMs);
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
   * the same time. While the ticket is in a ready check that is the same as to decline.
   *
   * @param by who wishes it; null: the system
   */
  cancel(playerId: string, nowMs: number, by: string | null = playerId): Result<Ticket, CancelRefusal> {
    const state = this.stateOf(playerId);
    if (state.type === "matched") return refuse({ reason: "in_match", matchId: state.match.matchId });
    if (state.type === "free") return refuse({ reason: "not_queued" });
    const { ticket } = state;
    if (!this.#readyChecks.cancel(ticket, by, nowMs)) this.#line.end(ticket, "cancelled", nowMs, { by });
    return accept(ticket);
  }

  /** The player was shown what they are asked. Without this nobody is punished for letting it lapse. */
  acknowledge(answer: Answer): Result<null, AnswerRefusal> {
    const outcome = this.#readyChecks.ack(answer);
    return outcome.ok || !this.#isIn(answer) ? outcome : accept(null);
  }

  /** The player wants the match that they are asked about. When all do, it is made. Safe to repeat. */
  accept(answer: Answer, nowMs: number): Result<null, AnswerRefusal> {
    this.leases.seen(answer.playerId, nowMs);
    const outcome = this.#readyChecks.accept(answer, nowMs);
    return outcome.ok || !this.#isIn(answer) ? outcome : accept(null);
  }

  /** The player does not want it: their ticket ends, the others are asked to wait for somebody else. */
  decline(answer: Answer, nowMs: number): Result<null, AnswerRefusal> {
    this.leases.seen(answer.playerId, nowMs);
    const outcome = this.#readyChecks.decline(answer, nowMs);
    return outcome.ok || !this.#isIn(answer) ? outcome : refuse({ reason: "in_match", matchId: answer.matchId });
  }

  /** The ready check that a player is in; null: none. */
  readyCheckOf(playerId: string, nowMs: number): ReadyCheckView | null {
    return this.#readyChecks.viewFor(playerId, nowMs);
  }

  /** What keeps a player out of the queue; null: nothing. */
  coolDownOf(playerId: string, nowMs: number): CoolDown | null {
    return this.#coolDowns.of(playerId, nowMs);
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
    if (this.#readyChecks.publicMatch(matchId) !== null)
      return refuse({ reason: "not_reportable", status: "proposed" });
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
   * Everything that time does: abandons matches past their deadline, ends expired parties, unanswered ready checks and
   * tickets whose lease ran out; then whatever the modes do whose tick is due, see `tickModes`.
   *
   * @returns how many groups were found
   */
  tick(nowMs: number): number {
    this.#lifecycle.passDeadlines(nowMs);
    this.parties.passDeadlines(nowMs);
    this.#readyChecks.passDeadlines(nowMs);
    for (const ticket of this.leases.due(nowMs)) this.#line.end(ticket, "expired", nowMs);
    const parts = {
      matchmaking: this.#matchmaking,
      readyChecks: this.#readyChecks,
      backfills: this.backfills,
      maker: this.#maker,
      newMatchId: () => `${this.#settings.newId(nowMs)}-${this.#settings.region}`,
    };
    const { found, isSaving } = tickModes(parts, nowMs);
    if (isSaving) this.#changes.record({ type: "learned_saved", learned: this.#matchmaking.learnedToSave() });
    return found;
  }

  /** When `tick` has something to do next; null: the region can sleep. */
  nextWakeMs(): number | null {
    const nextMs = Math.min(
      this.#matchmaking.nextTickMs(),
      this.#matches.earliestDeadlineMs,
      this.#readyChecks.nextDeadlineMs(),
      this.leases.earliestMs,
    );
    return nextMs === Number.POSITIVE_INFINITY ? null : nextMs;
  }

  /** What changed since the last call, in order. */
  takeChanges(): Change[] {
    return this.#changes.take();
  }

  /** A live match as anybody may see it: of one that is still asked about, only that it is. */
  publicMatch(matchId: string): Match | null {
    return this.#readyChecks.publicMatch(matchId) ?? this.#matches.find(matchId) ?? null;
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

  /** Ready checks that are open, in all modes. */
  get openReadyChecks(): number {
    return this.#readyChecks.count;
  }

  waitingTickets(mode: string): number {
    return this.#pools.ticketCountOf(mode);
  }

  waitingPlayers(mode: string): number {
    return this.#pools.playersOf(mode);
  }

  /** Those of them on tickets that are not matched for now: a socket was lost; see `Leases`. */
  passedOverPlayers(mode: string): number {
    return this.#pools.passedOverPlayersOf(mode);
  }

  /** Whether the match that is answered to is on already, with that player. */
  #isIn({ playerId, matchId }: Answer): boolean {
    const state = this.stateOf(playerId);
    return state.type === "matched" && state.match.matchId === matchId;
  }
}
