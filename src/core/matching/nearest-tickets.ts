import { assert } from "../assert.ts";
import type { Ticket } from "../ticket.ts";
import { byPlaceInLine, ratingOrder } from "./rating-order.ts";
import { ticketColumns } from "./ticket-columns.ts";
import { WaitingLine } from "./waiting-line.ts";

/** Waiting tickets in the order of rating, of which some are taken: who is nearest to a rating, however they came. */
export class NearestTickets {
  readonly #tickets: readonly Ticket[];
  readonly #order: Uint32Array;
  readonly #ratings: Float64Array;
  readonly #line: WaitingLine;

  constructor(tickets: readonly Ticket[], nowMs: number) {
    this.#tickets = tickets;
    const { rating } = ticketColumns(tickets, nowMs);
    this.#order = ratingOrder(tickets, rating);
    this.#ratings = Float64Array.from(this.#order, (index) => rating[index] ?? 0);
    this.#line = new WaitingLine(tickets.length);
  }

  /**
   * Positions by distance from a rating, of the next below and the next above at the same distance the older; as long as
   * they are asked for. Whoever was given last may be taken.
   */
  *around(rating: number): Generator<number> {
    let higher = this.#firstFrom(this.#placeOf(rating));
    let lower = higher === null ? this.#last() : this.#line.lower(higher);
    while (lower !== null || higher !== null) {
      const isLower: boolean = higher === null || (lower !== null && this.#isFirst(lower, higher, rating));
      const position: number = (isLower ? lower : higher) ?? 0;
      if (isLower) lower = this.#line.lower(position);
      else higher = this.#line.higher(position);
      yield position;
    }
  }

  at(position: number): Ticket {
    const ticket = this.#tickets[this.#order[position] ?? 0];
    assert(ticket !== undefined, "a position lies within the tickets");
    return ticket;
  }

  take(position: number): void {
    this.#line.take(position);
  }

  #isFirst(lower: number, higher: number, rating: number): boolean {
    const below = rating - (this.#ratings[lower] ?? 0);
    const above = (this.#ratings[higher] ?? 0) - rating;
    return below === above ? byPlaceInLine(this.at(lower), this.at(higher)) < 0 : below < above;
  }

  /** The first position whose rating is not below this one. */
  #placeOf(rating: number): number {
    let low = 0;
    let high = this.#ratings.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ratings[middle] ?? 0) < rating) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Who is left at a position or next above it. */
  #firstFrom(position: number): number | null {
    for (let at = position; at < this.#ratings.length; at += 1) if (this.#line.has(at)) return at;
    return null;
  }

  #last(): number | null {
    for (let at = this.#ratings.length - 1; at >= 0; at -= 1) if (this.#line.has(at)) return at;
    return null;
  }
}
