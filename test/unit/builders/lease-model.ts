import type { Change } from "../../../src/core/changes.ts";
import type { LeaseClock } from "../../../src/core/lease-clock.ts";
import type { Ticket } from "../../../src/core/ticket.ts";

/** So long a ticket without a lease is passed over in this model's modes, and places taken over sockets are kept. */
export const MODEL_GRACE_S = 8;
export const MODEL_HTTP_LEASE_S = 13;
export const MODEL_SYSTEM_LEASE_MS = 6_000;

const WAKE_GRACE_MS = 5_000;

interface Watch {
  /** When they were heard of indeed. */
  lastSignMs: number;
  /** When they were by what is stored. */
  storedMs: number;
  isAway: boolean;
  endsMs: number;
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
      if (watch?.isAway !== true) this.#start(ticket, playerId, true, nowMs);
    }
  }

  seen(playerId: string, nowMs: number, isSystem = false): void {
    for (const ticket of this.#ticketsOf(playerId)) {
      const watch = this.#watches.get(keyOf(ticket, playerId));
      if (watch === undefined) continue;
      const isPolledForNothing = watch.isAway || ticket.lease?.kind !== "http";
      if (isSystem && isPolledForNothing) continue;
      if (ticket.lease === undefined) this.#watches.delete(keyOf(ticket, playerId));
      else {
        const { storedMs, isAway } = watch;
        this.#start(ticket, playerId, false, nowMs);
        const isStored = isAway || nowMs - storedMs > lengthMs(ticket) / 2;
        if (!isStored) this.#change(ticket, playerId, { storedMs });
      }
    }
  }

  /** Where no lease can end, the grace of whoever is away does. */
  tick(nowMs: number): void {
    for (const ticket of this.tickets.values()) {
      if (ticket.lease !== undefined) continue;
      for (const [playerId, { endsMs }] of this.#watchesOf(ticket)) {
        if (endsMs <= nowMs) this.#watches.delete(keyOf(ticket, playerId));
      }
    }
  }

  restart(isKilled: boolean, nowMs: number): void {
    if (isKilled) this.sockets.length = 0;
    for (const ticket of this.tickets.values()) {
      for (const { playerId } of ticket.players) {
        const watch = this.#watches.get(keyOf(ticket, playerId));
        if (this.sockets.includes(playerId)) this.#watches.delete(keyOf(ticket, playerId));
        else if (watch !== undefined) {
          const unknownMs = watch.isAway ? 0 : lengthMs(ticket) / 2;
          const endsMs = wholeS(Math.max(watch.storedMs + lengthMs(ticket) + unknownMs, nowMs + WAKE_GRACE_MS));
          this.#change(ticket, playerId, { endsMs });
        }
      }
      const [asker] = ticket.players;
      if (ticket.lease === undefined || asker === undefined || this.sockets.includes(asker.playerId)) continue;
      if (!this.#watches.has(keyOf(ticket, asker.playerId))) this.#start(ticket, asker.playerId, true, nowMs);
    }
  }

  /** What the region recorded. */
  take(changes: readonly Change[], nowMs: number): void {
    for (const change of changes) {
      if (change.type === "ticket_added") this.#begin(change.ticket, nowMs);
      // Back from a ready check: a lease begins anew.
      if (change.type === "ticket_changed" && change.ticket.lease !== undefined) {
        for (const { playerId, isAway } of this.clocksOf(change.ticket)) {
          this.#start(change.ticket, playerId, isAway, nowMs);
        }
      }
      if (change.type === "ticket_ended") {
        this.tickets.delete(change.ticket.ticketId);
        this.endings.push(change.ticket.ticketId);
      }
    }
  }

  /** What a region that dies now remembers. */
  clocksOf(ticket: Ticket): LeaseClock[] {
    return this.#watchesOf(ticket).map(([playerId, { storedMs, isAway }]) => ({
      playerId,
      heardAtMs: storedMs,
      isAway,
    }));
  }

  /** Infinity: not by itself. */
  runsOutMs(ticket: Ticket): number {
    if (ticket.lease === undefined) return Number.POSITIVE_INFINITY;
    return Math.min(Number.POSITIVE_INFINITY, ...this.#watchesOf(ticket).map(([, { endsMs }]) => endsMs));
  }

  /** Whether somebody was silent for as long as the ticket's lease, whatever the region remembers of it. */
  isForsaken(ticket: Ticket, nowMs: number): boolean {
    return this.#watchesOf(ticket).some(([, { lastSignMs }]) => lastSignMs + lengthMs(ticket) <= nowMs);
  }

  isPassedOver(ticket: Ticket, nowMs: number): boolean {
    return this.#watchesOf(ticket).some(
      ([, { isAway, endsMs }]) => isAway && (ticket.lease !== undefined || endsMs > nowMs),
    );
  }

  #begin(ticket: Ticket, nowMs: number): void {
    this.tickets.set(ticket.ticketId, ticket);
    const askerId = ticket.players[0]?.playerId ?? "";
    if (ticket.lease === undefined || this.sockets.includes(askerId)) return;
    this.#start(ticket, askerId, ticket.lease.kind === "socket", nowMs);
  }

  #start(ticket: Ticket, playerId: string, isAway: boolean, nowMs: number): void {
    const endsMs = wholeS(nowMs + lengthMs(ticket));
    this.#watches.set(keyOf(ticket, playerId), { lastSignMs: nowMs, storedMs: nowMs, isAway, endsMs });
  }

  #change(ticket: Ticket, playerId: string, change: Partial<Watch>): void {
    Object.assign(this.#watches.get(keyOf(ticket, playerId)) ?? {}, change);
  }

  #ticketsOf(playerId: string): Ticket[] {
    return [...this.tickets.values()].filter(({ players }) => players.some((player) => player.playerId === playerId));
  }

  #watchesOf(ticket: Ticket): [playerId: string, Watch][] {
    return ticket.players.flatMap(({ playerId }) => {
      const watch = this.#watches.get(keyOf(ticket, playerId));
      return watch === undefined ? [] : [[playerId, watch] as [string, Watch]];
    });
  }
}

function keyOf({ ticketId }: Ticket, playerId: string): string {
  return `${ticketId} ${playerId}`;
}

function lengthMs({ lease }: Ticket): number {
  return lease?.ms ?? MODEL_GRACE_S * 1_000;
}

function wholeS(ms: number): number {
  return Math.ceil(ms / 1_000) * 1_000;
}
