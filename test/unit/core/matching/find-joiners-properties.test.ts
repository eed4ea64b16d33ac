import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isValueList } from "../../../../src/core/attribute.ts";
import { placesLeft } from "../../../../src/core/backfill.ts";
import type { Match } from "../../../../src/core/match.ts";
import { matchPlayers, presentPlayers } from "../../../../src/core/match.ts";
import type { Joiners } from "../../../../src/core/matching/find-joiners.ts";
import { findJoiners } from "../../../../src/core/matching/find-joiners.ts";
import { JoinProspects } from "../../../../src/core/matching/join-prospects.ts";
import { rolesNeeded } from "../../../../src/core/matching/roles-needed.ts";
import type { Opening } from "../../../../src/core/matching/running-match.ts";
import { seatJoiners } from "../../../../src/core/seat-joiners.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { limitsOf } from "../../../../src/core/ticket-limits.ts";
import type { OpenWorld } from "../../builders/any-openings.ts";
import { anyOpenings, presentTickets } from "../../builders/any-openings.ts";
import { NOW_MS } from "../../builders/any-pool.ts";
import { brokenTogether } from "../../builders/broken-rules.ts";

const RUNS = { numRuns: 1_500 };

function joinersOf({ openings, waiting, mode, density }: OpenWorld): Joiners[] {
  return findJoiners(openings, waiting, mode, density, NOW_MS);
}

/** The match after those came. */
function filled({ opening, teams }: Joiners, { mode }: OpenWorld): Match {
  const limits = [...(opening.match.limits ?? []), ...(limitsOf(teams.flat()) ?? [])];
  return { ...opening.match, teams: seatJoiners(opening.match, teams, mode, 0), limits };
}

/** Plays every world and counts the matches into which somebody came, so that a test which sees none fails. */
function everyJoin(check: (joiners: Joiners, world: OpenWorld) => void): void {
  let joins = 0;
  fc.assert(
    fc.property(anyOpenings, (world) => {
      for (const joiners of joinersOf(world)) {
        joins += 1;
        check(joiners, world);
      }
    }),
    RUNS,
  );
  expect(joins).toBeGreaterThan(100);
}

describe("whoever comes into a running match", () => {
  it("is allowed there by every hard rule of all who are there", () => {
    everyJoin(({ opening, teams }, { mode, tickets }) => {
      const present = presentTickets(opening.match, tickets);
      // What those who left allowed does not matter any more; what was agreed on does.
      expect(brokenTogether([...present.flat(), ...teams.flat()], mode)).toEqual([]);
    });
  });

  it("is content with whatever of the terms the game is played by", () => {
    everyJoin(({ opening, teams }, { mode }) => {
      const { attributes = {} } = opening.match.terms ?? {};
      for (const { constraints } of teams.flat()) {
        for (const [name, said] of Object.entries(constraints.attributes ?? {})) {
          const agreed = attributes[name];
          if (agreed !== undefined && isValueList(agreed)) expect(said).toEqual(expect.arrayContaining([...agreed]));
          if (mode.attributes[name]?.rule === "same") expect(said).toBe(agreed);
        }
        const { latencyMs } = constraints;
        if (latencyMs === undefined) continue;
        for (const location of opening.locations)
          expect(latencyMs[location]).toBeLessThanOrEqual(mode.maxLatencyMs ?? 0);
      }
    });
  });

  it("comes whole, into places that were asked for, and nobody is anywhere twice", () => {
    fc.assert(
      fc.property(anyOpenings, (world) => {
        const joined = joinersOf(world).flatMap(({ opening, teams }) => {
          teams.forEach((tickets, index) => {
            const team = opening.match.teams[index]?.name ?? "";
            const players = tickets.flatMap((ticket) => ticket.players);
            expect(players.length).toBeLessThanOrEqual(opening.backfill.places[team] ?? 0);
          });
          return teams.flat();
        });
        for (const ticket of joined) expect(world.waiting).toContain(ticket);
        expect(new Set(joined).size).toBe(joined.length);
      }),
      RUNS,
    );
  });

  it("has a role that the team lacks, and leaves it places for the roles that it still lacks", () => {
    let roles = 0;
    everyJoin((joiners, world) => {
      const { match } = joiners.opening;
      filled(joiners, world).teams.forEach((team, index) => {
        const before = match.teams[index];
        const lacking = Object.values(rolesNeeded(presentPlayers(team), world.mode)).reduce((sum, one) => sum + one, 0);
        expect(lacking).toBeLessThanOrEqual(world.mode.teamSize - presentPlayers(team).length);
        for (const { role, filledIn, ticketId, playerId } of team.players) {
          if (filledIn !== true || role === null || role === undefined) continue;
          roles += 1;
          expect(rolesNeeded(presentPlayers(before ?? team), world.mode)[role]).toBeGreaterThan(0);
          const offered = world.tickets.get(ticketId)?.players.find((player) => player.playerId === playerId)?.roles;
          if (offered !== undefined) expect(offered).toContain(role);
        }
      });
    });
    expect(roles).toBeGreaterThan(20);
  });

  it("was never in that match before", () => {
    fc.assert(
      fc.property(anyOpenings, (world) => {
        const [opening] = world.openings;
        const leaver = opening === undefined ? undefined : matchPlayers(opening.match).find(({ released }) => released);
        const ticket = leaver === undefined ? undefined : world.tickets.get(leaver.ticketId);
        if (ticket === undefined) return;
        const waiting = [...world.waiting, { ...ticket, ticketId: "again" }];
        const again = joinersOf({ ...world, waiting }).filter(({ opening: { match } }) => match === opening?.match);
        expect(again.flatMap(({ teams }) => teams.flat()).map(({ ticketId }) => ticketId)).not.toContain("again");
      }),
      RUNS,
    );
  });
});

describe("an open place", () => {
  it("past the cap of its mode is filled at once if the hard rules allow anybody", () => {
    fc.assert(
      fc.property(anyOpenings, (world) => {
        const mode = { ...world.mode, overdue: { naturalWaits: 0, leastS: 0, mostS: 0 } };
        const found = joinersOf({ ...world, mode });
        const taken = new Set(found.flatMap(({ teams }) => teams.flat()));
        const left = world.waiting.filter((ticket) => !taken.has(ticket));
        for (const opening of world.openings) {
          const joiners = found.find((one) => one.opening === opening);
          const teams = joiners?.teams ?? opening.match.teams.map(() => []);
          const came = opening.match.teams.map(({ name }, index): [string, number] => [
            name,
            (teams[index] ?? []).flatMap(({ players }) => players).length,
          ]);
          const places = placesLeft(opening.backfill.places, Object.fromEntries(came));
          const match = filled({ opening, teams }, world);
          const after = { ...opening, match, backfill: { ...opening.backfill, places } };
          expect(new JoinProspects().couldJoin(after, left, mode)).toBe(false);
        }
      }),
      RUNS,
    );
  });
});

describe("who could ever come into a match", () => {
  it("does not depend on who was looked at before, nor on how the match was then", () => {
    let allowed = 0;
    fc.assert(
      fc.property(anyOpenings, (world) => {
        const { openings, waiting, mode } = world;
        const prospects = new JoinProspects();
        const expectTheSame = (opening: Opening, tickets: readonly Ticket[]) => {
          const could = new JoinProspects().couldJoin(opening, tickets, mode);
          expect(prospects.couldJoin(opening, tickets, mode)).toBe(could);
          if (could) allowed += 1;
        };
        for (const opening of openings) {
          for (const tickets of [waiting.slice(0, 1), waiting, waiting.slice(1), []]) expectTheSame(opening, tickets);
          for (const { match } of openings) expectTheSame({ ...opening, match }, waiting);
          const places = Object.fromEntries(
            Object.keys(opening.backfill.places)
              .slice(1)
              .map((team) => [team, 1]),
          );
          expectTheSame({ ...opening, backfill: { ...opening.backfill, places } }, waiting);
        }
      }),
      RUNS,
    );
    expect(allowed).toBeGreaterThan(1_000);
  });
});

describe("the same matches and tickets", () => {
  it("give the same joiners, in whatever order they are given", () => {
    const shuffled = anyOpenings.chain((world) =>
      fc.record({
        world: fc.constant(world),
        waiting: fc.shuffledSubarray([...world.waiting], { minLength: world.waiting.length }),
        openings: fc.shuffledSubarray([...world.openings], { minLength: world.openings.length }),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ world, ...order }) => {
        expect(joinersOf({ ...world, ...order })).toEqual(joinersOf(world));
      }),
      RUNS,
    );
  });
});
