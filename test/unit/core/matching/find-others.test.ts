import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { findOthers } from "../../../../src/core/matching/find-others.ts";
import type { Mode } from "../../../../src/core/mode.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { anEvenDensity } from "../../builders/a-density.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";
import type { TickPool } from "../../builders/any-pool.ts";
import { anyPool, NOW_MS, SMALL_SHAPES } from "../../builders/any-pool.ts";
import { brokenRules, brokenTogether } from "../../builders/broken-rules.ts";
import { everySplit } from "../../builders/every-split.ts";
import { isOverdue, worthOf } from "../../builders/match-worth.ts";
import { everyGroup } from "../../builders/possible-group.ts";

type Teams = readonly (readonly Ticket[])[];

/** Nobody is ever overdue. */
const overdue = { naturalWaits: 1_000, leastS: 86_400, mostS: 86_400 };
const duos = aMode({ sigmaWeight: 0, overdue });
const HELD = ["ann", "bob", "cay"].map((playerId) => aSolo(playerId, 25));

/** Who is found, as the names on each team. */
function found(held: readonly Ticket[], waiting: readonly Ticket[], mode: Mode, nowMs = 10_000): string[][] | null {
  const [teams] = findOthers([held], waiting, mode, anEvenDensity(1), nowMs);
  return teams === null || teams === undefined ? null : namesOf(teams);
}

function namesOf(teams: Teams): string[][] {
  return teams.map((tickets) => tickets.flatMap(({ players }) => players.map(({ playerId }) => playerId)).sort());
}

/** The newcomers alone. */
function newcomers(held: readonly Ticket[], waiting: readonly Ticket[], mode: Mode, nowMs?: number): string[] | null {
  const names = held.flatMap(({ players }) => players.map(({ playerId }) => playerId));
  return (
    found(held, waiting, mode, nowMs)
      ?.flat()
      .filter((name) => !names.includes(name))
      .sort() ?? null
  );
}

describe("findOthers", () => {
  it("finds nobody where nobody waits", () => {
    expect(found(HELD, [], duos)).toBeNull();
  });

  it("takes who makes the best match, not who came first", () => {
    const waiting = [aSolo("old", 28), aSolo("near", 25.5, { enqueuedAtMs: 9_000 })];
    expect(newcomers(HELD, waiting, duos)).toEqual(["near"]);
  });

  it("takes nobody while the match would cost more than its tolerance, and somebody once the held ones waited longer", () => {
    const late = [aSolo("dan", 33, { enqueuedAtMs: 0 })];
    expect(newcomers(HELD, late, duos, 2_000)).toBeNull();
    expect(newcomers(HELD, late, duos, 60_000)).toEqual(["dan"]);
  });

  it("counts what others' fault cost the held ones twice", () => {
    const owed = HELD.map((ticket) => ({ ...ticket, priorityMs: 40_000 }));
    expect(newcomers(HELD, [aSolo("dan", 33)], duos, 5_000)).toBeNull();
    expect(newcomers(owed, [aSolo("dan", 33)], duos, 5_000)).toEqual(["dan"]);
  });

  it.each([
    ["one of the held", 0],
    ["who waits", 1],
  ])("takes anybody allowed once %s is past their cap", (_, whose) => {
    const capped = aMode({
      sigmaWeight: 0,
      pointsPerSecond: 0.01,
      overdue: { naturalWaits: 1_000, leastS: 60, mostS: 60 },
    });
    const of = (who: number) => ({ enqueuedAtMs: who === whose ? 0 : 59_000 });
    const held = HELD.map((ticket) => ({ ...ticket, ...of(0) }));
    const waiting = [aSolo("far", 45, of(1)), aSolo("farther", 0, { enqueuedAtMs: 59_000 })];
    expect(newcomers(held, waiting, capped, 59_999)).toBeNull();
    expect(newcomers(held, waiting, capped, 60_000)).toEqual(["far"]);
  });

  it("splits the teams anew: the strong one who came is not on the team of the strong one who stayed", () => {
    const held = [aSolo("strong", 29), aSolo("bob", 25), aSolo("cay", 25)];
    expect(found(held, [aSolo("strong too", 29)], duos, 60_000)?.find((team) => team.includes("strong"))).not.toContain(
      "strong too",
    );
  });

  it("fills several places, with a party where it fits and whole", () => {
    const pair = aTicket({ players: [aPlayer("eve"), aPlayer("fay")] });
    const single = aSolo("gus", 25);
    expect(newcomers(HELD.slice(0, 2), [pair, single], duos)).toEqual(["eve", "fay"]);
    expect(newcomers(HELD, [pair, single], duos)).toEqual(["gus"]);
    const heldPair = aTicket({ players: [aPlayer("hal"), aPlayer("ivy")] });
    expect(found([heldPair], [aSolo("eve", 25), aSolo("fay", 25)], duos)?.map((team) => team.sort())).toContainEqual([
      "hal",
      "ivy",
    ]);
  });

  it("asks everybody's rules: whom a held player avoids, or who avoids them, is not taken", () => {
    const [ann, ...rest] = HELD;
    const wary = { ...(ann as Ticket), constraints: { avoid: ["dan"] } };
    const shy = aSolo("eve", 25, { constraints: { avoid: ["bob"] } });
    const waiting = [aSolo("dan", 25), shy, aSolo("fay", 26)];
    expect(newcomers([wary, ...rest], waiting, duos)).toEqual(["fay"]);
  });

  it("asks for the same in attributes that must be the same", () => {
    const mode = aMode({ sigmaWeight: 0, overdue, attributes: { build: { rule: "same", default: 1 } } });
    const waiting = [
      aSolo("newer", 25, { constraints: { attributes: { build: 2 } } }),
      aSolo("alike", 26, { constraints: { attributes: { build: 1 } } }),
    ];
    expect(newcomers(HELD, waiting, mode)).toEqual(["alike"]);
  });

  it("gives the role that is missing to somebody who offers it", () => {
    const mode = aMode({ sigmaWeight: 0, overdue, roles: { tank: 1, healer: 1 } });
    const as = (playerId: string, role: string) => aTicket({ players: [{ ...aPlayer(playerId), roles: [role] }] });
    const held = [as("ann", "tank"), as("bob", "healer"), as("cay", "tank")];
    expect(newcomers(held, [as("dan", "tank"), as("eve", "healer")], mode)).toEqual(["eve"]);
  });

  it("past the cap passes over a nearer group of which no teams can be made", () => {
    const mode = aMode({
      teamSize: 3,
      roles: { tank: 1, healer: 1 },
      pointsPerSecond: 0.01,
      overdue: { naturalWaits: 1_000, leastS: 60, mostS: 60 },
    });
    const as = (role: string, mu: number, ...playerIds: string[]) =>
      aTicket({ players: playerIds.map((playerId) => ({ ...aPlayer(playerId, mu), roles: [role] })) });
    const held = [as("tank", 25, "ann", "bob"), as("tank", 25, "cay")];
    // With a fourth tank one team would have three.
    const waiting = [as("healer", 45, "dan", "eve"), as("tank", 26, "fay"), as("healer", 46, "gus")];
    expect(newcomers(held, waiting, mode, 60_000)).toEqual(["dan", "eve", "gus"]);
  });

  it("gives nobody to two groups; the first has the choice", () => {
    const others = ["dan", "eve", "fay"].map((playerId) => aSolo(playerId, 25));
    const waiting = [aSolo("near", 25), aSolo("far", 26)];
    const both = findOthers([HELD, others], waiting, duos, anEvenDensity(1), 10_000);
    expect(both.map((teams) => teams?.flat().some((ticket) => waiting[0] === ticket))).toEqual([true, false]);
    expect(both.map((teams) => teams?.flat().some((ticket) => waiting[1] === ticket))).toEqual([false, true]);
  });

  it("has nobody for held players whom the rules do not allow together any more", () => {
    const wary = aSolo("bob", 25, { constraints: { avoid: ["ann"] } });
    expect(found([aSolo("ann", 25), wary], [aSolo("cay", 25), aSolo("dan", 25)], duos)).toBeNull();
  });
});

interface Broken extends TickPool {
  readonly held: readonly (readonly Ticket[])[];
  readonly waiting: readonly Ticket[];
}

/** A pool of which some tickets are held, in one or two groups that can still become matches. */
function anyBroken({ tickets, ...pool }: TickPool, places: readonly number[]): Broken {
  const { mode } = pool;
  const held: Ticket[][] = [];
  const waiting: Ticket[] = [];
  tickets.forEach((ticket, index) => {
    const group = places[index % places.length] ?? 0;
    const joined = [...(held[group] ?? []), ticket];
    const size = joined.reduce((sum, { players }) => sum + players.length, 0);
    const isFitting = size < mode.teams * mode.teamSize && brokenTogether(joined, mode).length === 0;
    if (group < 2 && isFitting) held[group] = joined;
    else waiting.push(ticket);
  });
  return { ...pool, tickets, held: held.filter((group) => group !== undefined), waiting };
}

const places = fc.array(fc.constantFrom(0, 0, 1, 2, 2), { minLength: 1, maxLength: 7 });

function everyRepair(pools: fc.Arbitrary<TickPool>, check: (broken: Broken, teams: readonly (Teams | null)[]) => void) {
  fc.assert(
    fc.property(pools, places, (pool, which) => {
      const broken = anyBroken(pool, which);
      const { held, waiting, mode, density } = broken;
      check(broken, findOthers(held, waiting, mode, density, NOW_MS));
    }),
    { numRuns: 1_500 },
  );
}

/** Of its best split; minus infinity: none breaks no rule. */
function bestWorth(group: readonly Ticket[], { mode, density }: TickPool): number {
  const sizes = group.map(({ players }) => players.length);
  const surpluses = everySplit(sizes, mode.teams, mode.teamSize).flatMap((teamOf) => {
    const teams = Array.from({ length: mode.teams }, (_, team) => group.filter((_, unit) => teamOf[unit] === team));
    if (brokenRules(teams, mode).length > 0) return [];
    const { cost, tolerance } = worthOf(teams, mode, density, NOW_MS);
    return tolerance - cost;
  });
  return Math.max(Number.NEGATIVE_INFINITY, ...surpluses);
}

describe("in any pool", () => {
  const rich = anyPool({ shapes: SMALL_SHAPES, hasParties: true, hasRules: true, mostMatches: 2 });

  it("what is found is a whole match that breaks no rule, with all the held and with nobody twice", () => {
    let matches = 0;
    everyRepair(rich, ({ held, waiting, mode, density }, found) => {
      expect(found).toHaveLength(held.length);
      const taken = found.flatMap((teams, index) => {
        if (teams === null) return [];
        matches += 1;
        const tickets = teams.flat();
        expect(brokenRules(teams, mode)).toEqual([]);
        expect(tickets).toEqual(expect.arrayContaining([...(held[index] ?? [])]));
        const { cost, tolerance } = worthOf(teams, mode, density, NOW_MS);
        const isForced = tickets.some((ticket) => isOverdue(ticket, mode, density, NOW_MS));
        if (!isForced) expect(cost).toBeLessThanOrEqual(tolerance + 1e-9);
        return tickets.filter((ticket) => !held[index]?.includes(ticket));
      });
      expect(new Set(taken).size).toBe(taken.length);
      expect(waiting).toEqual(expect.arrayContaining(taken));
    });
    expect(matches).toBeGreaterThan(200);
  });

  it("the first group gets the best match that there is, and none only if there is none", () => {
    let matches = 0;
    everyRepair(rich, (broken, [first]) => {
      const { held, waiting, mode, density } = broken;
      const [group] = held;
      if (group === undefined || first === undefined) return;
      const possible = everyGroup(group, waiting, mode).flatMap((tickets) => {
        const surplus = bestWorth(tickets, broken);
        const isForced = tickets.some((ticket) => isOverdue(ticket, mode, density, NOW_MS));
        return surplus >= (isForced ? -1e9 : 0) ? [surplus] : [];
      });
      if (possible.length === 0) {
        expect(first).toBeNull();
        return;
      }
      matches += 1;
      expect(first).not.toBeNull();
      const best = Math.max(...possible);
      if (best >= 0) expect(bestWorth(first?.flat() ?? [], broken)).toBeCloseTo(best, 6);
    });
    expect(matches).toBeGreaterThan(100);
  });
});
