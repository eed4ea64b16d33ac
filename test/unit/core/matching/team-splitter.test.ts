import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { anEvenDensity } from "../../builders/a-density.ts";
import { aMatchingPool } from "../../builders/a-matching-pool.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";
import type { AnyGroup } from "../../builders/any-group.ts";
import { anyGroup, everyLineup, onTeams } from "../../builders/any-group.ts";
import { brokenRules } from "../../builders/broken-rules.ts";
import { worthOf } from "../../builders/match-worth.ts";

const SHAPES = [
  { teams: 2, teamSize: 1 },
  { teams: 2, teamSize: 2 },
  { teams: 2, teamSize: 3 },
  { teams: 2, teamSize: 4 },
  { teams: 2, teamSize: 5 },
  { teams: 4, teamSize: 1 },
  { teams: 3, teamSize: 2 },
];

/** The lineup that the splitter takes; null: none. */
function lineupOf({ mode, tickets }: AnyGroup): Ticket[][] | null {
  const { candidates, judge } = aMatchingPool(tickets, mode);
  const members = tickets.map((_, position) => position);
  const teamOf = judge.split(members);
  return teamOf === null ? null : onTeams(candidates.tickets, teamOf, mode);
}

function costOf(lineup: readonly (readonly Ticket[])[], { mode }: AnyGroup): number {
  return worthOf(lineup, mode, anEvenDensity(1), 0).cost;
}

/** Of every way to put the group on teams that keeps to the roles; infinite if there is none. */
function leastCost(group: AnyGroup): number {
  const allowed = everyLineup(group).filter((lineup) => brokenRules(lineup, group.mode).length === 0);
  return Math.min(...allowed.map((lineup) => costOf(lineup, group)));
}

function solos(...mus: number[]): Ticket[] {
  return mus.map((mu, index) => aSolo(`p${index}`, mu));
}

describe("TeamSplitter", () => {
  it.each([
    { whom: "single players", hasParties: false, hasRoles: false, numRuns: 1_000 },
    { whom: "parties", hasParties: true, hasRoles: false, numRuns: 2_000 },
    { whom: "parties with roles", hasParties: true, hasRoles: true, numRuns: 2_000 },
  ])("takes the cheapest lineup there is of $whom", ({ numRuns, ...kinds }) => {
    const seen = { possible: 0, impossible: 0 };
    fc.assert(
      fc.property(anyGroup(SHAPES, kinds), (group) => {
        const lineup = lineupOf(group);
        const least = leastCost(group);
        seen[lineup === null ? "impossible" : "possible"] += 1;
        if (lineup === null) {
          expect(least).toBe(Number.POSITIVE_INFINITY);
          return;
        }
        expect(brokenRules(lineup, group.mode)).toEqual([]);
        expect(costOf(lineup, group)).toBeLessThanOrEqual(least + 1e-9);
      }),
      { numRuns },
    );
    expect(seen.possible).toBeGreaterThan(numRuns / 10);
    if (kinds.hasRoles) expect(seen.impossible).toBeGreaterThan(numRuns / 20);
  });

  it("takes the cheapest of the 280 lineups of 3×3", () => {
    const group = anyGroup([{ teams: 3, teamSize: 3 }], { hasParties: true, hasRoles: false });
    fc.assert(
      fc.property(group, (group) => {
        const lineup = lineupOf(group);
        const least = leastCost(group);
        expect(lineup === null ? Number.POSITIVE_INFINITY : costOf(lineup, group)).toBeCloseTo(least, 9);
      }),
      { numRuns: 30 },
    );
  });

  it("weighs a group at what its cheapest lineup costs", () => {
    fc.assert(
      fc.property(anyGroup(SHAPES, { hasParties: true, hasRoles: true }), (group) => {
        const { judge, tolerances } = aMatchingPool(group.tickets, { ...group.mode, pointsPerSecond: 1_000 });
        const { surplus, tolerance } = judge.judge(group.tickets.map((_, position) => position));
        const least = leastCost(group);
        // What is too wide already is not split: then the surplus only says that.
        if (tolerance - surplus < least - 1e-9) expect(surplus).toBeLessThan(0);
        else if (Number.isFinite(least)) expect(tolerance - surplus).toBeCloseTo(least, 9);
        else expect(surplus).toBe(Number.NEGATIVE_INFINITY);
        expect(tolerance).toBeLessThanOrEqual(tolerances.of(0, 0, 0) + 1e-9);
      }),
      { numRuns: 1_000 },
    );
  });

  it("plays the best and the worst of four against the two between", () => {
    const lineup = lineupOf({ mode: aMode(), tickets: solos(27, 24, 26, 25) });
    expect(lineup?.map((team) => team.map(({ players }) => players[0]?.mu).sort())).toEqual([
      [24, 27],
      [25, 26],
    ]);
  });

  it("prefers party against party to a slightly fairer lineup, as far as the parity weight goes", () => {
    const duo = (name: string, mu: number) => aTicket({ players: [aPlayer(name, mu), aPlayer(`${name}2`, mu)] });
    // Together the parties are as strong as the others; one on each team leaves twelve points between the teams.
    const tickets = [duo("a", 28), duo("b", 22), ...solos(25, 25, 25, 25)];
    const split = (partyParityWeight: number) =>
      lineupOf({ mode: aMode({ teamSize: 4, isSigmaAware: false, partyParityWeight }), tickets })
        ?.map((team) => team.filter(({ players }) => players.length === 2).length)
        .sort();
    expect(split(0)).toEqual([0, 2]);
    expect(split(10)).toEqual([1, 1]);
  });

  it("finds out in time that no lineup of large teams holds these parties", () => {
    const trios = Array.from({ length: 21 }, (_, index) =>
      aTicket({ players: [0, 1, 2].map((member) => aPlayer(`p${index}-${member}`)) }),
    );
    expect(lineupOf({ mode: aMode({ teams: 4, teamSize: 16 }), tickets: [...trios, aSolo("alone", 25)] })).toBeNull();
  });

  it("keeps teams even that are too large to look at every lineup, with roles too", () => {
    const roles = [["tank"], ["healer"], ["damage"], ["tank", "damage"]];
    const tickets = Array.from({ length: 20 }, (_, index) =>
      aTicket({ players: [{ ...aPlayer(`p${index}`, 15 + index), roles: roles[index % 4] ?? [] }] }),
    );
    const mode = aMode({ teamSize: 10, roles: { tank: 2, healer: 2, damage: 4 } });
    const lineup = lineupOf({ mode, tickets }) ?? [];
    expect(brokenRules(lineup, mode)).toEqual([]);
    const sums = lineup.map((team) => team.reduce((sum, { players }) => sum + (players[0]?.mu ?? Number.NaN), 0));
    // All twenty together have 490; the best ten have 100 more than the others.
    expect(Math.max(...sums) - Math.min(...sums)).toBeLessThanOrEqual(2);
  });

  it("seats a group for whose kind there is a way, also after one of the same offers whose parties had none", () => {
    const offering = (role: string, ...names: string[]) =>
      aTicket({ players: names.map((name) => ({ ...aPlayer(name), roles: [role] })) });
    const [ann, cay, eve] = [
      offering("tank", "ann", "bob"),
      offering("tank", "cay", "dan"),
      offering("tank", "eve", "fay"),
    ];
    const apart = [offering("tank", "gil"), offering("tank", "hal")];
    const others = [offering("healer", "ian"), offering("healer", "jan")];
    const mode = aMode({ teamSize: 4, roles: { tank: 3, healer: 1 } });
    const { candidates, judge } = aMatchingPool([ann, cay, eve, ...apart, ...others], mode);
    const split = (tickets: readonly Ticket[]) =>
      judge.split(tickets.map((ticket) => candidates.tickets.indexOf(ticket)));
    // Three pairs of tanks leave one team a tank short; two pairs and two single tanks do not.
    expect(split([ann, cay, eve, ...others])).toBeNull();
    expect(split([ann, cay, ...apart, ...others])).not.toBeNull();
    expect(split([eve, ...others, cay, ann])).toBeNull();
    expect(split([eve, ...others, cay, ...apart])).not.toBeNull();
  });

  it("gives the same lineup whatever the order of the tickets", () => {
    fc.assert(
      fc.property(anyGroup(SHAPES, { hasParties: true, hasRoles: true }), (group) => {
        expect(lineupOf({ ...group, tickets: [...group.tickets].reverse() })).toEqual(lineupOf(group));
      }),
      { numRuns: 500 },
    );
  });
});
