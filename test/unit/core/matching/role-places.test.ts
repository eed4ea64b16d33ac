import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RolePlaces } from "../../../../src/core/matching/role-places.ts";
import type { Mode } from "../../../../src/core/mode.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aTicket } from "../../builders/a-ticket.ts";
import { canPlayRoles } from "../../builders/broken-rules.ts";

const modes: fc.Arbitrary<Mode> = fc.constantFrom(
  aMode({ teamSize: 2, roles: { tank: 1 } }),
  aMode({ teamSize: 3, roles: { tank: 1, healer: 1 } }),
  aMode({ teamSize: 4, roles: { tank: 1, healer: 1, damage: 2 } }),
  aMode({ teamSize: 5, roles: { tank: 2, healer: 1 } }),
);

function seats(mode: Mode, teams: number, offers: readonly (readonly string[] | undefined)[]): boolean {
  const places = new RolePlaces(mode);
  return places.canSeat(
    offers.map((roles) => places.offerOf({ ...aPlayer("ann"), ...(roles !== undefined && { roles }) })),
    teams,
  );
}

describe("RolePlaces", () => {
  it("agrees with trying every place for every player, in full teams and in half-full ones", () => {
    const cases = modes.chain((mode) =>
      fc.record({
        mode: fc.constant(mode),
        offers: fc.array(fc.option(fc.subarray(Object.keys(mode.roles)), { nil: undefined }), {
          maxLength: mode.teamSize,
        }),
      }),
    );
    const seen = { possible: 0, impossible: 0 };
    fc.assert(
      fc.property(cases, ({ mode, offers }) => {
        const players = offers.map((roles, index) => ({
          ...aPlayer(`p${index}`),
          ...(roles !== undefined && { roles }),
        }));
        const isPossible = canPlayRoles([aTicket({ players })], mode);
        seen[isPossible ? "possible" : "impossible"] += 1;
        expect(seats(mode, 1, offers)).toBe(isPossible);
      }),
      { numRuns: 3_000 },
    );
    expect(Math.min(seen.possible, seen.impossible)).toBeGreaterThan(300);
  });

  it("seats anybody in a mode without roles", () => {
    expect(new RolePlaces(aMode()).areOpen).toBe(true);
    expect(seats(aMode(), 1, [undefined, undefined])).toBe(true);
  });

  it("never refuses for several teams what can be seated team by team", () => {
    const mode = aMode({ teamSize: 3, roles: { tank: 1, healer: 1 } });
    const team = fc.array(fc.option(fc.subarray(["tank", "healer"], { minLength: 1 }), { nil: undefined }), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(team, team, (one, other) => {
        if (seats(mode, 1, one) && seats(mode, 1, other)) expect(seats(mode, 2, [...one, ...other])).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it("refuses more players of one role than all teams have places for", () => {
    const mode = aMode({ teamSize: 3, roles: { tank: 1, healer: 1 } });
    const tanks = (count: number) => new Array<readonly string[]>(count).fill(["tank"]);
    expect(seats(mode, 2, tanks(4))).toBe(true);
    expect(seats(mode, 2, tanks(5))).toBe(false);
  });
});
