import { assert } from "./assert.ts";
import type { ChangeLog } from "./change-log.ts";
import type { CoolDowns } from "./cool-downs.ts";
import type { Line } from "./line.ts";
import type { Loss } from "./losses.ts";
import { Losses } from "./losses.ts";
import type { Match } from "./match.ts";
import type { FoundMatch } from "./matching/found-match.ts";
import type { Mode, ModeTable, ReadyCheckRules } from "./mode.ts";
import { playersPerMatch } from "./mode.ts";
import { OpenProposals } from "./open-proposals.ts";
import type { Proposal, Seat } from "./proposal.ts";
import { hiddenMatch, lateSeats, newSeats, owedMs, seatOf, viewOf, withoutAckDue, withSeat } from "./proposal.ts";
import type { Answer, AnswerRefusal, ReadyCheckView } from "./ready-check-calls.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import { Seating } from "./seating.ts";
import type { Ticket } from "./ticket.ts";

/** A proposal that lost players so many times is given up: those who are held have waited enough. */
const MOST_ROUNDS = 6;

/**
 * Acks come in a burst, and are written once for all of it. Sooner than an idle object is put to sleep, which forgets
 * what is not written.
 */
const ACKS_SAVED_WITHIN_MS = 2_000;

export interface ReadyCheckSettings {
  readonly modes: ModeTable;
  readonly line: Line;
  readonly coolDowns: CoolDowns;
  readonly changes: ChangeLog;
  /** Everybody has accepted: makes the match. */
  readonly confirm: (found: FoundMatch, mode: Mode, matchId: string, nowMs: number) => void;
  /** The best teams of each group of tickets and some who wait; null: nobody fits so far. */
  readonly findOthers: (
    held: readonly (readonly Ticket[])[],
    mode: Mode,
    nowMs: number,
  ) => readonly (FoundMatch["teams"] | null)[];
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
 *    their priority. Another place that falls empty while somebody is looked for starts the search's time anew.
 */
export class ReadyChecks {
  readonly #settings: ReadyCheckSettings;
  readonly #seating: Seating;
  readonly #losses: Losses;
  readonly #open: OpenProposals;

  constructor(settings: ReadyCheckSettings) {
    const { line, coolDowns, changes } = settings;
    this.#settings = settings;
    this.#seating = new Seating(line, coolDowns);
    this.#losses = new Losses(line, coolDowns, this.#seating);
    this.#open = new OpenProposals(changes, (proposal) => this.#seating.deadlineMs(proposal));
  }

  /**
   * Takes a proposal up again after the region was away. One whose tickets are gone, or that its mode would not make
   * any more, ends. Whoever has not answered and could not, because nobody was connected, gets the whole time once more,
   * but once only.
   */
  restore(proposal: Proposal, nowMs: number): void {
    const { modes, line } = this.#settings;
    const mode = modes.byName.get(proposal.mode);
    const tickets = proposal.seats.map(({ ticketId }) => line.get(ticketId));
    for (const ticket of tickets) if (ticket !== undefined) line.setAside(ticket, nowMs);
    const isPossible = !tickets.includes(undefined) && mode !== undefined && this.#seating.suits(proposal, mode);
    if (!isPossible || isTooLateToRepair(proposal, nowMs)) {
      this.#dissolve(proposal, nowMs);
      return;
    }
    const rules = rulesOf(mode);
    const known = withoutAckDue(proposal);
    const isAway = (seat: Seat) => !this.#seating.unansweredOf(seat).every(this.#settings.isConnected);
    const late = lateSeats(known, isAway, rules, nowMs);
    const prompts = this.#seating.prompts(late, rules, nowMs);
    if (late.length === 0) this.#open.put(known);
    else this.#open.save(late.reduce(withSeat, known), "extended", { prompts });
  }

  /** Asks the players of a group that was found. */
  propose(found: FoundMatch, mode: Mode, matchId: string, nowMs: number): void {
    const rules = rulesOf(mode);
    const seats = newSeats(found.teams, 1, rules, this.#settings.isConnected, nowMs);
    for (const ticket of found.teams.flat()) this.#settings.line.setAside(ticket, nowMs);
    const { pass } = found;
    const proposal = { matchId, mode: mode.name, pass, round: 1, seats, proposedAtMs: nowMs, repairUntilMs: null };
    this.#open.save(proposal, "proposed", { prompts: this.#seating.prompts(seats, rules, nowMs) });
  }

  /** The question has been shown. Saved a moment later, with all that come until then. */
  ack(answer: Answer, nowMs: number): Result<null, AnswerRefusal> {
    const asked = this.#find(answer);
    if (!asked.ok) return asked;
    const { proposal, seat } = asked.value;
    if (seat.acked.includes(answer.playerId)) return accept(null);
    const acked = [...seat.acked, answer.playerId];
    this.#open.saveLater(withSeat(proposal, { ...seat, acked }), nowMs + ACKS_SAVED_WITHIN_MS);
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
    // Who accepts while a place is empty is told so; the others know it.
    else this.#open.save(answered, "answered", answered.repairUntilMs === null ? {} : { playerIds: [answer.playerId] });
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

  /** Ends what was not answered in time, and repairs that found nobody; saves acks that nothing else has saved. */
  passDeadlines(nowMs: number): void {
    for (const proposal of this.#open.due(nowMs)) {
      const lapsed = proposal.seats.filter((seat) => this.#seating.lapsesAtMs(seat) <= nowMs);
      if (lapsed.length > 0) {
        const losses = lapsed.map((seat) => ({ seat, ending: "lapsed", by: null }) as const);
        this.#lose(proposal, losses, nowMs);
      } else if (isTooLateToRepair(proposal, nowMs)) {
        this.#dissolve(proposal, nowMs);
      } else {
        this.#open.save(proposal, "shown");
      }
    }
  }

  /** Fills the empty places of a mode's proposals, the oldest first. To be called before its tick makes new ones. */
  repair(mode: Mode, nowMs: number): void {
    const broken = this.#open.withEmptyPlaces(mode.name);
    if (broken.length === 0) return;
    const held = broken.map(({ seats }) => seats.map((seat) => this.#seating.owedTicketOf(seat, nowMs)));
    const found = this.#settings.findOthers(held, mode, nowMs);
    broken.forEach((proposal, index) => {
      const teams = found[index] ?? null;
      if (teams !== null) this.#fill(proposal, teams, rulesOf(mode), nowMs);
    });
  }

  hasEmptyPlaces(mode: string): boolean {
    return this.#open.hasEmptyPlaces(mode);
  }

  get count(): number {
    return this.#open.count;
  }

  /** Tickets whose players are asked, or held while others are looked for. */
  get ticketCount(): number {
    return this.#open.ticketCount;
  }

  isAsked(ticketId: string): boolean {
    return this.#open.ofTicket(ticketId) !== undefined;
  }

  /** An open ready check as everybody may see it; null: there is none of this match. */
  publicMatch(matchId: string): Match | null {
    const proposal = this.#open.find(matchId);
    return proposal === undefined ? null : hiddenMatch(proposal, this.#modeOf(proposal));
  }

  /** The ready check that a player is in; null: none. */
  viewFor(playerId: string, nowMs: number): ReadyCheckView | null {
    const { line, coolDowns } = this.#settings;
    const ticketId = line.ticketOf(playerId)?.ticketId ?? "";
    const proposal = this.#open.ofTicket(ticketId);
    const seat = proposal === undefined ? undefined : seatOf(proposal, ticketId);
    if (proposal === undefined || seat === undefined) return null;
    return viewOf(proposal, seat, playerId, coolDowns.nextS(playerId, rulesOf(this.#modeOf(proposal)), nowMs));
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
    const mode = this.#modeOf(proposal);
    const rules = rulesOf(mode);
    const seats = this.#losses.take(proposal, losses, rules, nowMs);
    const left: Proposal = { ...proposal, seats, repairUntilMs: nowMs + rules.repairS * 1_000 };
    const players = seats.flatMap((seat) => this.#seating.playerIdsOf(seat)).length;
    const isWorthRepairing = rules.repairS > 0 && proposal.round < MOST_ROUNDS && 2 * players >= playersPerMatch(mode);
    if (!isWorthRepairing || isTooLateToRepair(proposal, nowMs)) {
      this.#dissolve(left, nowMs);
      return;
    }
    this.#open.save(left, "repairing", { playerIds: seats.flatMap(({ accepted }) => accepted) });
    this.#settings.needChanged(mode.name, nowMs);
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
    const prompts = this.#seating.prompts(asked, rules, nowMs);
    const playerIds = seats.flatMap(({ accepted }) => accepted);
    this.#open.save({ ...proposal, round, seats, repairUntilMs: null }, "repaired", { prompts, playerIds });
    this.#settings.needChanged(proposal.mode, nowMs);
  }

  #confirm(proposal: Proposal, nowMs: number): void {
    const mode = this.#modeOf(proposal);
    const teams = this.#seating.teamsOf(proposal, mode.teams);
    this.#open.end(proposal, "confirmed");
    this.#settings.confirm({ teams, pass: proposal.pass }, mode, proposal.matchId, nowMs);
  }

  #dissolve(proposal: Proposal, nowMs: number): void {
    const { line, needChanged } = this.#settings;
    const present = proposal.seats.flatMap((seat) => {
      const ticket = line.get(seat.ticketId);
      return ticket === undefined ? [] : { ticket, priorityMs: owedMs(ticket, seat, nowMs) };
    });
    const playerIds = present.flatMap(({ ticket }) => ticket.players.map(({ playerId }) => playerId));
    this.#open.end(proposal, "dissolved", playerIds);
    for (const { ticket, priorityMs } of present) line.putBack(ticket, priorityMs, nowMs);
    needChanged(proposal.mode, nowMs);
  }

  #modeOf(proposal: Proposal): Mode {
    const mode = this.#settings.modes.byName.get(proposal.mode);
    assert(mode !== undefined, "a proposal's mode exists");
    return mode;
  }
}

function rulesOf({ readyCheck }: Mode): ReadyCheckRules {
  assert(readyCheck !== null, "only a mode with a ready check proposes");
  return readyCheck;
}

function withPlayer(playerIds: readonly string[], playerId: string): readonly string[] {
  return playerIds.includes(playerId) ? playerIds : [...playerIds, playerId];
}

/** Somebody was looked for, and the time for that is over. */
function isTooLateToRepair({ repairUntilMs }: Proposal, nowMs: number): boolean {
  return repairUntilMs !== null && repairUntilMs <= nowMs;
}
