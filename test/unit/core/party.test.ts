import { describe, expect, it } from "vitest";
import { leaderOf, memberIds, withOfferedRoles } from "../../../src/core/party.ts";
import { aParty } from "../builders/a-party.ts";
import { aPlayer } from "../builders/a-player.ts";

const ROLES = { tank: 1, healer: 1 };

describe("a party", () => {
  it("is led by its longest-standing member", () => {
    const party = aParty({ members: [{ playerId: "bob" }, { playerId: "ann" }] });
    expect(leaderOf(party)).toBe("bob");
    expect(memberIds(party)).toEqual(["bob", "ann"]);
  });
});

describe("the roles of a party's player", () => {
  it("are those offered on joining", () => {
    const party = aParty({ members: [{ playerId: "ann", roles: ["tank"] }] });
    expect(withOfferedRoles(aPlayer("ann"), party, ROLES)).toEqual({ ...aPlayer("ann"), roles: ["tank"] });
  });

  it("are only those that the mode has", () => {
    const party = aParty({ members: [{ playerId: "ann", roles: ["goalkeeper", "healer"] }] });
    expect(withOfferedRoles(aPlayer("ann"), party, ROLES).roles).toEqual(["healer"]);
  });

  it("are open if only roles of other modes were offered, or none", () => {
    const party = aParty({ members: [{ playerId: "ann", roles: ["goalkeeper"] }, { playerId: "bob" }] });
    expect(withOfferedRoles(aPlayer("ann"), party, ROLES)).toEqual(aPlayer("ann"));
    expect(withOfferedRoles(aPlayer("bob"), party, ROLES)).toEqual(aPlayer("bob"));
  });
});
