import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchNeighbours } from "../../../../src/core/matching/exact-pass.ts";
import { playersPerMatch } from "../../../../src/core/mode.ts";
import { anEvenDensity } from "../../builders/a-density.ts";
import type { MatchingPool } from "../../builders/a-matching-pool.ts";
import { aMatchingPool, namesAt } from "../../builders/a-matching-pool.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aSolo } from "../../builders/a-ticket.ts";
import type { TickPool } from "../../builders/any-pool.ts";
import { anyPool, NOW_MS, SMALL_SHAPES } from "../../builders/any-pool.ts";
import { brokenTogether } from "../../builders/broken-rules.ts";

function groupsOf(pool: MatchingPool): (readonly number[])[] {
  return matchNeighbours(pool.candidates, pool.line, pool.rules, pool.judge);
}

function surplusOf({ judge }: MatchingPool, groups: readonly (readonly number[])[]): number {
  return groups.reduce((sum, members) => sum + judge.judge(members).surplus, 0);
}

/** Every run of neighbours that holds a match, is allowed and ripe: its places and its surplus. */
function ripeWindows(pool: MatchingPool, { mode }: TickPool): { first: number; last: number; surplus: number }[] {
  const windows: { first: number; last: number; surplus: number }[] = [];
  const { candidates, judge } = pool;
  for (let first = 0; first < candidates.count; first += 1) {
    let players = 0;
    for (let last = first; last < candidates.count; last += 1) {
      players += candidates.ticket(last).players.length;
      if (players !== playersPerMatch(mode)) continue;
      const members = Array.from({ length: last - first + 1 }, (_, offset) => first + offset);
      const tickets = members.map((member) => candidates.ticket(member));
      const { surplus } = judge.judge(members);
      if (surplus >= 0 && brokenTogether(tickets, mode).length === 0) windows.push({ first, last, surplus });
    }
  }
  return windows;
}

/** Over every set of windows that share no ticket. */
function mostSurplus(windows: readonly { first: number; last: number; surplus: number }[]): number {
  const [window, ...others] = windows;
  if (window === undefined) return 0;
  const apart = others.filter(({ first, last }) => first > window.last || last < window.first);
  return Math.max(mostSurplus(others), window.surplus + mostSurplus(apart));
}

describe("matchNeighbours", () => {
  it.each([
    { whom: "single players", hasParties: false, hasRules: false },
    { whom: "parties", hasParties: true, hasRules: false },
    { whom: "parties with rules", hasParties: true, hasRules: true },
  ])("gets at least the surplus of the best disjoint set of ripe windows, of $whom", (kinds) => {
    const seen = { windows: 0, matches: 0 };
    fc.assert(
      fc.property(anyPool({ shapes: SMALL_SHAPES, mostMatches: 4, ...kinds }), (tick) => {
        // All have the same build: others are in other pools.
        const tickets = tick.tickets.filter(({ constraints }) => constraints.attributes?.build !== 2).slice(0, 12);
        const pool = aMatchingPool(tickets, tick.mode, { density: tick.density, nowMs: NOW_MS });
        const windows = ripeWindows(pool, tick);
        const groups = groupsOf(pool);
        seen.windows += windows.length;
        seen.matches += groups.length;
        const best = mostSurplus(windows);
        expect(surplusOf(pool, groups)).toBeGreaterThanOrEqual(best - 1e-9 * Math.max(1, best));
        for (const group of groups) expect(pool.judge.judge(group).surplus).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 2_000 },
    );
    expect(seen.windows).toBeGreaterThan(seen.matches);
    expect(seen.matches).toBeGreaterThan(500);
  });

  it("takes two good windows instead of the one best between them", () => {
    const duel = aMode({ teamSize: 1, sigmaWeight: 0, isSigmaAware: false });
    const tickets = [20, 20.2, 20.3, 20.5].map((mu) => aSolo(`p${mu}`, mu));
    const pool = aMatchingPool(tickets, duel, { density: anEvenDensity(0.1) });
    expect(groupsOf(pool).map((group) => namesAt(pool, group))).toEqual([
      ["p20", "p20.2"],
      ["p20.3", "p20.5"],
    ]);
  });

  it("takes the one best where the outer two are not ripe", () => {
    const duel = aMode({ teamSize: 1, sigmaWeight: 0, isSigmaAware: false });
    const tickets = [20, 22, 22.1, 24].map((mu) => aSolo(`p${mu}`, mu));
    const pool = aMatchingPool(tickets, duel, { density: anEvenDensity(1) });
    expect(groupsOf(pool).map((group) => namesAt(pool, group))).toEqual([["p22", "p22.1"]]);
  });

  it("takes those whom it matches out of the line, and nobody else", () => {
    fc.assert(
      fc.property(anyPool({ shapes: SMALL_SHAPES, hasParties: true, hasRules: false, mostMatches: 4 }), (tick) => {
        const pool = aMatchingPool(tick.tickets, tick.mode, { density: tick.density, nowMs: NOW_MS });
        const matched = groupsOf(pool).flat();
        expect(new Set(matched).size).toBe(matched.length);
        expect([...matched, ...pool.line.positions()].sort((a, b) => a - b)).toEqual(tick.tickets.map((_, at) => at));
      }),
      { numRuns: 2_000 },
    );
  });

  it("leaves out who was matched before", () => {
    const duel = aMode({ teamSize: 1, sigmaWeight: 0, isSigmaAware: false });
    const pool = aMatchingPool(
      [20, 20.2, 20.3].map((mu) => aSolo(`p${mu}`, mu)),
      duel,
      { density: anEvenDensity(0.1) },
    );
    pool.line.take(1);
    expect(groupsOf(pool).map((group) => namesAt(pool, group))).toEqual([["p20", "p20.3"]]);
  });
});
