import { assert } from "../assert.ts";
import type { Ticket } from "../ticket.ts";
import type { GroupRules, RuleBook } from "./group-rules.ts";
import { NO_RULES } from "./group-rules.ts";
import { ratingOrder } from "./rating-order.ts";
import type { RolePlaces } from "./role-places.ts";
import type { TicketColumns } from "./ticket-columns.ts";
import { inOrder, ticketColumns } from "./ticket-columns.ts";

/**
 * The tickets of one pool as a tick looks at them: sorted by rating, ties by place in line, and spread into columns,
 * because a tick reads each number many times. A ticket is known by its position here.
 */
export class Candidates {
  readonly tickets: readonly Ticket[];
  readonly count: number;
  readonly rating: TicketColumns["rating"];
  readonly lowest: TicketColumns["lowest"];
  readonly highest: TicketColumns["highest"];
  readonly sigmaSum: TicketColumns["sigmaSum"];
  readonly sigmaSquareSum: TicketColumns["sigmaSquareSum"];
  readonly ageS: TicketColumns["ageS"];
  readonly players: TicketColumns["players"];
  readonly hasParties: boolean;
  /** Null when no ticket has rules of its own or avoids anybody. */
  readonly rules: readonly GroupRules[] | null;
  /** By player of each ticket; null in a mode without roles. */
  readonly roleOffers: readonly (readonly number[])[] | null;

  constructor(tickets: readonly Ticket[], ruleBook: RuleBook, rolePlaces: RolePlaces, nowMs: number) {
    const columns = ticketColumns(tickets, nowMs);
    const order = ratingOrder(tickets, columns.rating);
    this.count = tickets.length;
    this.tickets = Array.from(order, (index) => {
      const ticket = tickets[index];
      assert(ticket !== undefined, "the order holds positions of tickets");
      return ticket;
    });
    this.rating = inOrder(columns.rating, order);
    this.lowest = inOrder(columns.lowest, order);
    this.highest = inOrder(columns.highest, order);
    this.sigmaSum = inOrder(columns.sigmaSum, order);
    this.sigmaSquareSum = inOrder(columns.sigmaSquareSum, order);
    this.ageS = inOrder(columns.ageS, order);
    this.players = Uint8Array.from(order, (index) => columns.players[index] ?? 0);
    this.hasParties = this.players.some((players) => players > 1);
    const isBound = tickets.some(
      (ticket) => ticket.constraints.avoid !== undefined || ruleBook.rulesOf(ticket) !== NO_RULES,
    );
    this.rules = isBound ? this.tickets.map((ticket) => ruleBook.rulesOf(ticket)) : null;
    this.roleOffers = rolePlaces.areOpen
      ? null
      : this.tickets.map(({ players }) => players.map((player) => rolePlaces.offerOf(player)));
  }

  ticket(position: number): Ticket {
    const ticket = this.tickets[position];
    assert(ticket !== undefined, "a position lies within the candidates");
    return ticket;
  }
}
