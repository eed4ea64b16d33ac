import { describe, expect, it } from "vitest";
import { NOTHING_LEARNED } from "../../../src/core/learned.ts";
import { emptyDensity, withArrivals } from "../../../src/core/matching/density.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";
import { aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { aSolo } from "../builders/a-ticket.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

const FOUR = ["ann", "bob", "cay", "dan"];

describe("a region that wakes up", () => {
  it("knows who waits, since when", () => {
    const ticket = aSolo("ann", 25, { enqueuedAtMs: 1_000 });
    const queue = aQueue({ state: { tickets: [ticket] }, nowMs: 9_000 });
    expect(queue.stateOf("ann")).toEqual({ type: "queued", ticket });
  });

  it("records nothing by waking", () => {
    const queue = aQueue({ state: { tickets: [aSolo("eve", 25)], matches: [aMatch()] } });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("goes on to tick when enough players wait", () => {
    const tickets = FOUR.map((playerId) => aSolo(playerId, 25));
    const queue = aQueue({ state: { tickets }, nowMs: 9_000 });
    expect(queue.nextWakeMs()).toBe(9_250);
    queue.tick(9_250);
    expect(changesOfType(queue.takeChanges(), "match_changed")).toHaveLength(1);
  });

  it("knows who is in a match that has no result yet", () => {
    const match = aMatch({ status: "pending" });
    expect(aQueue({ state: { matches: [match] } }).stateOf("dan")).toEqual({ type: "matched", match });
  });

  it.each(["reporting", "abandoned", "rating_failed"] as const)("holds nobody in a match that is %s", (status) => {
    expect(aQueue({ state: { matches: [aMatch({ status })] } }).stateOf("dan")).toEqual({ type: "free" });
  });

  it("holds nobody who was released from a match", () => {
    const teams = [aTeam("teamA", aSeat("ann", { released: true }), "bob"), aTeam("teamB", "cay", "dan")];
    const queue = aQueue({ state: { matches: [aMatch({ teams })] } });
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
    expect(queue.stateOf("bob").type).toBe("matched");
  });

  it("still abandons a match at the deadline it had", () => {
    const queue = aQueue({ state: { matches: [aMatch({ deadlineMs: 60_000 })] }, nowMs: 30_000 });
    expect(queue.nextWakeMs()).toBe(60_000);
    queue.tick(60_000);
    expect(changesOfType(queue.takeChanges(), "match_changed")).toMatchObject([{ event: "abandoned" }]);
  });

  it("abandons at once what passed its deadline while it slept", () => {
    const queue = aQueue({ state: { matches: [aMatch({ deadlineMs: 60_000 })] }, nowMs: 900_000 });
    queue.tick(900_000);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
  });

  it("gives out higher revisions than any that were given out before", () => {
    const queue = aQueue({ state: { matches: [aMatch({ rev: 3 })], highestRev: 70 } });
    expect(queue.report("match-1", { winnerTeam: "teamA" }, 0)).toMatchObject({ value: { rev: 71 } });
    expect(queue.matches.highestRev).toBe(71);
  });

  it("remembers how many players arrive", () => {
    const crowd = withArrivals(emptyDensity(0), new Array(6_000).fill(25), 60_000);
    const tickets = FOUR.map((playerId) => aSolo(playerId, 25, { enqueuedAtMs: 60_000 }));
    const queue = aQueue({
      state: { tickets, learned: { ...NOTHING_LEARNED, densities: { "2v2": crowd } } },
      nowMs: 60_000,
    });
    queue.tick(60_250);
    expect(queue.waitingPlayers("2v2")).toBe(4);
  });
});

describe("a region that wakes up without a mode that it had", () => {
  const modes = aModeTable(aModeDefinition({ name: "1v1", teamSize: 1 }));
  const tickets = FOUR.map((playerId) => aSolo(playerId, 25, { mode: "2v2" }));

  it("ends the tickets that wait in it, with the reason", () => {
    const queue = aQueue({ modes, state: { tickets } });
    expect(queue.takeChanges()).toEqual(
      tickets.map((ticket) => ({ type: "ticket_ended", ticket, ending: "mode_removed" })),
    );
  });

  it("frees their players for the modes that are left", () => {
    const queue = aQueue({ modes, state: { tickets } });
    expect(queue.enqueue(anEnqueueRequest("ann", { mode: modes.defaultMode }), 0)).toMatchObject({ ok: true });
  });

  it("has nothing to wake up for", () => {
    expect(aQueue({ modes, state: { tickets } }).nextWakeMs()).toBeNull();
  });

  it("leaves tickets of other modes in line", () => {
    const duel = aSolo("eve", 25, { mode: "1v1" });
    const queue = aQueue({ modes, state: { tickets: [...tickets, duel] } });
    expect(queue.stateOf("eve")).toEqual({ type: "queued", ticket: duel });
  });

  it("still takes the results of its matches", () => {
    const queue = aQueue({ modes, state: { matches: [aMatch({ mode: "2v2" })] } });
    expect(queue.report("match-1", { winnerTeam: "teamA" }, 0)).toMatchObject({ ok: true });
  });

  it("abandons its matches like any other", () => {
    const queue = aQueue({ modes, state: { matches: [aMatch({ mode: "2v2", deadlineMs: 60_000 })] } });
    queue.tick(60_000);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
  });
});

describe("a region that wakes up with other rules for a mode", () => {
  const waiting = aSolo("ann", 25, { constraints: { attributes: { map: ["dust"] } } });

  it("ends a ticket that lacks what the mode now asks for, with the reason", () => {
    const modes = aModeTable(aModeDefinition({ attributes: { build: { rule: "same" } } }));
    const old = aSolo("ann", 25);
    const queue = aQueue({ modes, state: { tickets: [old] } });
    expect(queue.takeChanges()).toEqual([{ type: "ticket_ended", ticket: old, ending: "rules_changed" }]);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
  });

  it("ends a ticket whose only map is gone", () => {
    const modes = aModeTable(aModeDefinition({ attributes: { map: { rule: "overlap", values: ["mirage"] } } }));
    const queue = aQueue({ modes, state: { tickets: [waiting] } });
    expect(queue.takeChanges()).toEqual([{ type: "ticket_ended", ticket: waiting, ending: "rules_changed" }]);
  });

  it("fills in a default that is new, and lets the ticket wait in its old place", () => {
    const map = { rule: "overlap", values: ["dust", "mirage"] } as const;
    const modes = aModeTable(aModeDefinition({ attributes: { map, crossplay: { rule: "same", default: true } } }));
    const queue = aQueue({ modes, state: { tickets: [waiting] } });
    expect(queue.takeChanges()).toEqual([]);
    const attributes = { map: ["dust"], crossplay: true };
    expect(queue.stateOf("ann")).toEqual({ type: "queued", ticket: { ...waiting, constraints: { attributes } } });
  });
});
