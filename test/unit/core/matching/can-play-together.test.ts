import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { areTeamsOf, canPlayTogether } from "../../../../src/core/matching/can-play-together.ts";
import { findMatches } from "../../../../src/core/matching/find-matches.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";
import { anyPool, NOW_MS, SHAPES } from "../../builders/any-pool.ts";
import { brokenRules, brokenTogether } from "../../builders/broken-rules.ts";

const pools = anyPool({ shapes: SHAPES, hasParties: true, hasRules: true, mostMatches: 2 });
const [ann, bob, cay, dan] = ["ann", "bob", "cay", "dan"].map((playerId) => aSolo(playerId, 25));
const teams = [
  [ann, bob],
  [cay, dan],
].map((tickets) => tickets.filter((ticket) => ticket !== undefined));

describe("teams", () => {
  it("that a tick made are teams of their mode", () => {
    fc.assert(
      fc.property(pools, ({ tickets, mode, density }) => {
        for (const match of findMatches(tickets, mode, density, NOW_MS).matches) {
          expect(areTeamsOf(mode, match.teams)).toBe(true);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it("are a mode's if and only if they break none of its rules", () => {
    const seen = { true: 0, false: 0 };
    fc.assert(
      fc.property(pools, fc.array(fc.nat(1), { minLength: 1 }), ({ tickets, mode }, sides) => {
        const split = Array.from({ length: mode.teams }, (_, team) =>
          tickets
            .slice(0, mode.teams * mode.teamSize)
            .filter((_, index) => (sides[index % sides.length] ?? 0) === team),
        );
        const isRight = brokenRules(split, mode).length === 0;
        seen[`${isRight}`] += 1;
        expect(areTeamsOf(mode, split)).toBe(isRight);
      }),
      { numRuns: 3_000 },
    );
    expect(seen.true).toBeGreaterThan(10);
  });

  it("of another shape are not", () => {
    expect(areTeamsOf(aMode(), teams)).toBe(true);
    expect(areTeamsOf(aMode({ teamSize: 3 }), teams)).toBe(false);
    expect(areTeamsOf(aMode({ teams: 3 }), teams)).toBe(false);
    expect(areTeamsOf(aMode({ teams: 4, teamSize: 1 }), teams)).toBe(false);
  });
});

describe("teams of a mode with roles", () => {
  it("are right only if each can play them, not only all together", () => {
    const mode = aMode({ roles: { tank: 1, healer: 1 } });
    const as = (playerId: string, role: string) => aTicket({ players: [{ ...aPlayer(playerId), roles: [role] }] });
    const [tank, tankToo, healer, healerToo] = [as("a", "tank"), as("b", "tank"), as("c", "healer"), as("d", "healer")];
    const anybody = aSolo("e", 25);
    expect(
      areTeamsOf(mode, [
        [tank, healer],
        [tankToo, healerToo],
      ]),
    ).toBe(true);
    expect(
      areTeamsOf(mode, [
        [tank, tankToo],
        [healer, healerToo],
      ]),
    ).toBe(false);
    expect(
      areTeamsOf(mode, [
        [tank, anybody],
        [tankToo, healerToo],
      ]),
    ).toBe(true);
  });
});

describe("tickets", () => {
  it("can play together only if they break no rule between them", () => {
    fc.assert(
      fc.property(pools, ({ tickets, mode }) => {
        const some = tickets.slice(0, 2);
        if (brokenTogether(some, mode).length > 0) expect(canPlayTogether(some, mode)).toBe(false);
      }),
      { numRuns: 1_000 },
    );
  });

  it("that are too many for the mode cannot", () => {
    expect(canPlayTogether(teams.flat(), aMode())).toBe(true);
    expect(canPlayTogether(teams.flat(), aMode({ teamSize: 1 }))).toBe(false);
  });
});
