import { assert } from "./assert.ts";
import { withoutAssignment } from "./assignment.ts";
import type { Assignments } from "./assignments.ts";
import type { Backfills } from "./backfills.ts";
import type { Change } from "./changes.ts";
import type { CoolDown } from "./cool-downs.ts";
import type { Leases } from "./leases.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Violation } from "./ledger/violation.ts";
import type { LiveMatches } from "./live-matches.ts";
import type { Match, Report } from "./match.ts";
import type { Explanation } from "./matching/explain.ts";
import type { WaitInterval } from "./matching/recent-waits.ts";
import type { Mode } from "./mode.ts";
import type { Parties } from "./parties.ts";
import type {
  CancelRefusal,
  EnqueueRefusal,
  EnqueueRequest,
  PartyEnqueueRefusal,
  PartyRequest,
  PlayerState,
  Redriven,
  RedriveRefusal,
  ReportRefusal,
} from "./queue-calls.ts";
import type { QueueSettings } from "./queue-parts.ts";
import { compareBooks, QueueParts, takeUp } from "./queue-parts.ts";
import type { QueueState } from "./queue-state.ts";
import type { PlayerRating } from "./rating/player-rating.ts";
import type { Answer, AnswerRefusal, ReadyCheckView } from "./ready-check-calls.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import type { Revocations } from "./revocations.ts";
import { tickModes } from "./tick-modes.ts";
import type { Ticket } from "./ticket.ts";

/**
 * The region's queue: a state machine that owns who waits and who plays.
 *
 * Every method takes the time, changes the state in memory, and records what it changed. The caller takes the changes,
 * writes them in one transaction, and only then answers or tells anybody. A method that refuses changes nothing, but that the call
 * was a sign of life.
 */
export class Queue {
  readonly #settings: QueueSettings;
  readonly #parts: QueueParts;

  /** @param isConnected whether a player has a client now that gets what it is sent */
  constructor(
    settings: QueueSettings,
    state: QueueState,
    nowMs: number,
    isConnected: (playerId: string) => boolean = () => false,
  ) {
    this.#settings = settings;
    this.#parts = new QueueParts(settings, this, state, isConnected, nowMs);
    takeUp(state, settings, this.#parts, nowMs);
  }

  /** The parties that players made. */
  get parties(): Parties {
    return this.#parts.parties;
  }

  /** What keeps places in line, and who is passed over. */
  get leases(): Leases {
    return this.#parts.leases;
  }

  /** Running matches that ask for players. */
  get backfills(): Backfills {
    return this.#parts.backfills;
  }

  /** Which match has which game server. */
  get assignments(): Assignments {
    return this.#parts.assignments;
  }

  /** Whom the operator has shut out. */
  get revocations(): Revocations {
    return this.#parts.revocations;
  }

  /**
   * Gives a player a place in line.
   *
   * - queued already: the same ticket and place, unless another mode is asked for
   * - in a pending match: refused; but the system releases a player who is in it for more than 10 s, or at once when it
   *   says so. A repeated request must never tear up a match that was made a moment ago.
   * - locked out: refused, whoever asks
   * - in a party with others: refused; its leader queues all of it, with `enqueueParty`
   * - a ticket that the mode does not take, or that nobody could ever match: refused, see `checkTicket`
   */
  enqueue(request: EnqueueRequest, nowMs: number): Result<Ticket, EnqueueRefusal> {
    return this.#parts.admission.enqueue(request, nowMs);
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
    return this.#parts.admission.enqueueParty(request, nowMs);
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
    if (!this.#parts.readyChecks.cancel(ticket, by, nowMs)) this.#parts.line.end(ticket, "cancelled", nowMs, { by });
    return accept(ticket);
  }

  /** The player was shown what they are asked. Without this nobody is punished for letting it lapse. */
  acknowledge(answer: Answer, nowMs: number): Result<null, AnswerRefusal> {
    const outcome = this.#parts.readyChecks.ack(answer, nowMs);
    return outcome.ok || !this.#isIn(answer) ? outcome : accept(null);
  }

  /** The player wants the match that they are asked about. When all do, it is made. Safe to repeat. */
  accept(answer: Answer, nowMs: number): Result<null, AnswerRefusal> {
    this.leases.seen(answer.playerId, nowMs);
    const outcome = this.#parts.readyChecks.accept(answer, nowMs);
    return outcome.ok || !this.#isIn(answer) ? outcome : accept(null);
  }

  /** The player does not want it: their ticket ends, the others are asked to wait for somebody else. */
  decline(answer: Answer, nowMs: number): Result<null, AnswerRefusal> {
    this.leases.seen(answer.playerId, nowMs);
    const outcome = this.#parts.readyChecks.decline(answer, nowMs);
    return outcome.ok || !this.#isIn(answer) ? outcome : refuse({ reason: "in_match", matchId: answer.matchId });
  }

  /** The ready check that a player is in; null: none. */
  readyCheckOf(playerId: string, nowMs: number): ReadyCheckView | null {
    return this.#parts.readyChecks.viewFor(playerId, nowMs);
  }

  /** What keeps a player out of the queue; null: nothing. */
  coolDownOf(playerId: string, nowMs: number): CoolDown | null {
    return this.#parts.coolDowns.of(playerId, nowMs);
  }

  stateOf(playerId: string): PlayerState {
    const holder = this.#parts.occupancy.of(playerId);
    if (holder === undefined) return { type: "free" };
    if (holder.type === "match") return { type: "matched", match: this.#parts.matches.get(holder.matchId) };
    const ticket = this.#parts.pools.get(holder.ticketId);
    assert(ticket !== undefined, "a holding ticket exists");
    return { type: "queued", ticket };
  }

  /** Takes a result in and frees the match's players; its rating comes later through `rated` or `ratingFailed`. */
  report(matchId: string, report: Report, nowMs: number): Result<Match, ReportRefusal> {
    if (this.#parts.readyChecks.publicMatch(matchId) !== null)
      return refuse({ reason: "not_reportable", status: "proposed" });
    return this.#parts.lifecycle.report(matchId, report, nowMs);
  }

  /** D1 holds the final row: lets go of the match. Repeats and unknown matches change nothing. */
  rated(matchId: string, ratings: readonly PlayerRating[], nowMs: number): void {
    this.#parts.lifecycle.rated(matchId, ratings, nowMs);
  }

  /** The result can never be rated as it is; waits for an operator. Only a match on its way can fail. */
  ratingFailed(matchId: string, failure: string, nowMs: number): void {
    this.#parts.lifecycle.ratingFailed(matchId, failure, nowMs);
  }

  /** An operator's order to rate a failed match again. */
  redrive(matchId: string, nowMs: number): Result<Match, RedriveRefusal> {
    return this.#parts.lifecycle.redrive(matchId, nowMs);
  }

  /**
   * The same for many, the oldest first.
   *
   * @param failure only those that failed for this reason; null: whatever it was
   * @returns how many are on their way now, and how many more there are
   */
  redriveAll(failure: string | null, limit: number, nowMs: number): Redriven {
    const failed = this.matches
      .withStatus("rating_failed")
      .filter((match) => failure === null || match.failure === failure)
      .sort((a, b) => (a.matchId < b.matchId ? -1 : 1));
    for (const { matchId } of failed.slice(0, limit)) this.redrive(matchId, nowMs);
    const redriven = Math.min(failed.length, limit);
    return { redriven, remaining: failed.length - redriven };
  }

  /**
   * Everything that time does: abandons matches past their deadline, ends expired parties, unanswered ready checks and
   * tickets whose lease ran out; then whatever the modes do whose tick is due, see `tickModes`.
   *
   * @returns how many groups were found
   */
  tick(nowMs: number): number {
    this.#parts.lifecycle.passDeadlines(nowMs, this.assignments);
    this.parties.passDeadlines(nowMs);
    this.#parts.readyChecks.passDeadlines(nowMs);
    for (const ticket of this.leases.due(nowMs)) this.#parts.line.end(ticket, "expired", nowMs);
    const newMatchId = () => `${this.#settings.newId(nowMs)}-${this.#settings.region}`;
    const { found, isSaving } = tickModes({ ...this.#parts, newMatchId }, nowMs);
    if (isSaving) {
      const learned = { ...this.#parts.matchmaking.learnedToSave(), books: this.ledger.books };
      this.#parts.changes.record({ type: "learned_saved", learned });
    }
    return found;
  }

  /** When `tick` has something to do next; null: the region can sleep. */
  nextWakeMs(): number | null {
    const nextMs = Math.min(
      this.#parts.matchmaking.nextTickMs(),
      this.#parts.matches.earliestDeadlineMs,
      this.#parts.readyChecks.nextDeadlineMs(),
      this.leases.earliestMs,
    );
    return nextMs === Number.POSITIVE_INFINITY ? null : nextMs;
  }

  /** What changed since the last call, in order. */
  takeChanges(): Change[] {
    return this.#parts.changes.take();
  }

  /** Running totals of tickets and results. */
  get ledger(): Pick<Ledger, "books" | "openedWith" | "openTickets" | "unratedResults"> {
    return this.#parts.ledger;
  }

  /** What the ledger has found wrong since it was asked last. To be asked after every event; costs a few comparisons. */
  takeViolations(): Violation[] {
    return compareBooks(this.#parts);
  }

  /** A live match as anybody may see it: without its server, and of one that is still asked about, only that it is. */
  publicMatch(matchId: string): Match | null {
    const proposed = this.#parts.readyChecks.publicMatch(matchId);
    if (proposed !== null) return proposed;
    const match = this.#parts.matches.find(matchId);
    return match === undefined ? null : withoutAssignment(match);
  }

  /** Live matches, for reading only. */
  get matches(): Pick<
    LiveMatches,
    "find" | "withStatus" | "countOf" | "newestUnrated" | "changedAfter" | "highestRev"
  > {
    return this.#parts.matches;
  }

  /**
   * How long a waiting ticket's search takes in all, from its beginning, as an interval that holds four times of five;
   * null while too few of its mode have been matched, or when no such ticket waits.
   */
  estimatedWait(ticketId: string, nowMs: number): WaitInterval | null {
    const ticket = this.#parts.pools.get(ticketId);
    return ticket === undefined ? null : this.#parts.matchmaking.estimatedWait(ticket, nowMs);
  }

  /** Why a ticket still waits; null when no such ticket does. */
  explain(ticketId: string, nowMs: number): Explanation | null {
    const ticket = this.#parts.pools.get(ticketId);
    return ticket === undefined ? null : this.#parts.matchmaking.explain(ticket, nowMs);
  }

  /** The knob `a` of a mode as it stands now. */
  pointsPerSecond(mode: Mode): number {
    return this.#parts.matchmaking.pointsPerSecond(mode);
  }

  /** Ready checks that are open, in all modes. */
  get openReadyChecks(): number {
    return this.#parts.readyChecks.count;
  }

  /** Who has a place in line, in all modes, also while they are asked. */
  get playerCount(): number {
    return this.#parts.pools.playerCount;
  }

  /** Tickets whose players are asked in them, or held while others are looked for. */
  get openReadyCheckTickets(): number {
    return this.#parts.readyChecks.ticketCount;
  }

  waitingTickets(mode: string): number {
    return this.#parts.pools.ticketCountOf(mode);
  }

  waitingPlayers(mode: string): number {
    return this.#parts.pools.playersOf(mode);
  }

  /** Those of them on tickets that are not matched for now: a socket was lost; see `Leases`. */
  passedOverPlayers(mode: string): number {
    return this.#parts.pools.passedOverPlayersOf(mode);
  }

  /** Whether the match that is answered to is on already, with that player. */
  #isIn({ playerId, matchId }: Answer): boolean {
    const state = this.stateOf(playerId);
    return state.type === "matched" && state.match.matchId === matchId;
  }
}
