import type { Mode } from "./mode.ts";
import { playersPerMatch } from "./mode.ts";
import type { Ticket } from "./ticket.ts";

interface Pool {
  readonly tickets: Map<string, Ticket>;
  players: number;
}

/** The tickets of a region: all of them by id, and those that are in line by mode. */
export class Pools {
  readonly #byMode = new Map<string, Pool>();
  readonly #byId = new Map<string, Ticket>();
  #players = 0;

  /** Of all modes, whether in line or set aside. */
  get playerCount(): number {
    return this.#players;
  }

  get(ticketId: string): Ticket | undefined {
    return this.#byId.get(ticketId);
  }

  add(ticket: Ticket): void {
    this.#byId.set(ticket.ticketId, ticket);
    this.#players += ticket.players.length;
    this.#putInLine(ticket);
  }

  remove(ticket: Ticket): void {
    this.#takeOutOfLine(ticket);
    if (this.#byId.delete(ticket.ticketId)) this.#players -= ticket.players.length;
  }

  /** Takes a ticket out of line that is kept: its players are being asked. */
  setAside(ticket: Ticket): void {
    this.#takeOutOfLine(ticket);
  }

  /** Puts a ticket that was set aside back into line. @param ticket as it is from now on */
  putBack(ticket: Ticket): void {
    this.#byId.set(ticket.ticketId, ticket);
    this.#putInLine(ticket);
  }

  ticketsOf(mode: string): Ticket[] {
    return [...this.inLine(mode)];
  }

  /** The tickets of a mode as they came, one by one: whoever needs only the first of a crowd need not copy it. */
  inLine(mode: string): Iterable<Ticket> {
    return this.#byMode.get(mode)?.tickets.values() ?? [];
  }

  ticketCountOf(mode: string): number {
    return this.#byMode.get(mode)?.tickets.size ?? 0;
  }

  playersOf(mode: string): number {
    return this.#byMode.get(mode)?.players ?? 0;
  }

  canFormMatch(mode: Mode): boolean {
    return this.playersOf(mode.name) >= playersPerMatch(mode);
  }

  #putInLine(ticket: Ticket): void {
    const pool = this.#byMode.get(ticket.mode) ?? { tickets: new Map(), players: 0 };
    this.#byMode.set(ticket.mode, pool);
    pool.tickets.set(ticket.ticketId, ticket);
    pool.players += ticket.players.length;
  }

  #takeOutOfLine(ticket: Ticket): void {
    const pool = this.#byMode.get(ticket.mode);
    if (pool?.tickets.delete(ticket.ticketId)) pool.players -= ticket.players.length;
  }
}
