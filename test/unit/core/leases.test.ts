import { describe, expect, it } from "vitest";
import { aQueueWithSockets, expired, HTTP, SOCKET, take, takeTogether } from "../builders/a-leased-place.ts";
import { aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { enqueueAll } from "../builders/a-queue.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

const A_DAY_MS = 86_400_000;

describe("a place that was taken over a socket", () => {
  it("is kept while the socket is open, and nothing has to wake for it", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    take(queue, "ann", SOCKET, 0);
    expect(queue.nextWakeMs()).toBeNull();
    queue.tick(A_DAY_MS);
    expect(queue.stateOf("ann").type).toBe("queued");
  });

  it("outlives the socket by its mode's grace, to the next whole second, and then ends", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    take(queue, "ann", SOCKET, 0);
    queue.leases.disconnected("ann", 10_500);
    expect(queue.nextWakeMs()).toBe(41_000);
    queue.tick(40_999);
    expect(queue.stateOf("ann").type).toBe("queued");
    queue.tick(41_000);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
    expect(expired(queue)).toEqual([["ann"]]);
    expect(queue.nextWakeMs()).toBeNull();
  });

  it("stays whose it was, with its age, when they are back in time", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    take(queue, "ann", SOCKET, 0);
    const before = queue.stateOf("ann");
    queue.leases.disconnected("ann", 10_000);
    queue.leases.connected("ann", 39_999);
    queue.tick(A_DAY_MS);
    expect(queue.stateOf("ann")).toEqual(before);
    expect(queue.nextWakeMs()).toBeNull();
  });

  it("has its grace from the beginning if the socket closed while the player was looked up", () => {
    const { queue } = aQueueWithSockets();
    take(queue, "ann", SOCKET, 0);
    enqueueAll(queue, ["bob", "cay", "dan"], 0);
    expect(queue.tick(1_000)).toBe(0);
    queue.tick(30_000);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
  });

  it("has the same end when its socket is reported lost twice", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    take(queue, "ann", SOCKET, 0);
    queue.leases.disconnected("ann", 10_000);
    queue.leases.disconnected("ann", 20_000);
    queue.tick(40_000);
    expect(expired(queue)).toEqual([["ann"]]);
  });
});

describe("a place that a player took over HTTP", () => {
  it("is kept by calls about the player, and ends when they stop", () => {
    const { queue } = aQueueWithSockets();
    take(queue, "ann", HTTP, 0);
    expect(queue.nextWakeMs()).toBe(120_000);
    queue.leases.seen("ann", 100_000);
    queue.tick(120_000);
    expect(queue.nextWakeMs()).toBe(220_000);
    queue.tick(219_999);
    expect(queue.stateOf("ann").type).toBe("queued");
    queue.tick(220_000);
    expect(expired(queue)).toEqual([["ann"]]);
  });

  it("is kept by asking again, also when that is refused", () => {
    const { queue } = aQueueWithSockets();
    take(queue, "ann", HTTP, 0);
    take(queue, "ann", HTTP, 100_000);
    const duel = aModeTable(aModeDefinition({ name: "1v1", teamSize: 1 })).defaultMode;
    expect(queue.enqueue(anEnqueueRequest("ann", { mode: duel, lease: HTTP }), 200_000).ok).toBe(false);
    queue.tick(319_999);
    expect(queue.stateOf("ann").type).toBe("queued");
    queue.tick(320_000);
    expect(expired(queue)).toEqual([["ann"]]);
  });

  it("needs no calls while the player has a socket open, and keeps its lease after that", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    take(queue, "ann", HTTP, 0);
    expect(queue.nextWakeMs()).toBeNull();
    take(queue, "ann", SOCKET, 500_000);
    queue.leases.disconnected("ann", 1_000_000);
    queue.tick(1_119_999);
    expect(queue.stateOf("ann").type).toBe("queued");
    queue.tick(1_120_000);
    expect(expired(queue)).toEqual([["ann"]]);
  });

  it("is matched though its player never had a socket", () => {
    const { queue } = aQueueWithSockets();
    for (const playerId of ["ann", "bob", "cay", "dan"]) take(queue, playerId, HTTP, 0);
    expect(queue.tick(1_000)).toBe(1);
    expect(queue.leases.earliestMs).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("a place that the system took", () => {
  it("is kept until it is given up", () => {
    const { queue } = aQueueWithSockets();
    take(queue, "ann", null, 0);
    expect(queue.nextWakeMs()).toBeNull();
    queue.leases.disconnected("ann", 1_000);
    queue.tick(A_DAY_MS);
    expect(queue.stateOf("ann").type).toBe("queued");
    expect(queue.nextWakeMs()).toBeNull();
  });

  it("has the lease that the system asks for, whatever the mode says", () => {
    const { queue } = aQueueWithSockets();
    take(queue, "ann", { kind: "http", ms: 5_000 }, 0);
    queue.tick(4_999);
    expect(queue.stateOf("ann").type).toBe("queued");
    queue.tick(5_000);
    expect(expired(queue)).toEqual([["ann"]]);
  });
});

describe("a ticket of several", () => {
  it("ends for all when the one who took the place is gone too long", () => {
    const { queue } = aQueueWithSockets(["ann", "bob"]);
    takeTogether(queue, ["ann", "bob"], SOCKET, 0);
    queue.leases.disconnected("ann", 0);
    queue.tick(30_000);
    expect(expired(queue)).toEqual([["ann", "bob"]]);
    expect(queue.stateOf("bob")).toEqual({ type: "free" });
  });

  it("ends for all when another one's socket was lost for too long", () => {
    const { queue } = aQueueWithSockets(["ann", "bob"]);
    takeTogether(queue, ["ann", "bob"], SOCKET, 0);
    queue.leases.disconnected("bob", 0);
    queue.tick(30_000);
    expect(expired(queue)).toEqual([["ann", "bob"]]);
  });

  it("asks no sign of life of the others who never had a socket", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    takeTogether(queue, ["ann", "bob"], SOCKET, 0);
    expect(queue.nextWakeMs()).toBeNull();
  });
});

describe("the system's call about a player", () => {
  it("renews a place that is kept by calls", () => {
    const { queue } = aQueueWithSockets();
    take(queue, "ann", HTTP, 0);
    queue.leases.seen("ann", 100_000, true);
    queue.tick(219_999);
    expect(queue.stateOf("ann").type).toBe("queued");
    queue.tick(220_000);
    expect(expired(queue)).toEqual([["ann"]]);
  });

  it.each([
    ["a socket", SOCKET, 30_000],
    ["HTTP", HTTP, 120_000],
  ])("does not keep somebody in line who queued over %s and whose socket was lost", (_, lease, ms) => {
    const { queue } = aQueueWithSockets(["ann"]);
    take(queue, "ann", lease, 0);
    queue.leases.disconnected("ann", 0);
    for (let nowMs = 1_000; nowMs < ms; nowMs += 1_000) {
      expect(queue.leases.seen("ann", nowMs, true)).toBe(false);
      queue.tick(nowMs);
    }
    expect(queue.passedOverPlayers("2v2")).toBe(1);
    queue.tick(ms);
    expect(expired(queue)).toEqual([["ann"]]);
  });

  it("renews no place that was taken over a socket, also when the player went on without one", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    take(queue, "ann", SOCKET, 0);
    queue.leases.disconnected("ann", 0);
    queue.leases.seen("ann", 10_000);
    queue.leases.seen("ann", 30_000, true);
    queue.tick(40_000);
    expect(expired(queue)).toEqual([["ann"]]);
  });

  it("does not make somebody matchable whose place has no lease and whose socket was lost", () => {
    const { queue } = aQueueWithSockets(["ann"]);
    take(queue, "ann", null, 0);
    queue.leases.disconnected("ann", 1_000);
    take(queue, "ann", null, 2_000);
    queue.leases.seen("ann", 2_000, true);
    expect(queue.passedOverPlayers("2v2")).toBe(1);
  });

  it("counts no more when it queues players who wait already, alone or together", () => {
    const { queue } = aQueueWithSockets(["ann", "bob"]);
    takeTogether(queue, ["ann", "bob"], HTTP, 0);
    queue.leases.disconnected("bob", 0);
    const { mode, constraints } = anEnqueueRequest("ann");
    const together = { players: [aPlayer("ann"), aPlayer("bob")], mode, constraints, code: null, isSystem: true };
    expect(queue.enqueueParty(together, 60_000).ok).toBe(true);
    expect(queue.enqueue(anEnqueueRequest("bob", { isSystem: true }), 60_000).ok).toBe(true);
    queue.tick(120_000);
    expect(expired(queue)).toEqual([["ann", "bob"]]);
  });
});
