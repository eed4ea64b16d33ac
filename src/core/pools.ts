import type { Mode } from "./mode.ts";
import { playersPerMatch } from "./mode.ts";
import type { Ticket } from "./ticket.ts";

interface Pool {
  readonly tickets: Map<string, Ticket>;
  players: number;
}

/** The waiting tickets of a region, by mode and by id. */
export class Pools {
  readonly #byMode = new Map<string, Pool>();
  readonly #byId = new Map<string, Ticket>();
  #players = 0;

  /** Of all modes. */
  get playerCount(): number {
    return this.#players;
  }

  get(ticketId: string): Ticket | undefined {
    return this.#byId.get(ticketId);
  }

  add(ticket: Ticket): void {
    const pool = this.#byMode.get(ticket.mode) ?? { tickets: new Map(), players: 0 };
    this.#byMode.set(ticket.mode, pool);
    pool.tickets.set(ticket.ticketId, ticket);
    pool.players += ticket.players.length;
    this.#players += ticket.players.length;
    this.#byId.set(ticket.ticketId, ticket);
  }

  remove(ticket: Ticket): void {
    const pool = this.#byMode.get(ticket.mode);
    if (!pool?.tickets.delete(ticket.ticketId)) return;
    pool.players -= ticket.players.length;
    this.#players -= ticket.players.length;
    this.#byId.delete(ticket.ticketId);
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
}
