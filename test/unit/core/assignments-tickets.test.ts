import { describe, expect, it } from "vitest";
import type { Queue } from "../../../src/core/queue.ts";
import { aMatchWithoutServer, hostedModes, passServerDeadline } from "../builders/a-match-without-server.ts";
import { aLeadersRequest, aPartyIn, aPartyRequest } from "../builders/a-party.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { queueUp } from "../builders/a-ready-check.ts";
import { aStore } from "../builders/a-store.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

const ALL_FOUR = ["ann", "bob", "cay", "dan"];

function ticketOf(queue: Queue, playerId: string) {
  const state = queue.stateOf(playerId);
  if (state.type !== "queued") throw new Error(`${playerId} does not wait`);
  return state.ticket;
}

describe("a ticket of a cancelled match", () => {
  it("does not come back without a player who was taken out; the others hear so", () => {
    const modes = hostedModes();
    const queue = aQueue({ modes });
    queue.enqueueParty(aPartyRequest(["ann", "bob"], { mode: modes.defaultMode }), 0);
    queueUp(queue, modes, ["cay", "dan"], 0);
    queue.tick(1_000);
    const again = anEnqueueRequest("ann", { mode: modes.defaultMode, isSystem: true, release: true });
    const own = queue.enqueue(again, 2_000);
    queue.takeChanges();
    const { cancelled } = passServerDeadline(queue);
    expect(cancelled).toMatchObject({ playerIds: ["bob", "cay", "dan"], backInLine: ["cay", "dan"] });
    expect(queue.stateOf("bob")).toEqual({ type: "free" });
    expect(queue.stateOf("ann")).toEqual({ type: "queued", ticket: own.ok && own.value });
  });

  it("comes back with the party that it came from", () => {
    const { queue, party } = aPartyInMatch();
    const { changes } = passServerDeadline(queue);
    expect(ticketOf(queue, "ann").party).toEqual({ code: party.code, leaderId: "ann" });
    expect(ticketOf(queue, "bob")).toBe(ticketOf(queue, "ann"));
    expect(changesOfType(changes, "party_changed")).toMatchObject([{ event: "queued", playerIds: ["ann", "bob"] }]);
  });

  it.each<[what: string, change: (queue: Queue, code: string) => void]>([
    ["somebody has left", (queue, code) => queue.parties.leave(code, "bob", 5_000)],
    ["was disbanded", (queue, code) => queue.parties.disband(code, "ann", 5_000)],
  ])("does not come back when its party %s", (_, change) => {
    const { queue, party } = aPartyInMatch();
    change(queue, party.code);
    queue.takeChanges();
    const { cancelled } = passServerDeadline(queue);
    expect(cancelled.backInLine).toEqual(["cay", "dan"]);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
    expect(queue.stateOf("bob")).toEqual({ type: "free" });
  });

  it("of one player comes back alone when their party of one is gone", () => {
    const modes = hostedModes();
    const queue = aQueue({ modes });
    const party = aPartyIn(queue, 0, "ann");
    queueUp(queue, modes, ALL_FOUR, 0);
    expect(ticketOf(queue, "ann").party?.code).toBe(party.code);
    queue.tick(1_000);
    queue.parties.disband(party.code, "ann", 5_000);
    queue.takeChanges();
    passServerDeadline(queue);
    expect(ticketOf(queue, "ann")).not.toHaveProperty("party");
  });

  it("keeps what it asked for and how long its place is kept", () => {
    const modes = hostedModes();
    const lease = { kind: "http", ms: 120_000 } as const;
    const queue = aQueue({ modes });
    queue.enqueue(anEnqueueRequest("ann", { mode: modes.defaultMode, constraints: { maxRatingGap: 12 } }), 0);
    const store = aStore(queue.takeChanges());
    const tickets = store.read().tickets.map((ticket) => ({ ...ticket, lease }));
    const woken = aQueue({ modes, state: { tickets }, lastId: 100 });
    queueUp(woken, modes, ["bob", "cay", "dan"], 0);
    woken.tick(1_000);
    woken.takeChanges();
    passServerDeadline(woken);
    expect(ticketOf(woken, "ann")).toMatchObject({ constraints: { maxRatingGap: 12 }, lease });
  });

  it.each([
    ["is gone", hostedModes({ name: "other" })],
    ["does not take it any more", hostedModes({ attributes: { build: { rule: "same" } } })],
  ])("does not come back into a mode that %s", (_, modes) => {
    const { match } = aMatchWithoutServer();
    const queue = aQueue({ modes, state: { matches: [match] }, nowMs: 9_000 });
    expect(passServerDeadline(queue).cancelled).toMatchObject({ playerIds: ALL_FOUR, backInLine: [] });
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
  });
});

/** Ann leads Bob; they, Cay and Dan are in a match made at one second. */
function aPartyInMatch() {
  const modes = hostedModes();
  const queue = aQueue({ modes });
  const party = aPartyIn(queue, 0, "ann", "bob");
  queue.enqueueParty(aLeadersRequest(party, { mode: modes.defaultMode }), 0);
  queueUp(queue, modes, ["cay", "dan"], 0);
  queue.tick(1_000);
  queue.takeChanges();
  return { queue, party };
}
