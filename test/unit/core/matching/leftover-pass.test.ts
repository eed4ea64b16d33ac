import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchLeftovers } from "../../../../src/core/matching/leftover-pass.ts";
import type { Mode } from "../../../../src/core/mode.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { anEvenDensity } from "../../builders/a-density.ts";
import { aMatchingPool, namesAt } from "../../builders/a-matching-pool.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";
import { anyPool, NOW_MS, SMALL_SHAPES } from "../../builders/any-pool.ts";
import { brokenTogether } from "../../builders/broken-rules.ts";

const plain = { sigmaWeight: 0, isSigmaAware: false, partyParityWeight: 0, balanceWeight: 4 };
const duel = aMode({ ...plain, teamSize: 1 });
const duos = aMode(plain);
/** Every group of these tests is ripe. */
const COLD = 2e-5;

function groupsOf(tickets: readonly Ticket[], mode: Mode, rho = COLD): (string | undefined)[][] {
  const pool = aMatchingPool(tickets, mode, { density: anEvenDensity(rho) });
  const groups = matchLeftovers(pool.candidates, pool.line, pool.rules, pool.judge);
  return groups.map((group) => namesAt(pool, group).sort());
}

function duo(playerId: string, mu: number): Ticket {
  return aTicket({ players: [aPlayer(playerId, mu), aPlayer(`${playerId}2`, mu)] });
}

describe("matchLeftovers", () => {
  it("skips a party that does not fit and takes the single players behind it", () => {
    const tickets = [duo("a", 25), duo("b", 25.1), duo("c", 25.2), aSolo("x", 26), aSolo("y", 26.1)];
    // Three parties of two do not stand on two teams of three.
    expect(groupsOf(tickets, aMode({ ...plain, teamSize: 3 }))).toEqual([["b", "c", "x", "y"]]);
  });

  it("skips whoever a hard rule keeps out", () => {
    const shy = aSolo("ann", 25, { constraints: { avoid: ["bob"] } });
    expect(groupsOf([shy, aSolo("bob", 25.1), aSolo("cay", 26)], duel)).toEqual([["bob", "cay"]]);
    expect(groupsOf([shy, aSolo("bob", 25.1), aSolo("cay", 26), aSolo("dan", 25.2)], duel)).toEqual([
      ["bob", "dan"],
      ["ann", "cay"],
    ]);
  });

  it("takes the group with most surplus first, and gathers anew around those who lost a member", () => {
    const tickets = [20, 22, 23, 25].map((mu) => aSolo(`p${mu}`, mu));
    expect(groupsOf(tickets, duel)).toEqual([
      ["p22", "p23"],
      ["p20", "p25"],
    ]);
  });

  it("makes nothing of groups that are not ripe", () => {
    expect(
      groupsOf(
        [20, 23, 26].map((mu) => aSolo(`p${mu}`, mu)),
        duel,
        1,
      ),
    ).toEqual([]);
  });

  it("makes a group ripe by exchanging a member", () => {
    // Nearest first is three of one kind and one of the other, 3 + 6; two and two cost 3.
    const tickets = [20, 20, 20, 23, 23, 23].map((mu, index) => aSolo(`p${index}`, mu));
    const [members, ...others] = groupsOf(tickets, duos, 1 / 5 ** 2);
    expect(members?.map((name) => (Number(name?.slice(1)) < 3 ? 20 : 23)).sort()).toEqual([20, 20, 23, 23]);
    expect(others).toEqual([]);
  });

  it("makes only ripe, allowed, disjoint groups, and leaves everybody else in line", () => {
    let matches = 0;
    const pools = anyPool({ shapes: SMALL_SHAPES, hasParties: true, hasRules: true, mostMatches: 4 });
    fc.assert(
      fc.property(pools, ({ tickets: all, mode, density }) => {
        const tickets = all.filter(({ constraints }) => constraints.attributes?.build !== 2);
        const { candidates, line, rules, judge } = aMatchingPool(tickets, mode, { density, nowMs: NOW_MS });
        const groups = matchLeftovers(candidates, line, rules, judge);
        matches += groups.length;
        for (const group of groups) {
          expect(judge.judge(group).surplus).toBeGreaterThanOrEqual(0);
          const members = group.map((member) => candidates.ticket(member));
          expect(brokenTogether(members, mode)).toEqual([]);
        }
        expect([...groups.flat(), ...line.positions()].sort((a, b) => a - b)).toEqual(tickets.map((_, at) => at));
      }),
      { numRuns: 2_000 },
    );
    expect(matches).toBeGreaterThan(500);
  });

  it("leaves nobody waiting next to a ticket with which they make a ripe duel", () => {
    const mus = fc.array(fc.double({ min: 20, max: 30, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(mus, (mus) => {
        const tickets = mus.map((mu, index) => aSolo(`p${index}`, mu));
        const pool = aMatchingPool(tickets, duel, { density: anEvenDensity(0.3) });
        matchLeftovers(pool.candidates, pool.line, pool.rules, pool.judge);
        const left = [...pool.line.positions()];
        for (const [index, position] of left.entries()) {
          const next = left[index + 1];
          if (next !== undefined) expect(pool.judge.judge([position, next]).surplus).toBeLessThan(0);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});
