import fc from "fast-check";
import { expect, test } from "vitest";
import { findMatches } from "../../../../src/core/matching/find-matches.ts";
import type { FoundMatch } from "../../../../src/core/matching/found-match.ts";
import type { TickPool } from "../../builders/any-pool.ts";
import { anyPool, NOW_MS, SHAPES } from "../../builders/any-pool.ts";
import { brokenRules } from "../../builders/broken-rules.ts";
import { isOverdue, worthOf } from "../../builders/match-worth.ts";

const NUM_RUNS = 10_000;
/** Room for a busy machine. */
const PATIENCE = { timeout: 120_000 };

const pools = fc.oneof(
  anyPool({ shapes: SHAPES, hasParties: false, hasRules: false, mostMatches: 3 }),
  anyPool({ shapes: SHAPES, hasParties: true, hasRules: false, mostMatches: 1 }),
  anyPool({ shapes: SHAPES, hasParties: true, hasRules: true, mostMatches: 3 }),
);

function find({ tickets, mode, density }: TickPool) {
  return findMatches(tickets, mode, density, NOW_MS);
}

/** Holds for every match of 10,000 pools. */
function everyMatch(check: (match: FoundMatch, pool: TickPool) => void): void {
  const seen = { overdue: 0, exact: 0, leftover: 0 };
  fc.assert(
    fc.property(pools, (pool) => {
      for (const match of find(pool).matches) {
        seen[match.pass] += 1;
        check(match, pool);
      }
    }),
    { numRuns: NUM_RUNS },
  );
  for (const matches of Object.values(seen)) expect(matches).toBeGreaterThan(100);
}

test("every ticket is in exactly one match or back in line", PATIENCE, () => {
  fc.assert(
    fc.property(pools, (pool) => {
      const { matches, unmatched } = find(pool);
      const seen = [...matches.flatMap(({ teams }) => teams.flat()), ...unmatched];
      expect(seen).toHaveLength(pool.tickets.length);
      expect(new Set(seen)).toEqual(new Set(pool.tickets));
    }),
    { numRuns: NUM_RUNS },
  );
});

test("every match has the mode's teams and sizes and breaks no hard rule", PATIENCE, () => {
  everyMatch(({ teams }, { mode }) => {
    expect(brokenRules(teams, mode)).toEqual([]);
  });
});

test("no match costs more than its tolerance, unless the overdue pass made it for somebody overdue", PATIENCE, () => {
  everyMatch(({ teams, pass }, { mode, density }) => {
    if (pass === "overdue") {
      expect(teams.flat().some((ticket) => isOverdue(ticket, mode, density, NOW_MS))).toBe(true);
      return;
    }
    const { cost, tolerance } = worthOf(teams, mode, density, NOW_MS);
    expect(cost).toBeLessThanOrEqual(tolerance + 1e-9 * Math.max(1, tolerance));
  });
});

test("the order of the tickets changes nothing, and the same tickets always give the same matches", PATIENCE, () => {
  const shuffled = pools.chain((pool) =>
    fc.record({
      pool: fc.constant(pool),
      tickets: fc.shuffledSubarray([...pool.tickets], { minLength: pool.tickets.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ pool, tickets }) => {
      expect(find({ ...pool, tickets })).toEqual(find(pool));
    }),
    { numRuns: NUM_RUNS },
  );
});

test("nothing that is given is changed", PATIENCE, () => {
  fc.assert(
    fc.property(pools, (pool) => {
      const before = structuredClone(pool.tickets);
      find(pool);
      expect(pool.tickets).toEqual(before);
    }),
    { numRuns: 1_000 },
  );
});
