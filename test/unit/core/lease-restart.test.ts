import { describe, expect, it } from "vitest";
import type { Queue } from "../../../src/core/queue.ts";
import type { AskedLease } from "../../../src/core/queue-calls.ts";
import { aQueueWithSockets, expired, HTTP, SOCKET, take, takeTogether } from "../builders/a-leased-place.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { acceptAll, askedAt, askingModes, settle, wokenUp } from "../builders/a-ready-check.ts";
import type { Store } from "../builders/a-store.ts";
import { aStore } from "../builders/a-store.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

/** A region with a place that was taken at 0, over a socket that is open or over HTTP without one. */
function aPlace(lease: AskedLease | null, connected: readonly string[] = []) {
  const { queue } = aQueueWithSockets(connected);
  take(queue, "ann", lease, 0);
  return { queue, store: aStore(queue.takeChanges()) };
}

/** How many rows what happened since costs. */
function storeAll(queue: Queue, store: Store): number {
  const changes = queue.takeChanges();
  store.write(changes);
  return changes.length;
}

/** The region as it comes back from its storage; what waking changes is stored. */
function woken(store: Store, nowMs: number, connected: readonly string[] = []): Queue {
  const queue = aQueue({ state: store.read(), nowMs, connected });
  store.write(queue.takeChanges());
  return queue;
}

describe("a region that wakes while a player's socket is lost", () => {
  function lost(lease: AskedLease | null, lostAtMs: number) {
    const { queue, store } = aPlace(lease, ["ann"]);
    queue.leases.disconnected("ann", lostAtMs);
    return { store, rows: storeAll(queue, store) };
  }

  it("goes on with the grace where it was, for one row", () => {
    const { store, rows } = lost(SOCKET, 10_000);
    expect(rows).toBe(1);
    const queue = woken(store, 32_000);
    expect(queue.passedOverPlayers("2v2")).toBe(1);
    expect(queue.nextWakeMs()).toBe(40_000);
    queue.tick(40_000);
    expect(expired(queue)).toEqual([["ann"]]);
  });

  it("leaves them five seconds to come back, however long it was gone", () => {
    const { store } = lost(SOCKET, 10_000);
    const queue = woken(store, 500_000);
    queue.tick(504_999);
    expect(queue.stateOf("ann").type).toBe("queued");
    queue.tick(505_000);
    expect(expired(queue)).toEqual([["ann"]]);
  });

  it("knows exactly when that was, also of somebody who queued over HTTP", () => {
    const queue = woken(lost(HTTP, 10_000).store, 100_000);
    expect(queue.passedOverPlayers("2v2")).toBe(1);
    expect(queue.nextWakeMs()).toBe(130_000);
  });

  it("still passes over somebody whose place has no lease, and then says that it does no more", () => {
    const { store } = lost(null, 10_000);
    const queue = woken(store, 20_000);
    expect(queue.passedOverPlayers("2v2")).toBe(1);
    queue.tick(40_000);
    expect(storeAll(queue, store)).toBe(1);
    expect(woken(store, 50_000).passedOverPlayers("2v2")).toBe(0);
  });

  it("forgets it when they have a socket again", () => {
    const { store } = lost(SOCKET, 10_000);
    expect(woken(store, 20_000, ["ann"]).nextWakeMs()).toBeNull();
    expect(store.clocks.get("id-00001")).toEqual([]);
  });

  it("goes on for another member of a party too", () => {
    const { queue } = aQueueWithSockets(["ann", "bob"]);
    takeTogether(queue, ["ann", "bob"], SOCKET, 0);
    queue.leases.disconnected("bob", 10_000);
    const again = woken(aStore(queue.takeChanges()), 20_000, ["ann"]);
    again.tick(40_000);
    expect(expired(again)).toEqual([["ann", "bob"]]);
  });
});

describe("somebody who is back", () => {
  it.each([
    ["with a socket", (queue: Queue) => queue.leases.connected("ann", 20_000), null],
    ["with a call", (queue: Queue) => queue.leases.seen("ann", 20_000), 65_000],
  ])("%s costs one row, and a region that wakes knows it", (_, comeBack, nextMs) => {
    const { queue, store } = aPlace(SOCKET, ["ann"]);
    queue.leases.disconnected("ann", 10_000);
    storeAll(queue, store);
    comeBack(queue);
    expect(storeAll(queue, store)).toBe(1);
    const again = woken(store, 25_000, nextMs === null ? ["ann"] : []);
    expect(again.passedOverPlayers("2v2")).toBe(0);
    expect(again.nextWakeMs()).toBe(nextMs);
  });
});

describe("a region that wakes without the sockets that were open", () => {
  it("begins the grace whole, and the next time it wakes goes on with that", () => {
    const { store } = aPlace(SOCKET, ["ann"]);
    expect(woken(store, 100_000).nextWakeMs()).toBe(130_000);
    const queue = woken(store, 115_000);
    expect(queue.passedOverPlayers("2v2")).toBe(1);
    expect(queue.nextWakeMs()).toBe(130_000);
  });

  it("passes over whoever queued over HTTP and had one as well", () => {
    const { store } = aPlace(HTTP, ["ann"]);
    const queue = woken(store, 1_000_000);
    expect(queue.passedOverPlayers("2v2")).toBe(1);
    expect(queue.nextWakeMs()).toBe(1_120_000);
  });

  it("lets a place without a lease be as it is", () => {
    const { store } = aPlace(null, ["ann"]);
    const queue = woken(store, 100_000);
    expect([queue.passedOverPlayers("2v2"), queue.nextWakeMs()]).toEqual([0, null]);
  });
});

describe("a place that is kept by calls", () => {
  it("costs a row a minute when they come every second", () => {
    const { queue, store } = aPlace(HTTP);
    let rows = 0;
    for (let nowMs = 1_000; nowMs <= 600_000; nowMs += 1_000) {
      queue.leases.seen("ann", nowMs);
      rows += storeAll(queue, store);
    }
    expect(rows).toBe(9);
  });

  it("outlives a sleep by as much as calls may not have been stored, and never ends too early", () => {
    const { queue, store } = aPlace(HTTP);
    queue.leases.seen("ann", 60_000);
    expect(storeAll(queue, store)).toBe(0);
    const again = woken(store, 100_000);
    expect(again.nextWakeMs()).toBe(180_000);
    again.tick(180_000);
    expect(expired(again)).toEqual([["ann"]]);
  });

  it("is kept over every sleep for whoever calls within half a lease", () => {
    const { store } = aPlace(HTTP);
    for (let nowMs = 60_000; nowMs <= 1_200_000; nowMs += 60_000) {
      const queue = woken(store, nowMs);
      queue.tick(nowMs);
      queue.leases.seen("ann", nowMs);
      storeAll(queue, store);
    }
    expect(woken(store, 1_319_999).stateOf("ann").type).toBe("queued");
    expect(store.tickets.size).toBe(1);
  });
});

describe("a ticket of the release before, of which no clock is stored", () => {
  it.each([
    ["over a socket", SOCKET, 130_000, 1],
    ["over HTTP", HTTP, 220_000, 0],
  ])("gets the whole lease if it was taken %s, once", (_, lease, nextMs, passedOver) => {
    const { store } = aPlace(lease, ["ann"]);
    store.clocks.clear();
    expect(woken(store, 100_000).nextWakeMs()).toBe(nextMs);
    const queue = woken(store, 110_000);
    expect(queue.passedOverPlayers("2v2")).toBe(passedOver);
    expect(queue.nextWakeMs()).toBe(passedOver === 1 ? nextMs : nextMs + 60_000);
  });
});

describe("a region that wakes in the middle of a ready check", () => {
  it("ends no lease before that is over, and then gives the whole of it", () => {
    const modes = askingModes({ socketGraceS: 20 });
    const connected = ["ann", "bob", "cay", "dan"];
    const before = aQueue({ modes, connected });
    for (const playerId of connected) {
      before.enqueue(anEnqueueRequest(playerId, { mode: modes.defaultMode, lease: SOCKET }), 0);
    }
    const check = askedAt(before, modes, 1_000);
    acceptAll(check, ["ann", "bob", "cay"], 2_000);
    before.leases.disconnected("ann", 2_000);
    expect(changesOfType(settle(check), "lease_changed")).toHaveLength(1);
    const queue = wokenUp(check, 11_000, { connected: ["bob", "cay", "dan"] });
    queue.tick(12_900);
    expect(queue.readyCheckOf("ann", 12_900)).not.toBeNull();

    queue.decline({ playerId: "dan", matchId: check.matchId, round: 1 }, 12_900);
    queue.tick(22_500);
    expect(queue.readyCheckOf("ann", 22_500)).not.toBeNull();
    queue.tick(22_900);
    expect(queue.readyCheckOf("ann", 22_900)).toBeNull();
    settle({ ...check, queue });
    const again = wokenUp(check, 23_000, { connected: ["bob", "cay"] });
    expect(again.nextWakeMs()).toBe(43_000);
    again.tick(42_999);
    expect(expired(again)).toEqual([]);
    again.tick(43_000);
    expect(expired(again)).toEqual([["ann"]]);
  });
});
