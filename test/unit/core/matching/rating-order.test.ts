import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byPlaceInLine, ratingOrder } from "../../../../src/core/matching/rating-order.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { ticketRating } from "../../../../src/core/ticket.ts";
import { aSolo } from "../../builders/a-ticket.ts";

function orderOf(tickets: readonly Ticket[]): (string | undefined)[] {
  return Array.from(
    ratingOrder(tickets, Float64Array.from(tickets, ticketRating)),
    (index) => tickets[index]?.ticketId,
  );
}

const rating = fc.oneof(
  fc.integer({ min: 24, max: 26 }),
  fc.double({ min: -5, max: 55, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
);
const tickets = fc
  .array(fc.record({ rating, enqueuedAtMs: fc.nat({ max: 3 }) }), { maxLength: 60 })
  .map((wanted) => wanted.map(({ rating, enqueuedAtMs }, index) => aSolo(`p${index}`, rating, { enqueuedAtMs })));

describe("ratingOrder", () => {
  it("is what sorting gives: by rating, the older first among equals, by id among those of one instant", () => {
    fc.assert(
      fc.property(tickets, (tickets) => {
        const sorted = [...tickets].sort((a, b) => ticketRating(a) - ticketRating(b) || byPlaceInLine(a, b));
        expect(orderOf(tickets)).toEqual(sorted.map(({ ticketId }) => ticketId));
      }),
      { numRuns: 5_000 },
    );
  });

  it("is fine with nobody, and with one", () => {
    expect(orderOf([])).toEqual([]);
    expect(orderOf([aSolo("ann", 25)])).toEqual(["ticket-of-ann"]);
  });

  it("keeps ratings apart that are as near as numbers can be", () => {
    expect(orderOf([aSolo("ann", 5e-324), aSolo("bob", 0)])).toEqual(["ticket-of-bob", "ticket-of-ann"]);
    expect(orderOf([aSolo("ann", 25 + 4e-15), aSolo("bob", 25)])).toEqual(["ticket-of-bob", "ticket-of-ann"]);
  });
});

describe("byPlaceInLine", () => {
  it("puts the older first, whatever the ids", () => {
    expect(byPlaceInLine(aSolo("zoe", 25), aSolo("ann", 25, { enqueuedAtMs: 1 }))).toBeLessThan(0);
    expect(byPlaceInLine(aSolo("ann", 25, { enqueuedAtMs: 1 }), aSolo("zoe", 25))).toBeGreaterThan(0);
  });

  it("lets ids decide in the same instant", () => {
    expect(byPlaceInLine(aSolo("ann", 25), aSolo("bob", 25))).toBeLessThan(0);
    expect(byPlaceInLine(aSolo("bob", 25), aSolo("ann", 25))).toBeGreaterThan(0);
  });
});
