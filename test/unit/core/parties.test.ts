import { describe, expect, it } from "vitest";
import { LIMITS, PARTY_EXPIRES_AFTER_MS } from "../../../src/core/limits.ts";
import { aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import { aLeadersRequest, aParty, aPartyIn } from "../builders/a-party.ts";
import { aQueue, aQueueWithMatch, enqueueAll } from "../builders/a-queue.ts";

const trios = aModeTable(aModeDefinition({ name: "3v3", teamSize: 3 }), aModeDefinition());
const LATER = 60_000;
const EXPIRED = LATER + PARTY_EXPIRES_AFTER_MS;

describe("making a party", () => {
  it("gives its maker a code of the region, and four hours", () => {
    const queue = aQueue();
    const created = queue.parties.create({ playerId: "ann", roles: ["tank"] }, LATER);
    expect(created).toEqual({
      ok: true,
      value: { code: "EUW-id-00001", members: [{ playerId: "ann", roles: ["tank"] }], expiresAtMs: EXPIRED },
    });
    expect(queue.parties.of("ann", LATER)).toEqual(created.ok && created.value);
  });

  it("records the party and tells its maker", () => {
    const queue = aQueue();
    const created = queue.parties.create({ playerId: "ann" }, LATER);
    const party = created.ok && created.value;
    expect(queue.takeChanges()).toEqual([{ type: "party_changed", event: "created", party, playerIds: ["ann"] }]);
  });

  it("gives somebody who leads a party of one that same party, and records nothing", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann");
    expect(queue.parties.create({ playerId: "ann" }, LATER)).toEqual({ ok: true, value: party });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("changes the roles of somebody who leads a party of one, unless they wait", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann");
    const again = queue.parties.create({ playerId: "ann", roles: ["tank"] }, 0);
    expect(again).toEqual({ ok: true, value: { ...party, members: [{ playerId: "ann", roles: ["tank"] }] } });
    enqueueAll(queue, ["ann"], 0);
    expect(queue.parties.create({ playerId: "ann", roles: ["healer"] }, 0)).toEqual({
      ok: false,
      refusal: { reason: "in_queue" },
    });
  });

  it("takes another code when one is taken already", () => {
    const taken = aParty({ code: "EUW-id-00001", members: [{ playerId: "bob" }] });
    const queue = aQueue({ state: { parties: [taken] } });
    expect(queue.parties.create({ playerId: "ann" }, 0)).toMatchObject({ value: { code: "EUW-id-00002" } });
    expect(queue.parties.find(taken.code, 0)).toEqual(taken);
  });

  it.each(["ann", "bob"])("is refused to %s, who is in a party with others, and says in which", (playerId) => {
    const queue = aQueue();
    const { code } = aPartyIn(queue, 0, "ann", "bob");
    expect(queue.parties.create({ playerId }, LATER)).toEqual({ ok: false, refusal: { reason: "in_party", code } });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("is refused to somebody who waits, or plays", () => {
    const { queue, match } = aQueueWithMatch();
    enqueueAll(queue, ["eve"], 0);
    queue.takeChanges();
    expect(queue.parties.create({ playerId: "eve" }, 0)).toEqual({ ok: false, refusal: { reason: "in_queue" } });
    expect(queue.parties.create({ playerId: "ann" }, 0)).toEqual({
      ok: false,
      refusal: { reason: "in_match", matchId: match.matchId },
    });
    expect(queue.takeChanges()).toEqual([]);
  });
});

describe("a region with as many parties as it may hold", () => {
  const parties = Array.from({ length: LIMITS.partiesPerRegion }, (_, index) =>
    aParty({ code: `EUW-${String(index).padStart(6, "0")}`, members: [{ playerId: `p${index}` }], expiresAtMs: LATER }),
  );

  it("refuses another one until the oldest has expired", () => {
    const queue = aQueue({ state: { parties } });
    expect(queue.parties.create({ playerId: "ann" }, LATER - 1)).toEqual({
      ok: false,
      refusal: { reason: "too_many_parties" },
    });
    expect(queue.takeChanges()).toEqual([]);
    expect(queue.parties.create({ playerId: "ann" }, LATER)).toMatchObject({ ok: true });
  });
});

describe("joining a party", () => {
  it("adds the player at the end, tells everybody and renews the party", () => {
    const queue = aQueue();
    const { code } = aPartyIn(queue, 0, "ann");
    const joined = queue.parties.join(code, { playerId: "bob", roles: ["healer"] }, LATER);
    const party = {
      code,
      members: [{ playerId: "ann" }, { playerId: "bob", roles: ["healer"] }],
      expiresAtMs: EXPIRED,
    };
    expect(joined).toEqual({ ok: true, value: party });
    expect(queue.takeChanges()).toEqual([{ type: "party_changed", event: "joined", party, playerIds: ["ann", "bob"] }]);
  });

  it("a second time changes nothing, also while the party waits", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    queue.enqueueParty(aLeadersRequest(party), 0);
    queue.takeChanges();
    expect(queue.parties.join(party.code, { playerId: "bob" }, LATER)).toMatchObject({ ok: true });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("a second time with other roles changes those alone", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    const again = queue.parties.join(party.code, { playerId: "ann", roles: ["tank"] }, LATER);
    expect(again).toMatchObject({ value: { members: [{ playerId: "ann", roles: ["tank"] }, { playerId: "bob" }] } });
    expect(queue.takeChanges()).toMatchObject([{ type: "party_changed", event: "roles_changed" }]);
    expect(queue.parties.join(party.code, { playerId: "ann" }, LATER)).toEqual(again);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("a second time with other roles is refused while the party waits: its ticket has the old ones", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    queue.enqueueParty(aLeadersRequest(party), 0);
    queue.takeChanges();
    expect(queue.parties.join(party.code, { playerId: "bob", roles: ["tank"] }, LATER)).toMatchObject({
      refusal: { reason: "party_busy" },
    });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("is refused with a code that nobody made", () => {
    const queue = aQueue();
    expect(queue.parties.join("EUW-NOBODYMADE", { playerId: "ann" }, 0)).toEqual({
      ok: false,
      refusal: { reason: "unknown_party" },
    });
  });

  it("is refused to somebody who is in another party", () => {
    const queue = aQueue();
    const { code } = aPartyIn(queue, 0, "ann");
    const other = aPartyIn(queue, 0, "bob");
    expect(queue.parties.join(code, { playerId: "bob" }, 0)).toEqual({
      ok: false,
      refusal: { reason: "in_party", code: other.code },
    });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("is refused to somebody who waits, or plays", () => {
    const { queue, match } = aQueueWithMatch();
    const { code } = aPartyIn(queue, 0, "eve");
    enqueueAll(queue, ["fay"], 0);
    queue.takeChanges();
    expect(queue.parties.join(code, { playerId: "fay" }, 0)).toEqual({ ok: false, refusal: { reason: "in_queue" } });
    expect(queue.parties.join(code, { playerId: "ann" }, 0)).toEqual({
      ok: false,
      refusal: { reason: "in_match", matchId: match.matchId },
    });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("is refused while a member waits, and says who", () => {
    const queue = aQueue({ modes: trios });
    const party = aPartyIn(queue, 0, "ann", "bob");
    queue.enqueueParty(aLeadersRequest(party, { mode: trios.defaultMode }), 0);
    expect(queue.parties.join(party.code, { playerId: "cay" }, 0)).toEqual({
      ok: false,
      refusal: { reason: "party_busy", playerIds: ["ann", "bob"] },
    });
  });

  it("is refused when the party has as many members as the largest ticket of any mode", () => {
    const queue = aQueue({ modes: trios });
    const { code } = aPartyIn(queue, 0, "ann", "bob", "cay");
    expect(queue.parties.join(code, { playerId: "dan" }, 0)).toEqual({
      ok: false,
      refusal: { reason: "party_full", most: 3 },
    });
  });
});

describe("leaving a party", () => {
  it("tells everybody, also the one who left", () => {
    const queue = aQueue({ modes: trios });
    const { code } = aPartyIn(queue, 0, "ann", "bob", "cay");
    const left = queue.parties.leave(code, "bob", LATER);
    const party = { code, members: [{ playerId: "ann" }, { playerId: "cay" }], expiresAtMs: EXPIRED };
    expect(left).toEqual({ ok: true, value: party });
    expect(queue.takeChanges()).toEqual([
      { type: "party_changed", event: "left", party, playerIds: ["ann", "bob", "cay"] },
    ]);
    expect(queue.parties.of("bob", LATER)).toBeUndefined();
  });

  it("by the leader makes the longest-standing of the others lead", () => {
    const queue = aQueue({ modes: trios });
    const { code } = aPartyIn(queue, 0, "ann", "bob", "cay");
    expect(queue.parties.leave(code, "ann", 0)).toMatchObject({ value: { members: [{ playerId: "bob" }, {}] } });
  });

  it("by the last member ends it", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann");
    expect(queue.parties.leave(party.code, "ann", 0)).toEqual({ ok: true, value: null });
    expect(queue.takeChanges()).toEqual([{ type: "party_ended", ending: "disbanded", party, playerIds: ["ann"] }]);
    expect(queue.parties.find(party.code, 0)).toBeUndefined();
  });

  it("takes the party's ticket out of line for all", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    const queued = queue.enqueueParty(aLeadersRequest(party), 0);
    queue.takeChanges();
    queue.parties.leave(party.code, "bob", LATER);
    expect(queue.takeChanges()).toMatchObject([
      { type: "ticket_ended", ticket: queued.ok && queued.value, ending: "cancelled", by: "bob" },
      { type: "party_changed", event: "left", playerIds: ["ann", "bob"] },
    ]);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
  });

  it("leaves a ticket alone that the system made of members and others", () => {
    const queue = aQueue();
    const { code } = aPartyIn(queue, 0, "ann", "bob");
    const { players, mode, constraints } = aLeadersRequest(
      aParty({ members: [{ playerId: "ann" }, { playerId: "eve" }] }),
    );
    queue.enqueueParty({ players, mode, constraints, code: null }, 0);
    queue.parties.leave(code, "ann", 0);
    expect(queue.stateOf("ann").type).toBe("queued");
  });

  it("leaves a match alone: whoever plays goes on playing", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    queue.enqueueParty(aLeadersRequest(party), 0);
    enqueueAll(queue, ["cay", "dan"], 0);
    queue.tick(1_000);
    queue.parties.leave(party.code, "bob", 2_000);
    expect(queue.stateOf("bob").type).toBe("matched");
    expect(queue.parties.of("bob", 2_000)).toBeUndefined();
  });

  it.each([
    ["somebody who is not in it", "eve"],
    ["somebody who has left already", "bob"],
  ])("is refused to %s, as if there were no such party", (_, playerId) => {
    const queue = aQueue();
    const { code } = aPartyIn(queue, 0, "ann", "bob");
    queue.parties.leave(code, "bob", 0);
    queue.takeChanges();
    expect(queue.parties.leave(code, playerId, 0)).toEqual({ ok: false, refusal: { reason: "unknown_party" } });
    expect(queue.takeChanges()).toEqual([]);
  });
});

describe("disbanding a party", () => {
  it.each([
    ["its leader", "ann"],
    ["the system", null],
  ])("by %s cancels its ticket, frees everybody and tells them", (_, playerId) => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    queue.enqueueParty(aLeadersRequest(party), 0);
    queue.takeChanges();
    expect(queue.parties.disband(party.code, playerId, LATER)).toMatchObject({ ok: true });
    expect(queue.takeChanges()).toMatchObject([
      { type: "ticket_ended", ending: "cancelled", by: playerId },
      { type: "party_ended", ending: "disbanded", playerIds: ["ann", "bob"] },
    ]);
    expect(queue.parties.create({ playerId: "bob" }, LATER)).toMatchObject({ ok: true });
  });

  it("is refused to another member, and to outsiders as if there were none", () => {
    const queue = aQueue();
    const { code } = aPartyIn(queue, 0, "ann", "bob");
    expect(queue.parties.disband(code, "bob", 0)).toEqual({ ok: false, refusal: { reason: "not_the_leader" } });
    expect(queue.parties.disband(code, "eve", 0)).toEqual({ ok: false, refusal: { reason: "unknown_party" } });
    expect(queue.parties.disband("EUW-NOBODYMADE", null, 0)).toEqual({
      ok: false,
      refusal: { reason: "unknown_party" },
    });
    expect(queue.takeChanges()).toEqual([]);
  });
});
