import { describe, expect, it } from "vitest";
import { PARTY_EXPIRES_AFTER_MS } from "../../../src/core/limits.ts";
import { aLeadersRequest, aParty, aPartyIn } from "../builders/a-party.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

const LATER = 60_000;
const EXPIRED = LATER + PARTY_EXPIRES_AFTER_MS;

describe("a party that nothing happens in", () => {
  it("is there until the last millisecond of its four hours, and unknown to everybody from then on", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, LATER, "ann", "bob");
    expect(queue.parties.of("ann", EXPIRED - 1)).toEqual(party);
    expect(queue.parties.of("ann", EXPIRED)).toBeUndefined();
    for (const outcome of [
      queue.parties.join(party.code, { playerId: "cay" }, EXPIRED),
      queue.parties.leave(party.code, "ann", EXPIRED),
      queue.parties.disband(party.code, "ann", EXPIRED),
    ]) {
      expect(outcome).toEqual({ ok: false, refusal: { reason: "unknown_party" } });
    }
    expect(queue.takeChanges()).toEqual([]);
  });

  it("wakes nobody", () => {
    const queue = aQueue();
    aPartyIn(queue, 0, "ann", "bob");
    expect(queue.nextWakeMs()).toBeNull();
  });

  it("is taken away at the next tick, or when another party changes", () => {
    for (const touch of ["tick", "create"] as const) {
      const queue = aQueue();
      const party = aPartyIn(queue, LATER, "ann", "bob");
      if (touch === "tick") queue.tick(EXPIRED);
      else queue.parties.create({ playerId: "eve" }, EXPIRED);
      expect(queue.takeChanges()[0]).toEqual({
        type: "party_ended",
        ending: "expired",
        party,
        playerIds: ["ann", "bob"],
      });
    }
  });

  it("holds its members back from nothing", () => {
    const queue = aQueue();
    aPartyIn(queue, LATER, "ann", "bob");
    expect(queue.enqueue(anEnqueueRequest("bob"), EXPIRED)).toMatchObject({ ok: true, value: { players: [{}] } });
    const other = aPartyIn(queue, EXPIRED, "ann");
    expect(queue.parties.of("ann", EXPIRED)).toEqual(other);
  });

  it("lets its members go even if the clock was set back while others were made", () => {
    const queue = aQueue();
    aPartyIn(queue, EXPIRED, "eve");
    aPartyIn(queue, 0, "ann");
    const next = aPartyIn(queue, PARTY_EXPIRES_AFTER_MS, "ann");
    expect(queue.parties.of("ann", PARTY_EXPIRES_AFTER_MS)).toEqual(next);
  });

  it("leaves a ticket in line that still waits", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    queue.enqueueParty(aLeadersRequest(party), LATER);
    queue.tick(EXPIRED);
    expect(changesOfType(queue.takeChanges(), "party_ended")).toHaveLength(1);
    expect(queue.stateOf("bob").type).toBe("queued");
    expect(queue.cancel("bob", 0)).toMatchObject({ ok: true });
  });

  it("is renewed whenever it is queued", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    queue.enqueueParty(aLeadersRequest(party), LATER);
    queue.cancel("ann", 0);
    expect(queue.parties.find(party.code, EXPIRED - 1)).toEqual({ ...party, expiresAtMs: EXPIRED });
  });
});

describe("a region that wakes up", () => {
  it("knows its parties, and records nothing by it", () => {
    const party = aParty({ members: [{ playerId: "ann" }, { playerId: "bob" }], expiresAtMs: LATER });
    const queue = aQueue({ state: { parties: [party] }, nowMs: EXPIRED });
    expect(queue.takeChanges()).toEqual([]);
    expect(queue.parties.of("bob", LATER - 1)).toEqual(party);
  });

  it("ends expired parties in the order in which they expired, then by code", () => {
    const parties = [
      aParty({ code: "EUW-B", members: [{ playerId: "bob" }], expiresAtMs: 2 }),
      aParty({ code: "EUW-A", members: [{ playerId: "ann" }], expiresAtMs: 2 }),
      aParty({ code: "EUW-C", members: [{ playerId: "cay" }], expiresAtMs: 1 }),
    ];
    const queue = aQueue({ state: { parties } });
    queue.tick(LATER);
    expect(changesOfType(queue.takeChanges(), "party_ended").map(({ party }) => party.code)).toEqual([
      "EUW-C",
      "EUW-A",
      "EUW-B",
    ]);
  });
});
