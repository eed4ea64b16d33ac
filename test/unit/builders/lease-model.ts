import type { Change } from "../../../src/core/changes.ts";
import type { Ticket } from "../../../src/core/ticket.ts";

/** So long a ticket without a lease is passed over in this model's modes, and places taken over sockets are kept. */
export const MODEL_GRACE_S = 8;
export const MODEL_HTTP_LEASE_S = 13;
export const MODEL_SYSTEM_LEASE_MS = 6_000;

interface Watch {
  lastSignMs: number;
  isAway: boolean;
}

/** Who was heard of when, written down as slowly and plainly as the rules are said. */
export class LeaseModel {
  readonly sockets: string[] = [];
  readonly tickets = new Map<string, Ticket>();
  readonly endings: string[] = [];
  /** By ticket and player: those who may have left. */
  #watches = new Map<string, Watch>();

  connect(playerId: string): void {
    if (!this.sockets.includes(playerId)) this.sockets.push(playerId);
    for (const ticket of this.#ticketsOf(playerId)) this.#watches.delete(keyOf(ticket, playerId));
  }

  disconnect(playerId: string, nowMs: number): void {
    this.sockets.splice(this.sockets.indexOf(playerId), 1);
    for (const ticket of this.#ticketsOf(playerId)) {
      const watch = this.#watches.get(keyOf(ticket, playerId));
      if (watch?.isAway !== true) this.#watches.set(keyOf(ticket, playerId), { lastSignMs: nowMs, isAway: true });
    }
  }

  seen(playerId: string, nowMs: number): void {
    for (const ticket of this.#ticketsOf(playerId)) {
      const watch = this.#watches.get(keyOf(ticket, playerId));
      if (watch === undefined) continue;
      if (ticket.lease === undefined) this.#watches.delete(keyOf(ticket, playerId));
      else Object.assign(watch, { lastSignMs: nowMs, isAway: false });
    }
  }

  restart(isKilled: boolean, nowMs: number): void {
    if (isKilled) this.sockets.length = 0;
    this.#watches.clear();
    for (const ticket of this.tickets.values()) this.#begin(ticket, nowMs);
  }

  /** What the region recorded. */
  take(changes: readonly Change[], nowMs: number): void {
    for (const change of changes) {
      if (change.type === "ticket_added") {
        this.tickets.set(change.ticket.ticketId, change.ticket);
        this.#begin(change.ticket, nowMs);
      }
      // Back from a ready check: a lease begins anew.
      if (change.type === "ticket_changed" && change.ticket.lease !== undefined) {
        for (const watch of this.#watchesOf(change.ticket)) watch.lastSignMs = nowMs;
      }
      if (change.type === "ticket_ended") {
        this.tickets.delete(change.ticket.ticketId);
        this.endings.push(change.ticket.ticketId);
      }
    }
  }

  /** To the next whole second; Infinity: not by itself. */
  runsOutMs(ticket: Ticket): number {
    if (ticket.lease === undefined) return Number.POSITIVE_INFINITY;
    return Math.min(Number.POSITIVE_INFINITY, ...this.#watchesOf(ticket).map((watch) => endMs(ticket, watch)));
  }

  isPassedOver(ticket: Ticket, nowMs: number): boolean {
    return this.#watchesOf(ticket).some(
      (watch) => watch.isAway && (ticket.lease !== undefined || endMs(ticket, watch) > nowMs),
    );
  }

  #begin(ticket: Ticket, nowMs: number): void {
    const askerId = ticket.players[0]?.playerId ?? "";
    if (ticket.lease === undefined || this.sockets.includes(askerId)) return;
    const isAway = ticket.lease.kind === "socket";
    this.#watches.set(keyOf(ticket, askerId), { lastSignMs: nowMs, isAway });
  }

  #ticketsOf(playerId: string): Ticket[] {
    return [...this.tickets.values()].filter(({ players }) => players.some((player) => player.playerId === playerId));
  }

  #watchesOf(ticket: Ticket): Watch[] {
    return ticket.players.flatMap(({ playerId }) => this.#watches.get(keyOf(ticket, playerId)) ?? []);
  }
}

function keyOf({ ticketId }: Ticket, playerId: string): string {
  return `${ticketId} ${playerId}`;
}

function endMs({ lease }: Ticket, { lastSignMs }: Watch): number {
  return Math.ceil((lastSignMs + (lease?.ms ?? MODEL_GRACE_S * 1_000)) / 1_000) * 1_000;
}
