import { assert } from "./assert.ts";
import type { Prompt } from "./changes.ts";
import type { CoolDowns } from "./cool-downs.ts";
import type { Line } from "./line.ts";
import { areTeamsOf, canPlayTogether } from "./matching/can-play-together.ts";
import type { Mode, ReadyCheckRules } from "./mode.ts";
import { playersPerMatch } from "./mode.ts";
import type { Proposal, Seat } from "./proposal.ts";
import { owedMs } from "./proposal.ts";
import type { Ticket } from "./ticket.ts";

/** Who sits on the seats of proposals. */
export class Seating {
  readonly #line: Pick<Line, "get">;
  readonly #coolDowns: CoolDowns;

  constructor(line: Pick<Line, "get">, coolDowns: CoolDowns) {
    this.#line = line;
    this.#coolDowns = coolDowns;
  }

  ticketOf({ ticketId }: Seat): Ticket {
    const ticket = this.#line.get(ticketId);
    assert(ticket !== undefined, "a seat's ticket exists");
    return ticket;
  }

  /** The seat's ticket as it would return to line now, with what it would be owed. */
  owedTicketOf(seat: Seat, nowMs: number): Ticket {
    const ticket = this.ticketOf(seat);
    return { ...ticket, priorityMs: owedMs(ticket, seat, nowMs) };
  }

  playerIdsOf(seat: Seat): string[] {
    return this.ticketOf(seat).players.map(({ playerId }) => playerId);
  }

  /** The tickets by team. @param teams of the mode */
  teamsOf({ seats }: Proposal, teams: number): Ticket[][] {
    const isOn = (team: number) => (seat: Seat) => seat.team === team;
    return Array.from({ length: teams }, (_, team) => seats.filter(isOn(team)).map((seat) => this.ticketOf(seat)));
  }

  unansweredOf(seat: Seat): string[] {
    return this.playerIdsOf(seat).filter((playerId) => !seat.accepted.includes(playerId));
  }

  isAnswered(seat: Seat): boolean {
    return this.unansweredOf(seat).length === 0;
  }

  /** When the seat falls empty if nothing more comes of its players; infinity: all have accepted. */
  lapsesAtMs(seat: Seat): number {
    if (this.isAnswered(seat)) return Number.POSITIVE_INFINITY;
    const { ackDue, acked, deadlineMs } = seat;
    const isShown = ackDue === undefined || ackDue.playerIds.every((playerId) => acked.includes(playerId));
    return isShown ? deadlineMs : ackDue.deadlineMs;
  }

  isComplete({ repairUntilMs, seats }: Proposal): boolean {
    return repairUntilMs === null && seats.every((seat) => this.isAnswered(seat));
  }

  /** When time alone changes the proposal. */
  deadlineMs({ repairUntilMs, seats }: Proposal): number {
    const deadlinesMs = seats.map((seat) => this.lapsesAtMs(seat));
    return Math.min(repairUntilMs ?? Number.POSITIVE_INFINITY, ...deadlinesMs);
  }

  /** Whether the mode as it is today still asks, and would still put these together. */
  suits(proposal: Proposal, mode: Mode): boolean {
    const { seats, repairUntilMs } = proposal;
    if (mode.readyCheck === null) return false;
    if (repairUntilMs === null) {
      // Whoever is on a team that the mode has no more would be in no team at all.
      return seats.every(({ team }) => team < mode.teams) && areTeamsOf(mode, this.teamsOf(proposal, mode.teams));
    }
    const held = seats.map((seat) => this.ticketOf(seat));
    // If no place is empty any more, nobody would be asked, and nobody's answer would make the match.
    const players = held.flatMap((ticket) => ticket.players).length;
    return players < playersPerMatch(mode) && canPlayTogether(held, mode);
  }

  /** What those on these seats who have not accepted are asked. */
  prompts(seats: readonly Seat[], rules: ReadyCheckRules, nowMs: number): Prompt[] {
    return seats.flatMap((seat) =>
      this.unansweredOf(seat).map((playerId) => ({
        playerId,
        round: seat.round,
        deadlineMs: seat.deadlineMs,
        coolDownS: this.#coolDowns.nextS(playerId, rules, nowMs),
      })),
    );
  }
}
