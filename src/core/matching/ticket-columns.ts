import type { Ticket } from "../ticket.ts";
import { waitingSinceMs } from "../ticket.ts";

/** Numbers of tickets, by position in their list. */
export interface TicketColumns {
  /** Mean mu of the ticket's players. */
  readonly rating: Float64Array;
  /** Lowest mu of its players. */
  readonly lowest: Float64Array;
  readonly highest: Float64Array;
  readonly sigmaSum: Float64Array;
  readonly sigmaSquareSum: Float64Array;
  /** Seconds in line, and what the ticket is owed on top. */
  readonly ageS: Float64Array;
  readonly players: Uint8Array;
}

/** Reads each ticket once, in the order of memory: jumping between 100,000 of them takes longer than all the rest. */
export function ticketColumns(tickets: readonly Ticket[], nowMs: number): TicketColumns {
  const count = tickets.length;
  const columns: TicketColumns = {
    rating: new Float64Array(count),
    lowest: new Float64Array(count),
    highest: new Float64Array(count),
    sigmaSum: new Float64Array(count),
    sigmaSquareSum: new Float64Array(count),
    ageS: new Float64Array(count),
    players: new Uint8Array(count),
  };
  for (let position = 0; position < count; position += 1) {
    const ticket = tickets[position];
    if (ticket !== undefined) fill(columns, position, ticket, nowMs);
  }
  return columns;
}

function fill(columns: TicketColumns, position: number, ticket: Ticket, nowMs: number): void {
  const { players } = ticket;
  let muSum = 0;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  let sigmaSum = 0;
  let sigmaSquareSum = 0;
  for (const { mu, sigma } of players) {
    muSum += mu;
    if (mu < lowest) lowest = mu;
    if (mu > highest) highest = mu;
    sigmaSum += sigma;
    sigmaSquareSum += sigma * sigma;
  }
  columns.rating[position] = muSum / players.length;
  columns.lowest[position] = lowest;
  columns.highest[position] = highest;
  columns.sigmaSum[position] = sigmaSum;
  columns.sigmaSquareSum[position] = sigmaSquareSum;
  columns.ageS[position] = Math.max(0, nowMs - waitingSinceMs(ticket)) / 1000;
  columns.players[position] = players.length;
}

/** A column rearranged: its entry at each place is that of the position which the order has there. */
export function inOrder(column: Float64Array, order: Uint32Array): Float64Array {
  const rearranged = new Float64Array(order.length);
  for (let place = 0; place < order.length; place += 1) rearranged[place] = column[order[place] ?? 0] ?? 0;
  return rearranged;
}
