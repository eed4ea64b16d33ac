import type { Mode } from "./mode.ts";
import { playersPerMatch } from "./mode.ts";
import type { Ticket } from "./ticket.ts";

interface Pool {
  readonly tickets: Map<string, Ticket>;
  players: number;
  /** Of those the ones on tickets that are passed over. */
  passedOverPlayers: number;
}

/** The tickets of a region: all of them by id, and those that are in line by mode. */
export class Pools {
  readonly #byMode = new Map<string, Pool>();
  readonly #byId = new Map<string, Ticket>();
  readonly #passedOver = new Set<string>();
  #players = 0;

  /** Of all modes, whether in line or set aside. */
  get playerCount(): number {
    return this.#players;
  }

  /** Of all modes, whether in line or set aside. */
  get ticketCount(): number {
    return this.#byId.size;
  }

  /** Of all modes, without those that are set aside. */
  get inLineCount(): number {
    let count = 0;
    for (const { tickets } of this.#byMode.values()) count += tickets.size;
    return count;
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
    this.#passedOver.delete(ticket.ticketId);
    if (this.#byId.delete(ticket.ticketId)) this.#players -= ticket.players.length;
  }

  /** Not so while its players are asked. */
  isInLine({ mode, ticketId }: Ticket): boolean {
    return this.#byMode.get(mode)?.tickets.has(ticketId) === true;
  }

  /** A ticket that is passed over keeps its place in line and is not matched. @returns whether that is new */
  setPassedOver(ticket: Ticket, isPassedOver: boolean): boolean {
    if (this.#passedOver.has(ticket.ticketId) === isPassedOver) return false;
    if (isPassedOver) this.#passedOver.add(ticket.ticketId);
    else this.#passedOver.delete(ticket.ticketId);
    const pool = this.#byMode.get(ticket.mode);
    const { length } = ticket.players;
    if (pool?.tickets.has(ticket.ticketId)) pool.passedOverPlayers += isPassedOver ? length : -length;
    return true;
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

  /** Those of them that are not passed over, in the same order. */
  matchable(mode: string): Iterable<Ticket> {
    return this.passedOverPlayersOf(mode) === 0 ? this.inLine(mode) : this.#notPassedOver(mode);
  }

  ticketCountOf(mode: string): number {
    return this.#byMode.get(mode)?.tickets.size ?? 0;
  }

  playersOf(mode: string): number {
    return this.#byMode.get(mode)?.players ?? 0;
  }

  passedOverPlayersOf(mode: string): number {
    return this.#byMode.get(mode)?.passedOverPlayers ?? 0;
  }

  /** In line and not passed over. */
  matchablePlayersOf(mode: string): number {
    return this.playersOf(mode) - this.passedOverPlayersOf(mode);
  }

  canFormMatch(mode: Mode): boolean {
    return this.matchablePlayersOf(mode.name) >= playersPerMatch(mode);
  }

  *#notPassedOver(mode: string): Iterable<Ticket> {
    for (const ticket of this.inLine(mode)) if (!this.#passedOver.has(ticket.ticketId)) yield ticket;
  }

  #putInLine(ticket: Ticket): void {
    const pool = this.#byMode.get(ticket.mode) ?? { tickets: new Map(), players: 0, passedOverPlayers: 0 };
    this.#byMode.set(ticket.mode, pool);
    pool.tickets.set(ticket.ticketId, ticket);
    pool.players += ticket.players.length;
    if (this.#passedOver.has(ticket.ticketId)) pool.passedOverPlayers += ticket.players.length;
  }

  #takeOutOfLine(ticket: Ticket): void {
    const pool = this.#byMode.get(ticket.mode);
    if (!pool?.tickets.delete(ticket.ticketId)) return;
    pool.players -= ticket.players.length;
    if (this.#passedOver.has(ticket.ticketId)) pool.passedOverPlayers -= ticket.players.length;
  }
}
