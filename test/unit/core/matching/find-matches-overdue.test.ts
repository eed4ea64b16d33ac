import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findMatches } from "../../../../src/core/matching/find-matches.ts";
import { byPlaceInLine } from "../../../../src/core/matching/rating-order.ts";
import { playersPerMatch } from "../../../../src/core/mode.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { aSolo } from "../../builders/a-ticket.ts";
import type { TickPool } from "../../builders/any-pool.ts";
import { anyPool, NOW_MS, SHAPES, SMALL_SHAPES } from "../../builders/any-pool.ts";
import { isOverdue } from "../../builders/match-worth.ts";
import { hasPossibleMatch } from "../../builders/possible-group.ts";

const NUM_RUNS = 10_000;
/** Room for a busy machine. */
const PATIENCE = { timeout: 120_000 };

function matchedIn({ tickets, mode, density }: TickPool): Set<Ticket> {
  return new Set(findMatches(tickets, mode, density, NOW_MS).matches.flatMap(({ teams }) => teams.flat()));
}

/** Oldest first. */
function overdueOf({ tickets, mode, density }: TickPool): Ticket[] {
  return tickets.filter((ticket) => isOverdue(ticket, mode, density, NOW_MS)).sort(byPlaceInLine);
}

const solos = anyPool({ shapes: SHAPES, hasParties: false, hasRules: false, mostMatches: 3 });
const small = { shapes: SMALL_SHAPES, hasParties: true, mostMatches: 2 };

describe("in pools of single players without rules", () => {
  it("the oldest overdue tickets are matched, as many as the pool has matches for", PATIENCE, () => {
    let seen = 0;
    fc.assert(
      fc.property(solos, (pool) => {
        const needed = playersPerMatch(pool.mode);
        const places = Math.floor(pool.tickets.length / needed) * needed;
        const due = overdueOf(pool).slice(0, places);
        const matched = matchedIn(pool);
        for (const ticket of due) expect(matched.has(ticket)).toBe(true);
        seen += due.length;
      }),
      { numRuns: NUM_RUNS },
    );
    expect(seen).toBeGreaterThan(1_000);
  });

  it("a younger ticket more never keeps an overdue one waiting that is matched without it", PATIENCE, () => {
    const younger = fc.tuple(
      fc.oneof(fc.integer({ min: 20, max: 30 }), fc.double({ min: 0, max: 50, noNaN: true })),
      fc.nat(),
    );
    fc.assert(
      fc.property(solos, younger, (pool, [mu, behind]) => {
        const due = overdueOf(pool);
        const rival = due[behind % Math.max(1, due.length)];
        const newcomer = aSolo("newcomer", mu, { ticketId: "zz", enqueuedAtMs: rival?.enqueuedAtMs ?? NOW_MS });
        const matchedBefore = matchedIn(pool);
        const matchedAfter = matchedIn({ ...pool, tickets: [...pool.tickets, newcomer] });
        for (const ticket of due) {
          if (byPlaceInLine(ticket, newcomer) > 0 || !matchedBefore.has(ticket)) continue;
          expect(matchedAfter.has(ticket)).toBe(true);
        }
      }),
      { numRuns: NUM_RUNS },
    );
  });
});

describe("in pools with parties, rules and roles", () => {
  it(
    "the oldest overdue ticket is matched exactly if some set of the others makes an allowed match with it",
    PATIENCE,
    () => {
      const seen = { possible: 0, impossible: 0 };
      fc.assert(
        fc.property(anyPool({ ...small, hasRules: true }), (anyPool) => {
          const pool = { ...anyPool, tickets: anyPool.tickets.slice(0, 10) };
          const [oldest] = overdueOf(pool);
          if (oldest === undefined) return;
          const others = pool.tickets.filter((ticket) => ticket !== oldest);
          const isPossible = hasPossibleMatch(oldest, others, pool.mode);
          seen[isPossible ? "possible" : "impossible"] += 1;
          expect(matchedIn(pool).has(oldest)).toBe(isPossible);
        }),
        { numRuns: NUM_RUNS },
      );
      expect(Math.min(seen.possible, seen.impossible)).toBeGreaterThan(300);
    },
  );

  it("a younger ticket more never keeps the oldest overdue one waiting", PATIENCE, () => {
    fc.assert(
      fc.property(anyPool({ ...small, hasRules: true }), (anyPool) => {
        const pool = { ...anyPool, tickets: anyPool.tickets.slice(0, 10) };
        const [oldest] = overdueOf(pool);
        if (oldest === undefined || pool.tickets.length < 2) return;
        const newcomer = pool.tickets.findLast((ticket) => ticket !== oldest);
        const without = { ...pool, tickets: pool.tickets.filter((ticket) => ticket !== newcomer) };
        if (matchedIn(without).has(oldest)) expect(matchedIn(pool).has(oldest)).toBe(true);
      }),
      { numRuns: NUM_RUNS },
    );
  });
});
