import type { ChangeLog } from "./change-log.ts";
import type { Change } from "./changes.ts";
import type { LeaseClock } from "./lease-clock.ts";
import type { Leases } from "./leases.ts";
import type { Matchmaking } from "./matchmaking.ts";
import type { Occupancy } from "./occupancy.ts";
import type { Pools } from "./pools.ts";
import type { Ticket, TicketEnding } from "./ticket.ts";

/** What is told of a ticket's end besides how it ended. */
export type EndingCircumstances = Omit<Extract<Change, { type: "ticket_ended" }>, "type" | "ticket" | "ending">;

/** What tickets go through: they come into line, are set aside while their players are asked, come back, end. */
export class Line {
  readonly #pools: Pools;
  readonly #occupancy: Occupancy;
  readonly #matchmaking: Matchmaking;
  readonly #leases: Leases;
  readonly #changes: ChangeLog;

  constructor(pools: Pools, occupancy: Occupancy, matchmaking: Matchmaking, leases: Leases, changes: ChangeLog) {
    this.#pools = pools;
    this.#occupancy = occupancy;
    this.#matchmaking = matchmaking;
    this.#leases = leases;
    this.#changes = changes;
  }

  get(ticketId: string): Ticket | undefined {
    return this.#pools.get(ticketId);
  }

  /** The ticket that holds a player. */
  ticketOf(playerId: string): Ticket | undefined {
    const holder = this.#occupancy.of(playerId);
    return holder?.type === "ticket" ? this.#pools.get(holder.ticketId) : undefined;
  }

  /** A ticket that was here before the region woke. @param clocks see `Leases.resumed` */
  hold(ticket: Ticket, clocks: readonly LeaseClock[] | undefined, nowMs: number): void {
    this.#hold(ticket);
    this.#leases.resumed(ticket, clocks, nowMs);
  }

  /** A new ticket. */
  add(ticket: Ticket, nowMs: number): void {
    this.#matchmaking.arrived(ticket);
    this.comeBack(ticket, nowMs);
  }

  /** A ticket that stands for one that was here before: it was counted when that one came. */
  comeBack(ticket: Ticket, nowMs: number): void {
    this.#hold(ticket);
    this.#leases.came(ticket, nowMs);
    this.#matchmaking.poolChanged(ticket.mode, nowMs);
    this.#changes.record({ type: "ticket_added", ticket, ...this.#clocksOf(ticket) });
  }

  /** Nobody else gets the ticket until it is put back. */
  setAside(ticket: Ticket, nowMs: number): void {
    this.#pools.setAside(ticket);
    this.#matchmaking.poolChanged(ticket.mode, nowMs);
  }

  /** Back to the old place, with what it is owed from now on. */
  putBack(ticket: Ticket, priorityMs: number, nowMs: number): void {
    const owed: Ticket = { ...ticket, priorityMs };
    this.#pools.putBack(owed);
    this.#leases.returned(owed, nowMs);
    this.#matchmaking.poolChanged(ticket.mode, nowMs);
    this.#changes.record({ type: "ticket_changed", ticket: owed, ...this.#clocksOf(owed) });
  }

  end(ticket: Ticket, ending: TicketEnding, nowMs: number, circumstances: EndingCircumstances = {}): void {
    this.#occupancy.freeFromTicket(ticket);
    this.#pools.remove(ticket);
    this.#leases.ended(ticket);
    this.#matchmaking.ended(ticket, nowMs);
    this.#changes.record({ type: "ticket_ended", ticket, ending, ...circumstances });
  }

  #hold(ticket: Ticket): void {
    this.#occupancy.holdByTicket(ticket);
    this.#pools.add(ticket);
  }

  #clocksOf(ticket: Ticket): { readonly clocks?: readonly LeaseClock[] } {
    return ticket.lease === undefined ? {} : { clocks: this.#leases.clocksOf(ticket) };
  }
}
