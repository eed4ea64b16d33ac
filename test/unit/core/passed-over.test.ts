import { describe, expect, it } from "vitest";
import { aQueueWithSockets, expired, HTTP, SOCKET, take, takeTogether } from "../builders/a-leased-place.ts";
import { aQueue, changesOfType, enqueueAll } from "../builders/a-queue.ts";
import { askedNow, askingModes } from "../builders/a-ready-check.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

describe("somebody whose socket was lost", () => {
  it("is passed over and costs no ticks, until they are back, with the age that they have", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    take(queue, "ann", HTTP, 0);
    queue.leases.disconnected("ann", 1_000);
    enqueueAll(queue, ["bob", "cay", "dan"], 2_000);
    expect(queue.passedOverPlayers("2v2")).toBe(1);
    expect(queue.nextWakeMs()).toBe(121_000);
    expect(queue.tick(10_000)).toBe(0);
    queue.leases.connected("ann", 20_000);
    expect(queue.passedOverPlayers("2v2")).toBe(0);
    expect(queue.tick(queue.nextWakeMs() ?? 0)).toBe(1);
    const ended = changesOfType(queue.takeChanges(), "ticket_ended");
    expect(ended.map(({ ticket }) => [ticket.players[0]?.playerId, ticket.enqueuedAtMs])).toContainEqual(["ann", 0]);
  });

  it("is matchable again as soon as a call comes about them", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    take(queue, "ann", SOCKET, 0);
    queue.leases.disconnected("ann", 1_000);
    enqueueAll(queue, ["bob", "cay", "dan"], 2_000);
    expect(queue.tick(5_000)).toBe(0);
    expect(queue.leases.seen("ann", 6_000)).toBe(true);
    expect(queue.leases.seen("ann", 6_000)).toBe(false);
    expect(queue.tick(7_000)).toBe(1);
  });

  it("is passed over for the grace at the most when the place has no lease", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    enqueueAll(queue, ["ann", "bob", "cay", "dan"], 0);
    queue.leases.disconnected("ann", 500);
    expect(queue.nextWakeMs()).toBe(31_000);
    expect(queue.tick(30_999)).toBe(0);
    queue.tick(31_000);
    expect(queue.tick(queue.nextWakeMs() ?? 0)).toBe(1);
  });

  it("keeps the others of their ticket from being matched", () => {
    const { queue } = aQueueWithSockets(["ann", "bob"]);
    takeTogether(queue, ["ann", "bob"], SOCKET, 0);
    enqueueAll(queue, ["cay", "dan"], 0);
    queue.leases.disconnected("bob", 100);
    queue.leases.disconnected("ann", 200);
    queue.leases.connected("ann", 300);
    expect(queue.passedOverPlayers("2v2")).toBe(2);
    expect(queue.tick(1_000)).toBe(0);
    queue.leases.connected("bob", 1_100);
    expect(queue.tick(2_000)).toBe(1);
  });

  it("is nobody whom others who wait are told they could meet", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    enqueueAll(queue, ["ann", "bob", "cay"], 0);
    const compatible = () => {
      const state = queue.stateOf("bob");
      return state.type === "queued" ? queue.explain(state.ticket.ticketId, 1_000)?.compatible : undefined;
    };
    expect(compatible()).toBe(2);
    queue.leases.disconnected("ann", 500);
    expect(compatible()).toBe(1);
  });
});

describe("in a ready check", () => {
  /** Ann to Dan came over sockets at 0 and are asked at one second. */
  function asked() {
    const modes = askingModes({ socketGraceS: 5 });
    const queue = aQueue({ modes, connected: ["ann", "bob", "cay", "dan", "eve"] });
    const come = (playerId: string, nowMs: number) => {
      queue.enqueue(anEnqueueRequest(playerId, { mode: modes.defaultMode, lease: SOCKET }), nowMs);
    };
    for (const playerId of ["ann", "bob", "cay", "dan"]) come(playerId, 0);
    queue.tick(1_000);
    const matchId = changesOfType(queue.takeChanges(), "proposal_changed")[0]?.proposal.matchId ?? "";
    const accept = (playerId: string, round: number, nowMs: number) =>
      queue.accept({ playerId, matchId, round }, nowMs).ok;
    return { queue, come, accept, matchId };
  }

  it("no lease runs out, and afterwards the whole grace is left", () => {
    const { queue, accept, matchId } = asked();
    for (const playerId of ["ann", "bob", "cay"]) accept(playerId, 1, 2_000);
    queue.leases.disconnected("ann", 2_500);
    queue.decline({ playerId: "dan", matchId, round: 1 }, 3_000);
    queue.tick(9_000);
    expect(queue.readyCheckOf("ann", 9_000)).not.toBeNull();
    queue.tick(13_000);
    expect(queue.readyCheckOf("ann", 13_000)).toBeNull();
    expect(expired(queue)).toEqual([]);
    expect(queue.nextWakeMs()).toBe(18_000);
    queue.tick(18_000);
    expect(expired(queue)).toEqual([["ann"]]);
  });

  it("nobody whose socket was lost is asked in another's place", () => {
    const { queue, come, accept, matchId } = asked();
    come("eve", 1_500);
    queue.leases.disconnected("eve", 1_600);
    for (const playerId of ["ann", "bob", "cay"]) accept(playerId, 1, 2_000);
    queue.decline({ playerId: "dan", matchId, round: 1 }, 3_000);
    queue.tick(4_000);
    expect(queue.readyCheckOf("eve", 4_000)).toBeNull();
    queue.leases.connected("eve", 4_500);
    queue.takeChanges();
    queue.tick(queue.nextWakeMs() ?? 0);
    expect(askedNow(queue)).toEqual([["eve", 2]]);
  });

  it("an answer is a sign of life", () => {
    const { queue, come, accept, matchId } = asked();
    queue.leases.disconnected("ann", 1_500);
    expect(accept("ann", 1, 2_000)).toBe(true);
    for (const playerId of ["bob", "cay", "dan"]) queue.decline({ playerId, matchId, round: 1 }, 2_500);
    expect(queue.readyCheckOf("ann", 2_500)).toBeNull();
    for (const playerId of ["eve", "fay", "gus"]) come(playerId, 2_600);
    for (const playerId of ["fay", "gus"]) queue.leases.connected(playerId, 2_600);
    queue.takeChanges();
    queue.tick(4_000);
    expect(
      askedNow(queue)
        .map(([playerId]) => playerId)
        .sort(),
    ).toEqual(["ann", "eve", "fay", "gus"]);
  });
});
