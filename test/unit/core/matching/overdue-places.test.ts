import { describe, expect, it } from "vitest";
import { OverduePlaces } from "../../../../src/core/matching/overdue-places.ts";
import type { ModeDefinition } from "../../../../src/core/mode-definition.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { aMatchingPool } from "../../builders/a-matching-pool.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";

function solos(count: number): Ticket[] {
  return Array.from({ length: count }, (_, index) => aSolo(`p${index}`, 20 + index));
}

/** @param overdue positions, oldest first */
function placesFor(tickets: readonly Ticket[], overdue: readonly number[], mode: Partial<ModeDefinition> = {}) {
  const { candidates, rules } = aMatchingPool(tickets, aMode({ teamSize: 1, ...mode }));
  return new OverduePlaces(candidates, rules, overdue);
}

describe("OverduePlaces", () => {
  it("has no spare place where the overdue need all there are", () => {
    const places = placesFor(solos(3), [2, 0]);
    expect(places.take(1)).toBe(false);
    expect(places.take(2)).toBe(true);
    expect(places.take(0)).toBe(true);
  });

  it("gives what the overdue do not need to anybody, as often as there are places", () => {
    const places = placesFor(solos(5), [0]);
    // Two duels have four places, one of them the overdue ticket's.
    expect([places.take(1), places.take(2), places.take(3), places.take(4)]).toEqual([true, true, true, false]);
    expect(places.take(0)).toBe(true);
  });

  it("has places only for the oldest where too many are overdue", () => {
    const places = placesFor(solos(3), [1, 2, 0]);
    expect([places.take(0), places.take(1), places.take(2)]).toEqual([false, true, true]);
  });

  it("gives a place again that was given back", () => {
    const places = placesFor(solos(2), [0]);
    expect(places.take(1)).toBe(true);
    places.giveBack(1);
    expect(places.take(1)).toBe(true);
    places.giveBack(0);
    expect(places.take(1)).toBe(false);
  });

  it("keeps no places where rules, roles or parties decide how many matches there are", () => {
    const shy = aSolo("shy", 30, { constraints: { avoid: ["p0"] } });
    expect(placesFor([...solos(2), shy], [2, 0]).take(1)).toBe(true);
    expect(placesFor(solos(3), [2, 0], { maxRatingGap: 50 }).take(1)).toBe(true);
    expect(placesFor(solos(3), [2, 0], { roles: { tank: 1 } }).take(1)).toBe(true);
    const pair = aTicket({ players: [aPlayer("a", 40), aPlayer("b", 40)] });
    expect(placesFor([...solos(4), pair], [0, 1, 2, 3], { teamSize: 2 }).take(4)).toBe(true);
  });
});
