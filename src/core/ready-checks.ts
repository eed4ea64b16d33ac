import { assert } from "./assert.ts";
import type { ChangeLog } from "./change-log.ts";
import type { Prompt, ProposalEvent, ProposalOutcome } from "./changes.ts";
import type { CoolDown, CoolDowns } from "./cool-downs.ts";
import type { Line } from "./line.ts";
import type { FoundMatch } from "./matching/found-match.ts";
import type { Mode, ModeTable, ReadyCheckRules } from "./mode.ts";
import { playersPerMatch } from "./mode.ts";
import { OpenProposals } from "./open-proposals.ts";
import type { Proposal, Seat } from "./proposal.ts";
import { lateSeats, newSeats, owedMs, seatOf, viewOf, withoutAckDue, withSeat } from "./proposal.ts";
import type { Answer, AnswerRefusal, ReadyCheckView } from "./ready-check-calls.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import { Seating } from "./seating.ts";
import type { Ticket, TicketEnding } from "./ticket.ts";

/** A proposal that lost players so many times is given up: those who are held have waited enough. */
const MOST_ROUNDS = 6;

export interface ReadyCheckSettings {
  readonly modes: ModeTable;
  readonly line: Line;
  readonly coolDowns: CoolDowns;
  readonly changes: ChangeLog;
  /** Everybody has accepted: makes the match. */
  readonly confirm: (found: FoundMatch, mode: Mode, matchId: string, nowMs: number) => void;
  /** The best teams of these tickets and some who wait; null: nobody fits so far. */
  readonly findOthers: (held: readonly Ticket[], mode: Mode, nowMs: number) => FoundMatch["teams"] | null;
  /** Whether a player has a client now that gets what it is sent. */
  readonly isConnected: (playerId: string) => boolean;
  /** A mode needs players for an empty place now, or none any more. */
  readonly needChanged: (mode: string, nowMs: number) => void;
}

/**
 * The ready checks of a region: everybody who is to be in a match is asked, and one who says no ruins nothing.
 *
 * 1. A group that was found becomes a proposal. Its tickets are set aside, and all their players are asked, each until
 *    the same deadline. When all have accepted, the match is made.
 * 2. Whoever declines, cancels, or has not accepted at the deadline ends their ticket: a party's whole place falls
 *    empty. It costs that player a cool-down if they are known to have been shown the question, and nothing otherwise.
 *    A connected player whose client does not even say that it shows the question is not waited for that long.
 * 3. Repair: the others are held, and every tick looks for tickets that fill the empty places. Only those are asked, in
 *    the next round. An answer names its round, so one that was late never counts for a later one.
 * 4. If nobody is found in time, or less than half of the players are left, the rest return to their old place in
 *    line. The time that the ready check took them counts twice, then and already while others are looked for: that is
 *    their priority.
 */
export class ReadyChecks {
  readonly #settings: ReadyCheckSettings;
  readonly #open = new OpenProposals();
  readonly #seating: Seating;

  constructor(settings: ReadyCheckSettings) {
    this.#settings = settings;
    this.#seating = new Seating(settings.line, settings.coolDowns);
  }

  /**
   * Takes a proposal up again after the region was away. One whose rules or tickets are gone ends. Whoever has not
   * answered and could not, because nobody was connected, gets the whole time once more, but once only.
   *
   * @param isConnected whether a player has a socket now
   */
  restore(proposal: Proposal, isConnected: (playerId: string) => boolean, nowMs: number): void {
    const { modes, line } = this.#settings;
    const rules = modes.byName.get(proposal.mode)?.readyCheck ?? null;
    const tickets = proposal.seats.map(({ ticketId }) => line.get(ticketId));
    for (const ticket of tickets) if (ticket !== undefined) line.setAside(ticket, nowMs);
    if (rules === null || tickets.includes(undefined)) {
      this.#dissolve(proposal, nowMs);
      return;
    }
    const known = withoutAckDue(proposal);
    this.#put(known);
    const isAway = (seat: Seat) => !this.#seating.unansweredOf(seat).every(isConnected);
    const late = lateSeats(known, isAway, rules, nowMs);
    if (late.length === 0) return;
    this.#save(late.reduce(withSeat, known), "extended", this.#seating.prompts(late, rules, nowMs));
  }

  /** Asks the players of a group that was found. */
  propose(found: FoundMatch, mode: Mode, matchId: string, nowMs: number): void {
    const rules = rulesOf(mode);
    const seats = newSeats(found.teams, 1, rules, this.#settings.isConnected, nowMs);
    for (const ticket of found.teams.flat()) this.#settings.line.setAside(ticket, nowMs);
    const { pass } = found;
    const proposal = { matchId, mode: mode.name, pass, round: 1, seats, proposedAtMs: nowMs, repairUntilMs: null };
    this.#save(proposal, "proposed", this.#seating.prompts(seats, rules, nowMs));
  }

  /** The question has been shown. Not written for itself: if the region forgets it, nobody is punished. */
  ack(answer: Answer): Result<null, AnswerRefusal> {
    const asked = this.#find(answer);
    if (!asked.ok) return asked;
    const { proposal, seat } = asked.value;
    this.#put(withSeat(proposal, { ...seat, acked: withPlayer(seat.acked, answer.playerId) }));
    return accept(null);
  }

  /** Again: the same answer, and nothing changes. */
  accept(answer: Answer, nowMs: number): Result<null, AnswerRefusal> {
    const asked = this.#find(answer);
    if (!asked.ok) return asked;
    const { proposal, seat } = asked.value;
    if (seat.accepted.includes(answer.playerId)) return accept(null);
    const acked = withPlayer(seat.acked, answer.playerId);
    const accepted = withPlayer(seat.accepted, answer.playerId);
    const answered = withSeat(proposal, { ...seat, acked, accepted });
    if (this.#seating.isComplete(answered)) this.#confirm(answered, nowMs);
    else this.#save(answered, "answered");
    return accept(null);
  }

  decline(answer: Answer, nowMs: number): Result<null, AnswerRefusal> {
    const asked = this.#find(answer);
    if (!asked.ok) return asked;
    const { proposal, seat } = asked.value;
    this.#lose(proposal, [{ seat, ending: "declined", by: answer.playerId }], nowMs);
    return accept(null);
  }

  /**
   * A ticket that is being asked is cancelled. That is the same as to decline.
   *
   * @param by who wishes it; null: the system, which costs nobody anything
   * @returns false: it is in no proposal
   */
  cancel({ ticketId }: Ticket, by: string | null, nowMs: number): boolean {
    const proposal = this.#open.ofTicket(ticketId);
    const seat = proposal === undefined ? undefined : seatOf(proposal, ticketId);
    if (proposal === undefined || seat === undefined) return false;
    this.#lose(proposal, [{ seat, ending: "cancelled", by }], nowMs);
    return true;
  }

  /** Ends what was not answered in time, and repairs that found nobody. */
  passDeadlines(nowMs: number): void {
    for (const proposal of this.#open.due(nowMs)) {
      const lapsed = proposal.seats.filter((seat) => this.#seating.lapsesAtMs(seat) <= nowMs);
      if (lapsed.length > 0) {
        const losses = lapsed.map((seat) => ({ seat, ending: "lapsed", by: null }) as const);
        this.#lose(proposal, losses, nowMs);
      } else {
        this.#dissolve(proposal, nowMs);
      }
    }
  }

  /** Fills the empty places of a mode's proposals, the oldest first. To be called before its tick makes new ones. */
  repair(mode: Mode, nowMs: number): void {
    for (const proposal of this.#open.withEmptyPlaces(mode.name)) {
      const held = proposal.seats.map((seat) => this.#seating.owedTicketOf(seat, nowMs));
      const teams = this.#settings.findOthers(held, mode, nowMs);
      if (teams !== null) this.#fill(proposal, teams, rulesOf(mode), nowMs);
    }
  }

  hasEmptyPlaces(mode: string): boolean {
    return this.#open.hasEmptyPlaces(mode);
  }

  get count(): number {
    return this.#open.count;
  }

  isAsked(ticketId: string): boolean {
    return this.#open.ofTicket(ticketId) !== undefined;
  }

  find(matchId: string): Proposal | undefined {
    return this.#open.find(matchId);
  }

  /** The ready check that a player is in; null: none. */
  viewFor(playerId: string, nowMs: number): ReadyCheckView | null {
    const { line, modes, coolDowns } = this.#settings;
    const ticketId = line.ticketOf(playerId)?.ticketId;
    const proposal = ticketId === undefined ? undefined : this.#open.ofTicket(ticketId);
    const rules = proposal === undefined ? null : (modes.byName.get(proposal.mode)?.readyCheck ?? null);
    const seat = proposal === undefined ? undefined : seatOf(proposal, ticketId ?? "");
    if (proposal === undefined || seat === undefined || rules === null) return null;
    return viewOf(proposal, seat, playerId, coolDowns.nextS(playerId, rules, nowMs));
  }

  /** Infinity when nobody is asked. May be too early: the wake is then for nothing. */
  nextDeadlineMs(): number {
    return this.#open.earliestMs;
  }

  #find({ playerId, matchId, round }: Answer): Result<{ proposal: Proposal; seat: Seat }, AnswerRefusal> {
    const ticket = this.#settings.line.ticketOf(playerId);
    const proposal = this.#open.find(matchId);
    const seat = proposal === undefined || ticket === undefined ? undefined : seatOf(proposal, ticket.ticketId);
    if (proposal === undefined || seat === undefined) return refuse({ reason: "unknown_ready_check" });
    if (seat.round !== round) return refuse({ reason: "stale_round", round: seat.round });
    return accept({ proposal, seat });
  }

  /** Seats fall empty; what becomes of the others. */
  #lose(proposal: Proposal, losses: readonly Loss[], nowMs: number): void {
    const { modes, line } = this.#settings;
    const mode = modes.byName.get(proposal.mode);
    assert(mode !== undefined, "a proposal's mode exists");
    const rules = rulesOf(mode);
    for (const { seat, ending, by } of losses) {
      const coolDowns = this.#punish(seat, ending, by, rules, nowMs);
      const { matchId } = proposal;
      line.end(this.#seating.ticketOf(seat), ending, nowMs, {
        by,
        matchId,
        ...(coolDowns.length > 0 && { coolDowns }),
      });
    }
    const seats = proposal.seats.filter((seat) => losses.every((loss) => loss.seat !== seat));
    const left: Proposal = { ...proposal, seats, repairUntilMs: nowMs + rules.repairS * 1_000 };
    const players = seats.flatMap((seat) => this.#seating.playerIdsOf(seat)).length;
    const isWorthRepairing = rules.repairS > 0 && proposal.round < MOST_ROUNDS && 2 * players >= playersPerMatch(mode);
    if (!isWorthRepairing) {
      this.#dissolve(left, nowMs);
      return;
    }
    this.#save(left, "repairing", [], acceptedOf(left));
    this.#settings.needChanged(mode.name, nowMs);
  }

  /** Whoever was shown the question, and declined it or let it lapse. */
  #punish(seat: Seat, ending: TicketEnding, by: string | null, rules: ReadyCheckRules, nowMs: number): CoolDown[] {
    // A seat that lapses before its deadline does so because a client was silent: the others on it had time left.
    const late = nowMs < seat.deadlineMs ? [] : this.#seating.unansweredOf(seat);
    const guilty = ending === "lapsed" ? late : [by].filter((playerId) => playerId !== null);
    return guilty
      .filter((playerId) => seat.acked.includes(playerId))
      .flatMap((playerId) => this.#settings.coolDowns.punish(playerId, rules, nowMs) ?? []);
  }

  /** Held tickets keep their answers, also on another team; only who is new is asked. */
  #fill(proposal: Proposal, teams: FoundMatch["teams"], rules: ReadyCheckRules, nowMs: number): void {
    const round = proposal.round + 1;
    const seats = newSeats(teams, round, rules, this.#settings.isConnected, nowMs).map((seat) => {
      const held = seatOf(proposal, seat.ticketId);
      return held === undefined ? seat : { ...held, team: seat.team };
    });
    const asked = seats.filter((seat) => seat.round === round);
    for (const seat of asked) this.#settings.line.setAside(this.#seating.ticketOf(seat), nowMs);
    this.#save(
      { ...proposal, round, seats, repairUntilMs: null },
      "repaired",
      this.#seating.prompts(asked, rules, nowMs),
    );
    this.#settings.needChanged(proposal.mode, nowMs);
  }

  #confirm(proposal: Proposal, nowMs: number): void {
    const mode = this.#settings.modes.byName.get(proposal.mode);
    assert(mode !== undefined, "a proposal's mode exists");
    const teams = Array.from({ length: mode.teams }, (_, team) =>
      proposal.seats.filter((seat) => seat.team === team).map((seat) => this.#seating.ticketOf(seat)),
    );
    this.#end(proposal, "confirmed");
    this.#settings.confirm({ teams, pass: proposal.pass }, mode, proposal.matchId, nowMs);
  }

  #dissolve(proposal: Proposal, nowMs: number): void {
    const { line, needChanged } = this.#settings;
    const present = proposal.seats.flatMap((seat) => {
      const ticket = line.get(seat.ticketId);
      return ticket === undefined ? [] : { ticket, priorityMs: owedMs(ticket, seat, nowMs) };
    });
    const playerIds = present.flatMap(({ ticket }) => ticket.players.map(({ playerId }) => playerId));
    this.#end(proposal, "dissolved", playerIds);
    for (const { ticket, priorityMs } of present) line.putBack(ticket, priorityMs, nowMs);
    needChanged(proposal.mode, nowMs);
  }

  #save(
    proposal: Proposal,
    event: ProposalEvent,
    prompts: readonly Prompt[] = [],
    playerIds: readonly string[] = [],
  ): void {
    this.#put(proposal);
    this.#settings.changes.record({ type: "proposal_changed", proposal, event, prompts, playerIds });
  }

  #put(proposal: Proposal): void {
    this.#open.put(proposal, this.#seating.deadlineMs(proposal));
  }

  #end(proposal: Proposal, outcome: ProposalOutcome, playerIds: readonly string[] = []): void {
    this.#open.remove(proposal);
    this.#settings.changes.record({ type: "proposal_ended", proposal, outcome, playerIds });
  }
}

interface Loss {
  readonly seat: Seat;
  readonly ending: Extract<TicketEnding, "declined" | "lapsed" | "cancelled">;
  readonly by: string | null;
}

function rulesOf({ readyCheck }: Mode): ReadyCheckRules {
  assert(readyCheck !== null, "only a mode with a ready check proposes");
  return readyCheck;
}

function withPlayer(playerIds: readonly string[], playerId: string): readonly string[] {
  return playerIds.includes(playerId) ? playerIds : [...playerIds, playerId];
}

function acceptedOf({ seats }: Proposal): string[] {
  return seats.flatMap(({ accepted }) => accepted);
}
