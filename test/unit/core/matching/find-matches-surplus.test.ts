import { describe, expect, it } from "vitest";
import type { Mode } from "../../../../src/core/mode.ts";
import { aMatchingPool } from "../../builders/a-matching-pool.ts";
import { aMode } from "../../builders/a-mode.ts";
import { bestSurplus } from "../../builders/best-surplus.ts";
import { isOverdue } from "../../builders/match-worth.ts";
import type { Tick } from "../../builders/running-pools.ts";
import { runningPools } from "../../builders/running-pools.ts";

/** Trying every set of groups takes 2^tickets steps. */
const MOST_TICKETS = 12;

/** Of one tick: the surplus that its matches have together, and the most that disjoint ripe groups can have. */
function surplusOf({ tickets, density, nowMs, matching }: Tick, mode: Mode): { found: number; best: number } {
  const pool = aMatchingPool(tickets, mode, { density, nowMs });
  const groups = matching.matches.map(({ teams }) =>
    teams.flat().map((ticket) => pool.candidates.tickets.indexOf(ticket)),
  );
  const found = groups.reduce((sum, members) => sum + pool.judge.judge(members).surplus, 0);
  return { found, best: bestSurplus(pool) };
}

/** Over the ticks in which something is ripe and nobody overdue. */
function gapOf(mode: Mode, traffic: { mix: readonly number[]; ticketsPerS: number; ticks: number }) {
  let pools = 0;
  let found = 0;
  let best = 0;
  for (const tick of runningPools(mode, { ...traffic, seed: 7 })) {
    const { tickets, density, nowMs } = tick;
    if (tickets.length > MOST_TICKETS || tickets.some((ticket) => isOverdue(ticket, mode, density, nowMs))) continue;
    const surplus = surplusOf(tick, mode);
    expect(surplus.found).toBeLessThanOrEqual(surplus.best + 1e-9);
    if (surplus.best === 0) continue;
    pools += 1;
    found += surplus.found;
    best += surplus.best;
  }
  return { pools, share: found / best, meanGap: (best - found) / pools };
}

describe("in pools of up to 12 tickets of a running region, compared with the best of all disjoint sets of ripe groups", () => {
  it.each([
    {
      name: "1v1",
      shape: { teamSize: 1, pointsPerSecond: 2 },
      mix: [1],
      ticketsPerS: 1.1,
      least: 0.999,
      mostGap: 0.005,
    },
    { name: "2v2", shape: { teamSize: 2 }, mix: [1], ticketsPerS: 1.1, least: 0.99, mostGap: 0.02 },
    { name: "2v2 with parties", shape: { teamSize: 2 }, mix: [0.7, 0.3], ticketsPerS: 0.85, least: 0.97, mostGap: 0.1 },
  ])(
    "a tick of $name is never better, and gets at least $least of it",
    ({ shape, mix, ticketsPerS, least, mostGap }) => {
      const { pools, share, meanGap } = gapOf(aMode(shape), { mix, ticketsPerS, ticks: 8_000 });
      expect(pools).toBeGreaterThan(1_000);
      expect(share).toBeGreaterThan(least);
      expect(meanGap).toBeLessThan(mostGap);
    },
  );
});
