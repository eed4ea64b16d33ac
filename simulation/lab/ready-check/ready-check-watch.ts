import type { Change } from "../../../src/core/changes.ts";
import type { Proposal } from "../../../src/core/proposal.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { Answer } from "../../../src/core/ready-check-calls.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import type { ReadyCheckViolations } from "./ready-check-run.ts";

/** Watches a queue with books of its own: what players sent, and what the queue said that it did. */
export class ReadyCheckWatch {
  /** The question that each player was sent last. */
  readonly #lastAsked = new Map<string, string>();
  readonly #shown = new Set<string>();
  readonly #acceptedMatches = new Set<string>();
  readonly #waiting = new Map<string, Ticket>();
  readonly #matchOfTicket = new Map<string, string>();
  #tickets = 0;
  #endedTwice = 0;
  #bookings = 0;
  #doubleBookings = 0;
  #penalties = 0;
  #penaltiesWithoutAck = 0;
  #matchedPlayers = 0;
  #unaskedPlayers = 0;

  /** A client sent that it showed the question, whether the queue takes it or not. */
  sawAck(answer: Answer): void {
    this.#shown.add(keyOf(answer.playerId, answer.matchId, answer.round));
  }

  /** A player's accept; whoever accepts has seen what. */
  sawAccept(answer: Answer): void {
    this.sawAck(answer);
    this.#acceptedMatches.add(`${answer.playerId} ${answer.matchId}`);
  }

  /** To be called with the changes of every event, in order. */
  take(changes: readonly Change[]): void {
    for (const change of changes) {
      if (change.type === "ticket_added") this.#added(change.ticket);
      else if (change.type === "ticket_ended") this.#ended(change);
      else if (change.type === "proposal_changed") this.#booked(change.proposal, change.prompts);
      else if (change.type === "proposal_ended") this.#released(change.proposal, change.outcome === "confirmed");
      else if (change.type === "cool_down_started") this.#penalties += 1;
    }
    this.#checkPenalties(changes);
  }

  /** @param queue at the end: whoever has not ended must be in it */
  violations(queue: Queue): ReadyCheckViolations {
    const missing = [...this.#waiting.values()].filter(({ ticketId, players }) =>
      players.some(({ playerId }) => {
        const state = queue.stateOf(playerId);
        return state.type !== "queued" || state.ticket.ticketId !== ticketId;
      }),
    ).length;
    return {
      penaltiesWithoutAck: { count: this.#penaltiesWithoutAck, of: this.#penalties },
      doubleBookings: { count: this.#doubleBookings, of: this.#bookings },
      lostTickets: { count: this.#endedTwice + missing, of: this.#tickets },
      unaskedPlayers: { count: this.#unaskedPlayers, of: this.#matchedPlayers },
    };
  }

  #added(ticket: Ticket): void {
    this.#tickets += 1;
    this.#waiting.set(ticket.ticketId, ticket);
  }

  #ended({ ticket, ending, matchId }: Extract<Change, { type: "ticket_ended" }>): void {
    if (!this.#waiting.delete(ticket.ticketId)) this.#endedTwice += 1;
    if (ending !== "matched" && matchId !== undefined) this.#matchOfTicket.delete(ticket.ticketId);
  }

  #booked({ matchId, seats }: Proposal, prompts: readonly { playerId: string; round: number }[]): void {
    for (const { playerId, round } of prompts) this.#lastAsked.set(playerId, keyOf(playerId, matchId, round));
    for (const { ticketId } of seats) {
      const booked = this.#matchOfTicket.get(ticketId);
      if (booked === matchId) continue;
      this.#bookings += 1;
      if (booked !== undefined || !this.#waiting.has(ticketId)) this.#doubleBookings += 1;
      this.#matchOfTicket.set(ticketId, matchId);
    }
  }

  #released({ matchId, seats }: Proposal, isConfirmed: boolean): void {
    for (const { ticketId } of seats) {
      this.#matchOfTicket.delete(ticketId);
      if (!isConfirmed) continue;
      // The tickets of a match end after its proposal did.
      for (const { playerId } of this.#waiting.get(ticketId)?.players ?? []) {
        this.#matchedPlayers += 1;
        if (!this.#acceptedMatches.has(`${playerId} ${matchId}`)) this.#unaskedPlayers += 1;
      }
    }
  }

  /** A cool-down belongs to the end of a ticket in a ready check, and follows an ack of the last question of that. */
  #checkPenalties(changes: readonly Change[]): void {
    const explained = new Map<string, string>();
    if (!changes.some(({ type }) => type === "cool_down_started")) return;
    for (const change of changes) {
      if (change.type !== "ticket_ended") continue;
      for (const { playerId } of change.ticket.players) explained.set(playerId, change.matchId ?? "");
    }
    for (const change of changes) {
      if (change.type !== "cool_down_started") continue;
      const { playerId } = change.coolDown;
      const asked = this.#lastAsked.get(playerId) ?? "";
      const isRight = asked.startsWith(`${playerId} ${explained.get(playerId)} `) && this.#shown.has(asked);
      if (!isRight) this.#penaltiesWithoutAck += 1;
    }
  }
}

function keyOf(playerId: string, matchId: string, round: number): string {
  return `${playerId} ${matchId} ${round}`;
}
