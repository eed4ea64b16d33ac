import { describe, expect, it } from "vitest";
import { Pools } from "../../../src/core/pools.ts";
import { aMode } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aSolo, aTicket } from "../builders/a-ticket.ts";

describe("Pools", () => {
  it("keeps the modes apart", () => {
    const pools = new Pools();
    const duel = aSolo("ann", 25, { mode: "1v1" });
    pools.add(duel);
    const pair = aSolo("bob", 25, { mode: "2v2" });
    pools.add(pair);
    expect([pools.ticketsOf("1v1"), pools.ticketsOf("2v2")]).toEqual([[duel], [pair]]);
  });

  it("counts players, not tickets", () => {
    const pools = new Pools();
    const duo = aTicket({ players: [aPlayer("ann"), aPlayer("bob")] });
    pools.add(duo);
    pools.add(aSolo("cay", 25));
    pools.add(aSolo("dan", 25, { mode: "1v1" }));
    expect([pools.playersOf("2v2"), pools.playersOf("1v1"), pools.playerCount]).toEqual([3, 1, 4]);
    pools.remove(duo);
    pools.remove(duo);
    expect([pools.playersOf("2v2"), pools.playersOf("1v1"), pools.playerCount]).toEqual([1, 1, 2]);
  });

  it("can form a match from exactly as many players as it needs", () => {
    const pools = new Pools();
    for (const playerId of ["ann", "bob", "cay"]) pools.add(aSolo(playerId, 25));
    expect(pools.canFormMatch(aMode())).toBe(false);
    pools.add(aSolo("dan", 25));
    expect(pools.canFormMatch(aMode())).toBe(true);
  });

  it("finds a ticket by its id for as long as it waits", () => {
    const pools = new Pools();
    const ticket = aSolo("ann", 25);
    pools.add(ticket);
    expect(pools.get(ticket.ticketId)).toBe(ticket);
    pools.remove(ticket);
    expect(pools.get(ticket.ticketId)).toBeUndefined();
  });

  it("removes a ticket once, however often it is told", () => {
    const pools = new Pools();
    const ticket = aSolo("ann", 25);
    pools.add(ticket);
    pools.add(aSolo("bob", 25));
    pools.remove(ticket);
    pools.remove(ticket);
    expect(pools.playersOf("2v2")).toBe(1);
  });

  it("holds nothing for a mode that nobody asked for", () => {
    expect([new Pools().ticketsOf("2v2"), new Pools().playersOf("2v2")]).toEqual([[], 0]);
  });

  it("counts who is passed over while they are in line, whenever that began", () => {
    const pools = new Pools();
    const [ann, pair] = [aTicket(), aTicket({ players: [aPlayer("bob"), aPlayer("cay")] })];
    for (const ticket of [ann, pair]) pools.add(ticket);
    expect([pools.setPassedOver(pair, true), pools.setPassedOver(pair, true)]).toEqual([true, false]);
    expect([pools.passedOverPlayersOf("2v2"), pools.matchablePlayersOf("2v2")]).toEqual([2, 1]);
    expect([...pools.matchable("2v2")]).toEqual([ann]);
    for (const ticket of [ann, pair]) pools.setAside(ticket);
    pools.setPassedOver(ann, true);
    pools.setPassedOver(pair, false);
    expect(pools.passedOverPlayersOf("2v2")).toBe(0);
    for (const ticket of [ann, pair]) pools.putBack(ticket);
    expect([pools.passedOverPlayersOf("2v2"), [...pools.matchable("2v2")]]).toEqual([1, [pair]]);
    pools.remove(ann);
    expect([pools.passedOverPlayersOf("2v2"), pools.matchablePlayersOf("2v2")]).toEqual([0, 2]);
  });
});
