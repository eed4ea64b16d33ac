import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { assignRoles } from "../../../../src/core/matching/assign-roles.ts";

const TANK_AND_HEALER = { tank: 1, healer: 1 };

function offers(...roles: (string | string[] | undefined)[]): { readonly roles?: string[] }[] {
  return roles.map((role) => (role === undefined ? {} : { roles: Array.isArray(role) ? role : [role] }));
}

describe("assignRoles", () => {
  it("gives nobody a role where there are none", () => {
    expect(assignRoles(offers("tank", undefined), {})).toEqual([null, null]);
  });

  it("moves a player on to another role to make place for one who has no choice", () => {
    expect(assignRoles(offers(["healer", "tank"], "tank"), TANK_AND_HEALER)).toEqual(["healer", "tank"]);
    expect(assignRoles(offers(["healer", "tank"], "healer"), TANK_AND_HEALER)).toEqual(["tank", "healer"]);
  });

  it("leaves the open places to those who take any role", () => {
    expect(assignRoles(offers(undefined, "tank", undefined, "healer"), TANK_AND_HEALER)).toEqual([
      null,
      "tank",
      null,
      "healer",
    ]);
  });

  it("fills the places that nobody asked for with those who take any role", () => {
    expect(assignRoles(offers("tank", "tank", undefined), TANK_AND_HEALER)).toEqual(["tank", null, "healer"]);
  });

  it("fills several places of one role", () => {
    expect(assignRoles(offers("dps", "tank", "dps", "dps"), { tank: 1, dps: 2 })).toEqual(["dps", "tank", "dps", null]);
  });

  it("leaves a place empty that nobody can fill", () => {
    expect(assignRoles(offers("tank", "tank"), TANK_AND_HEALER)).toEqual(["tank", null]);
  });
});

const ROLES = ["a", "b", "c"];
const player = fc.record({ roles: fc.option(fc.subarray(ROLES, { minLength: 1 }), { nil: undefined }) });
const players = fc.array(
  player.map(({ roles }) => (roles === undefined ? {} : { roles })),
  { minLength: 1, maxLength: 6 },
);
const places = fc.record({ a: fc.integer({ min: 1, max: 2 }), b: fc.integer({ min: 1, max: 2 }), c: fc.constant(1) });

test("everybody plays what they offer, no role more often than there are places, and no way to fill more is missed", () => {
  fc.assert(
    fc.property(players, places, (team, roles) => {
      const assigned = assignRoles(team, roles);
      expect(assigned).toHaveLength(team.length);
      assigned.forEach((role, index) => {
        if (role !== null) expect(team[index]?.roles ?? ROLES).toContain(role);
      });
      for (const [role, count] of Object.entries(roles)) {
        expect(assigned.filter((one) => one === role).length).toBeLessThanOrEqual(count);
      }
      expect(assigned.filter((role) => role !== null)).toHaveLength(mostFilled(team, { ...roles }));
    }),
    { numRuns: 2_000 },
  );
});

/** By trying everything. */
function mostFilled(team: readonly { readonly roles?: readonly string[] }[], left: Record<string, number>): number {
  const [first, ...others] = team;
  if (first === undefined) return 0;
  let most = mostFilled(others, left);
  for (const role of first.roles ?? ROLES) {
    const places = left[role] ?? 0;
    if (places > 0) most = Math.max(most, 1 + mostFilled(others, { ...left, [role]: places - 1 }));
  }
  return most;
}
