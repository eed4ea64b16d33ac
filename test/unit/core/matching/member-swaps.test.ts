import { describe, expect, it } from "vitest";
import { MemberSwaps } from "../../../../src/core/matching/member-swaps.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { anEvenDensity } from "../../builders/a-density.ts";
import type { MatchingPool } from "../../builders/a-matching-pool.ts";
import { aMatchingPool, namesAt } from "../../builders/a-matching-pool.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";

const duos = aMode({
  sigmaWeight: 0,
  balanceWeight: 4,
  isSigmaAware: false,
  partyParityWeight: 0,
  pointsPerSecond: 0.5,
});

/** A pool where a group may cost `tolerance` points, and the one of its first members, taken out of line. */
function start(tickets: readonly Ticket[], members: readonly number[], tolerance: number) {
  const pool = aMatchingPool(tickets, duos, { density: anEvenDensity(1 / tolerance ** 2) });
  for (const member of members) pool.line.take(member);
  return pool;
}

function improved(pool: MatchingPool, members: readonly number[]) {
  const result = new MemberSwaps(pool.candidates, pool.rules, pool.judge).improve(members, pool.line);
  return { ...result, names: namesAt(pool, result.members).sort() };
}

function solos(...mus: number[]): Ticket[] {
  return mus.map((mu) => aSolo(`p${mu}`, mu));
}

describe("MemberSwaps", () => {
  it("makes a group ripe that only its balance kept from it", () => {
    // 20 + 23 and 20.5 + 20.6 differ by 1.9 and cost 3 + 3.8; with 23.1 for 20 by nothing: 2.6.
    const tickets = [20, 20.5, 20.6, 23, 23.1].map((mu) => aSolo(`p${mu}`, mu));
    const pool = start(tickets, [0, 1, 2, 3], 5);
    expect(pool.judge.judge([0, 1, 2, 3]).surplus).toBeLessThan(0);
    const { names, verdict } = improved(pool, [0, 1, 2, 3]);
    expect(verdict.surplus).toBeGreaterThanOrEqual(0);
    expect(names).toEqual(["p20.5", "p20.6", "p23", "p23.1"]);
  });

  it("leaves a group alone whose balance is good", () => {
    const pool = start(solos(20, 21, 22, 23, 24), [0, 1, 2, 3], 10);
    expect(improved(pool, [0, 1, 2, 3]).names).toEqual(["p20", "p21", "p22", "p23"]);
  });

  it("leaves a group alone whose range alone is too much", () => {
    const pool = start(solos(10, 20, 20.5, 30, 30.5), [0, 1, 2, 3], 5);
    expect(improved(pool, [0, 1, 2, 3]).members).toEqual([0, 1, 2, 3]);
  });

  it("takes nobody who has a match", () => {
    const tickets = [20, 20.5, 20.6, 23, 23.1].map((mu) => aSolo(`p${mu}`, mu));
    const pool = start(tickets, [0, 1, 2, 3], 5);
    pool.line.take(4);
    expect(improved(pool, [0, 1, 2, 3]).members).toEqual([0, 1, 2, 3]);
  });

  it("takes nobody whom the hard rules keep out", () => {
    const tickets = [20, 20.5, 20.6, 23].map((mu) => aSolo(`p${mu}`, mu));
    const shy = aSolo("p23.1", 23.1, { constraints: { avoid: ["p20", "p20.6", "p23"] } });
    const pool = start([...tickets, shy], [0, 1, 2, 3], 5);
    expect(improved(pool, [0, 1, 2, 3]).members).toEqual([0, 1, 2, 3]);
  });

  it("exchanges only tickets of equal size", () => {
    const party = aTicket({ players: [aPlayer("q1", 23.1), aPlayer("q2", 23.1)] });
    const tickets = [20, 20.5, 20.6, 23].map((mu) => aSolo(`p${mu}`, mu));
    const pool = start([...tickets, party], [0, 1, 2, 3], 5);
    expect(improved(pool, [0, 1, 2, 3]).members).toEqual([0, 1, 2, 3]);
  });

  it("never makes a group worse", () => {
    const tickets = [20, 20.5, 20.6, 23, 23.1, 19.9, 19.5, 24].map((mu) => aSolo(`p${mu}`, mu));
    for (const tolerance of [1, 3, 5, 8, 20]) {
      const members = [2, 3, 4, 5];
      const pool = start(tickets, members, tolerance);
      const before = pool.judge.judge(members).surplus;
      expect(improved(pool, members).verdict.surplus).toBeGreaterThanOrEqual(before);
    }
  });
});
