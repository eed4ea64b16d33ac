import { describe, expect, it } from "vitest";
import { Occupancy } from "../../../src/core/occupancy.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aTicket } from "../builders/a-ticket.ts";

const duo = aTicket({ players: [aPlayer("ann"), aPlayer("bob")] });

describe("Occupancy", () => {
  it("knows nobody at first", () => {
    expect(new Occupancy().of("ann")).toBeUndefined();
  });

  it("holds every player of a ticket until the ticket frees them", () => {
    const occupancy = new Occupancy();
    occupancy.holdByTicket(duo);
    expect(occupancy.of("bob")).toEqual({ type: "ticket", ticketId: duo.ticketId });
    occupancy.freeFromTicket(duo);
    expect([occupancy.of("ann"), occupancy.of("bob")]).toEqual([undefined, undefined]);
  });

  it("holds every player of a match", () => {
    const occupancy = new Occupancy();
    occupancy.holdByMatch(aMatch());
    expect(occupancy.of("dan")).toEqual({ type: "match", matchId: "match-1" });
    expect(occupancy.isHeldBy("dan", aMatch())).toBe(true);
    expect(occupancy.isHeldBy("dan", aMatch({ matchId: "match-2" }))).toBe(false);
  });

  it("does not hold a released player of a match", () => {
    const occupancy = new Occupancy();
    occupancy.holdByMatch(
      aMatch({ teams: [aTeam("teamA", aSeat("ann", { released: true }), "bob"), aTeam("teamB", "cay", "dan")] }),
    );
    expect(occupancy.of("ann")).toBeUndefined();
    expect(occupancy.of("bob")).toBeDefined();
  });

  it("treats a second holder as a programmer's error", () => {
    const occupancy = new Occupancy();
    occupancy.holdByTicket(duo);
    expect(() => occupancy.holdByMatch(aMatch())).toThrow("player ann is already held");
  });

  it("treats freeing a player whom the ticket does not hold as a programmer's error", () => {
    expect(() => new Occupancy().freeFromTicket(duo)).toThrow("a ticket holds its own players");
  });

  it("never frees a player from an old match out of the next one", () => {
    const occupancy = new Occupancy();
    const old = aMatch();
    occupancy.holdByMatch(old);
    occupancy.freeOne("ann");
    const next = aMatch({ matchId: "match-2", teams: [aTeam("teamA", "ann"), aTeam("teamB", "eve")] });
    occupancy.holdByMatch(next);
    occupancy.freeFromMatch(old);
    expect(occupancy.isHeldBy("ann", next)).toBe(true);
    expect(occupancy.of("bob")).toBeUndefined();
  });

  it("never frees a player from an old match out of a ticket", () => {
    const occupancy = new Occupancy();
    occupancy.holdByMatch(aMatch());
    occupancy.freeFromMatch(aMatch());
    occupancy.holdByTicket(duo);
    occupancy.freeFromMatch(aMatch());
    expect(occupancy.of("ann")).toEqual({ type: "ticket", ticketId: duo.ticketId });
  });
});
