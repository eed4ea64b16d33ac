import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../src/core/limits.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import { aLeadersRequest, aPartyIn, aPartyRequest } from "../builders/a-party.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aQueue, aQueueWithMatch, changesOfType, enqueueAll } from "../builders/a-queue.ts";
import { aSolo } from "../builders/a-ticket.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

const modes = aModeTable(
  aModeDefinition({ name: "3v3", teamSize: 3 }),
  aModeDefinition(),
  aModeDefinition({ name: "raid", teamSize: 3, roles: { tank: 1, healer: 1 } }),
  aModeDefinition({ name: "duos", partySizes: [2] }),
);
function mode(name: string) {
  return modes.byName.get(name) ?? modes.defaultMode;
}

function ticketOf(queue: Queue, playerId: string) {
  const state = queue.stateOf(playerId);
  if (state.type !== "queued") throw new Error(`${playerId} does not wait`);
  return state.ticket;
}

describe("players whom the system puts together", () => {
  it("have one ticket, and nothing else is recorded", () => {
    const queue = aQueue();
    const players = [aPlayer("ann", 20), aPlayer("bob", 31)];
    const outcome = queue.enqueueParty(aPartyRequest([], { players }), 5_000);
    expect(outcome).toEqual({
      ok: true,
      value: { ticketId: "id-00001", mode: "2v2", players, enqueuedAtMs: 5_000, constraints: {} },
    });
    expect(queue.takeChanges()).toEqual([{ type: "ticket_added", ticket: outcome.ok && outcome.value }]);
    expect([queue.waitingTickets("2v2"), queue.waitingPlayers("2v2")]).toEqual([1, 2]);
  });

  it("keep ticket and place when they are queued again, in whatever order", () => {
    const queue = aQueue();
    const first = queue.enqueueParty(aPartyRequest(["ann", "bob"]), 0);
    queue.takeChanges();
    expect(queue.enqueueParty(aPartyRequest(["bob", "ann"]), 60_000)).toEqual(first);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("cannot be queued in another mode at the same time", () => {
    const queue = aQueue({ modes });
    queue.enqueueParty(aPartyRequest(["ann", "bob"]), 0);
    expect(queue.enqueueParty(aPartyRequest(["ann", "bob"], { mode: mode("3v3") }), 0)).toEqual({
      ok: false,
      refusal: { reason: "queued_in_other_mode", mode: "2v2" },
    });
  });

  it.each([
    ["more", ["ann", "bob", "cay"]],
    ["fewer", ["ann"]],
    ["others", ["ann", "cay"]],
  ])("are not the party that waits if they are %s", (_, playerIds) => {
    const queue = aQueue({ modes });
    queue.enqueueParty(aPartyRequest(["ann", "bob"], { mode: mode("3v3") }), 0);
    queue.takeChanges();
    expect(queue.enqueueParty(aPartyRequest(playerIds, { mode: mode("3v3") }), 0)).toMatchObject({
      refusal: { reason: "party_member_busy" },
    });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("are refused by name if any of them waits or plays, and nobody is released from however old a match", () => {
    const { queue, match } = aQueueWithMatch();
    enqueueAll(queue, ["eve"], 60_000);
    queue.takeChanges();
    expect(queue.enqueueParty(aPartyRequest(["fay", "eve", "ann"]), 3_000_000)).toEqual({
      ok: false,
      refusal: { reason: "party_member_busy", playerIds: ["eve", "ann"] },
    });
    expect(queue.enqueueParty(aPartyRequest(["ann", "fay"]), 3_000_000)).toEqual({
      ok: false,
      refusal: { reason: "party_member_busy", playerIds: ["ann"], matchId: match.matchId },
    });
    expect(queue.takeChanges()).toEqual([]);
    expect(queue.stateOf("fay")).toEqual({ type: "free" });
  });

  it("are refused if the mode takes no ticket of their number", () => {
    const queue = aQueue();
    expect(queue.enqueueParty(aPartyRequest(["ann", "bob", "cay"]), 0)).toMatchObject({
      refusal: { reason: "invalid_constraints", problems: [{ pointer: "/party" }] },
    });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("are refused by a region that has no room for all of them", () => {
    const tickets = Array.from({ length: LIMITS.waitingPlayers - 2 }, (_, index) => aSolo(`p${index}`, 25));
    const queue = aQueue({ state: { tickets } });
    expect(queue.enqueueParty(aPartyRequest(["ann", "bob"]), 0)).toMatchObject({ ok: true });
    expect(queue.cancel("p0", 0)).toMatchObject({ ok: true });
    expect(queue.enqueueParty(aPartyRequest(["cay", "dan"]), 0)).toEqual({
      ok: false,
      refusal: { reason: "region_full" },
    });
  });

  it("may be members of parties of their own, which stay as they are", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    expect(queue.enqueueParty(aPartyRequest(["ann", "eve"]), 0)).toMatchObject({ ok: true });
    expect(queue.takeChanges().map(({ type }) => type)).toEqual(["ticket_added"]);
    expect(queue.parties.of("ann", 0)).toEqual(party);
    expect(queue.enqueueParty(aLeadersRequest(party), 0)).toMatchObject({
      refusal: { reason: "party_member_busy", playerIds: ["ann"] },
    });
  });
});

describe("a party of players", () => {
  it("goes as one ticket when its leader queues, and is renewed", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    const outcome = queue.enqueueParty(aLeadersRequest(party, { constraints: { maxRatingGap: 6 } }), 9_000);
    expect(outcome).toMatchObject({
      ok: true,
      value: {
        players: [{ playerId: "ann" }, { playerId: "bob" }],
        constraints: { maxRatingGap: 6 },
        party: { code: party.code, leaderId: "ann" },
      },
    });
    const renewed = { ...party, expiresAtMs: party.expiresAtMs + 9_000 };
    expect(queue.takeChanges()).toEqual([
      { type: "ticket_added", ticket: outcome.ok && outcome.value },
      { type: "party_changed", event: "queued", party: renewed, playerIds: ["ann", "bob"] },
    ]);
  });

  it("offers the roles that its members said when they came, as far as the mode has them", () => {
    const queue = aQueue({ modes });
    const party = aPartyIn(queue, 0, "ann", { playerId: "bob", roles: ["goalkeeper", "healer"] });
    queue.enqueueParty(aLeadersRequest(party, { mode: mode("raid"), constraints: { roles: { ann: ["tank"] } } }), 0);
    expect(ticketOf(queue, "ann").players).toMatchObject([
      { playerId: "ann", roles: ["tank"] },
      { playerId: "bob", roles: ["healer"] },
    ]);
  });

  it("says nothing of roles in a mode that has none", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", { playerId: "bob", roles: ["healer"] });
    queue.enqueueParty(aLeadersRequest(party), 0);
    expect(ticketOf(queue, "bob").players).toEqual([aPlayer("ann"), aPlayer("bob")]);
  });

  it("that changed since its leader asked is not queued", () => {
    const queue = aQueue({ modes });
    const party = aPartyIn(queue, 0, "ann", "bob");
    const asked = aLeadersRequest(party, { mode: mode("3v3") });
    queue.parties.join(party.code, { playerId: "cay" }, 0);
    queue.takeChanges();
    expect(queue.enqueueParty(asked, 0)).toEqual({ ok: false, refusal: { reason: "party_changed" } });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("that is gone since its leader asked is not queued", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    queue.parties.disband(party.code, "ann", 0);
    expect(queue.enqueueParty(aLeadersRequest(party), 0)).toEqual({ ok: false, refusal: { reason: "party_changed" } });
  });

  it("is not queued by another member, nor a member alone", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    expect(queue.enqueueParty(aPartyRequest(["bob", "ann"], { code: party.code }), 0)).toMatchObject({ ok: false });
    for (const isSystem of [false, true]) {
      expect(queue.enqueue(anEnqueueRequest("bob", { isSystem, release: isSystem }), 0)).toEqual({
        ok: false,
        refusal: { reason: "in_party", code: party.code },
      });
    }
    expect(queue.takeChanges()).toEqual([]);
  });

  it("that somebody joined since its leader asked to queue alone is not torn apart", () => {
    const queue = aQueue();
    aPartyIn(queue, 0, "ann", "bob");
    expect(queue.enqueue(anEnqueueRequest("ann"), 0)).toEqual({ ok: false, refusal: { reason: "party_changed" } });
  });

  it("answers a member who asks while all of it waits with the ticket they are on", () => {
    const queue = aQueue();
    const queued = queue.enqueueParty(aLeadersRequest(aPartyIn(queue, 0, "ann", "bob")), 0);
    expect(queue.enqueue(anEnqueueRequest("bob"), 9_000)).toEqual(queued);
  });

  it("is still there after its match, and can be queued again", () => {
    const queue = aQueue();
    const party = aPartyIn(queue, 0, "ann", "bob");
    queue.enqueueParty(aLeadersRequest(party), 0);
    enqueueAll(queue, ["cay", "dan"], 0);
    queue.tick(1_000);
    const [formed] = changesOfType(queue.takeChanges(), "match_changed");
    const matchId = formed?.match.matchId ?? "";
    expect(queue.enqueueParty(aLeadersRequest(party), 60_000)).toEqual({
      ok: false,
      refusal: { reason: "party_member_busy", playerIds: ["ann", "bob"], matchId },
    });
    queue.report(matchId, { winnerTeam: "teamA" }, 60_000);
    expect(queue.enqueueParty(aLeadersRequest(party), 60_000)).toMatchObject({ ok: true });
  });

  it("is on one team of the match", () => {
    const queue = aQueue();
    queue.enqueueParty(aLeadersRequest(aPartyIn(queue, 0, "ann", "bob")), 0);
    enqueueAll(queue, ["cay", "dan"], 0);
    queue.tick(1_000);
    const [formed] = changesOfType(queue.takeChanges(), "match_changed");
    const teams = formed?.match.teams.map(({ players }) =>
      players
        .map(({ playerId }) => playerId)
        .toSorted()
        .join(),
    );
    expect(teams?.toSorted()).toEqual(["ann,bob", "cay,dan"]);
  });
});

describe("a party of one", () => {
  it("queues as a solo whose ticket knows the party", () => {
    const queue = aQueue();
    const { code } = aPartyIn(queue, 0, { playerId: "ann", roles: ["tank"] });
    const outcome = queue.enqueue(anEnqueueRequest("ann"), 0);
    expect(outcome).toMatchObject({ ok: true, value: { players: [{}], party: { code, leaderId: "ann" } } });
    expect(queue.takeChanges().map(({ type }) => type)).toEqual(["ticket_added", "party_changed"]);
    queue.parties.disband(code, "ann", 0);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
  });

  it("can be released by the system like anybody alone", () => {
    const queue = aQueue();
    aPartyIn(queue, 0, "ann");
    queue.enqueue(anEnqueueRequest("ann"), 0);
    enqueueAll(queue, ["bob", "cay", "dan"], 0);
    queue.tick(1_000);
    expect(queue.enqueue(anEnqueueRequest("ann", { isSystem: true, release: true }), 1_001)).toMatchObject({
      ok: true,
    });
  });
});

describe("a mode for pairs only", () => {
  it("takes nobody alone", () => {
    const queue = aQueue({ modes });
    expect(queue.enqueue(anEnqueueRequest("ann", { mode: mode("duos") }), 0)).toMatchObject({
      refusal: {
        reason: "invalid_constraints",
        problems: [{ pointer: "/party", detail: expect.stringContaining("2") }],
      },
    });
    expect(queue.takeChanges()).toEqual([]);
  });
});
