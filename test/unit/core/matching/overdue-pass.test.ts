import { describe, expect, it } from "vitest";
import { matchOverdue } from "../../../../src/core/matching/overdue-pass.ts";
import type { Mode } from "../../../../src/core/mode.ts";
import type { Ticket } from "../../../../src/core/ticket.ts";
import { aMatchingPool, namesAt } from "../../builders/a-matching-pool.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";

const NOW_MS = 100_000;
const overdue = { naturalWaits: 1_000, leastS: 60, mostS: 60 };
const duel = aMode({ teamSize: 1, overdue });
const duos = aMode({ overdue });

/** Overdue; the higher the number, the younger. */
function old(playerId: string, mu: number, place = 0, overrides: Partial<Ticket> = {}): Ticket {
  return aSolo(playerId, mu, { enqueuedAtMs: place, ...overrides });
}

function young(playerId: string, mu: number, overrides: Partial<Ticket> = {}): Ticket {
  return aSolo(playerId, mu, { enqueuedAtMs: 90_000, ...overrides });
}

function groupsOf(tickets: readonly Ticket[], mode: Mode): (string | undefined)[][] {
  const pool = aMatchingPool(tickets, mode, { nowMs: NOW_MS });
  const groups = matchOverdue(pool.candidates, pool.line, pool.rules, pool.judge, pool.tolerances);
  const left = [...pool.line.positions()];
  const taken = groups.flat();
  expect([...taken, ...left].sort((a, b) => a - b)).toEqual(tickets.map((_, position) => position));
  return groups.map((group) => namesAt(pool, group).sort());
}

describe("matchOverdue", () => {
  it("takes the nearest, however far and however uneven", () => {
    expect(groupsOf([old("ann", 5), young("bob", 45), young("cay", 44)], duel)).toEqual([["ann", "cay"]]);
  });

  it("does nothing for those who are not overdue", () => {
    expect(groupsOf([young("ann", 25), young("bob", 25)], duel)).toEqual([]);
  });

  it("makes a ticket overdue at the age that its mode says and not before", () => {
    const at = (enqueuedAtMs: number) => groupsOf([aSolo("ann", 5, { enqueuedAtMs }), young("bob", 45)], duel);
    expect(at(40_001)).toEqual([]);
    expect(at(40_000)).toEqual([["ann", "bob"]]);
  });

  it("gives the oldest their nearest first", () => {
    const tickets = [old("second", 20, 2), old("first", 30, 1), young("between", 26), young("far", 0)];
    expect(groupsOf(tickets, duel)).toEqual([
      ["between", "first"],
      ["far", "second"],
    ]);
  });

  it("does not give an older ticket's match a new one that is nearer, if the next overdue one then had nobody left", () => {
    const tickets = [old("first", 25, 1), old("second", 27, 2), young("new", 26)];
    expect(groupsOf(tickets, duel)).toEqual([["first", "second"]]);
  });

  it("prefers the older of two overdue tickets, if only one of them can be matched with the oldest", () => {
    const tickets = [old("first", 25, 1), old("second", 40, 2), old("third", 26, 3)];
    expect(groupsOf(tickets, duel)).toEqual([["first", "second"]]);
  });

  it("passes over who does not fit and goes on to those behind", () => {
    const trio = aTicket({ players: [aPlayer("t1", 25), aPlayer("t2", 25)], enqueuedAtMs: 90_000 });
    const tickets = [old("ann", 25), trio, young("bob", 30), young("cay", 31), young("dan", 32)];
    const noParties = { ...duos, maxRatingGap: 100 };
    expect(groupsOf(tickets, noParties)).toEqual([["ann", "bob", "t1"]]);
    const alone = old("ann", 25, 0, { constraints: { avoid: ["t2"] } });
    expect(groupsOf(tickets.with(0, alone), duos)).toEqual([["ann", "bob", "cay", "dan"]]);
  });

  it("takes back who joined first, when with them the match cannot be completed", () => {
    // With the near bob, who avoids everybody else, ann has no match; with the other three she has.
    const bob = young("bob", 25, { constraints: { avoid: ["cay", "dan", "eve"] } });
    const tickets = [old("ann", 25), bob, young("cay", 30), young("dan", 31), young("eve", 32)];
    expect(groupsOf(tickets, duos)).toEqual([["ann", "cay", "dan", "eve"]]);
  });

  it("goes on when those who joined make a match by number, but no teams that can play their roles", () => {
    const as = (playerId: string, mu: number, ...offers: string[]) =>
      aTicket({
        players: offers.map((role, member) => ({ ...aPlayer(`${playerId}${member || ""}`, mu), roles: [role] })),
        enqueuedAtMs: 90_000,
      });
    const mode = aMode({ teamSize: 4, roles: { tank: 1, healer: 1 }, overdue });
    // The three tanks need a healer, and the near single players are tanks.
    const tanks = { ...as("ann", 25, "tank", "tank", "tank"), enqueuedAtMs: 0 };
    const others = [as("bob", 25.1, "tank", "healer", "healer"), as("cay", 25.2, "tank"), as("dan", 25.3, "tank")];
    expect(groupsOf([tanks, ...others], mode)).toEqual([]);
    expect(groupsOf([tanks, ...others, as("eve", 40, "healer")], mode)).toEqual([["ann", "bob", "cay", "eve"]]);
  });

  it("never breaks a hard rule for age", () => {
    const careful = old("ann", 20, 0, { constraints: { maxRatingGap: 4 } });
    expect(groupsOf([careful, young("bob", 25)], duel)).toEqual([]);
  });

  it("goes on with the next overdue ticket when one cannot be matched", () => {
    const hermit = old("ann", 25, 0, { constraints: { avoid: ["bob", "cay"] } });
    expect(groupsOf([hermit, old("bob", 25, 1), young("cay", 30)], duel)).toEqual([["bob", "cay"]]);
  });
});
