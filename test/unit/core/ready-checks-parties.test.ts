import { describe, expect, it } from "vitest";
import type { Queue } from "../../../src/core/queue.ts";
import { aLeadersRequest, aPartyIn, aPartyRequest } from "../builders/a-party.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { acceptAll, askedAt, askedNow, askingModes, queueUp, settle } from "../builders/a-ready-check.ts";

/** Ann leads Bob, and Cay and Dan are alone; all are asked at one second. */
function aPartyThatIsAsked() {
  const modes = askingModes();
  const queue = aQueue({ modes });
  const party = aPartyIn(queue, 0, "ann", "bob");
  queue.enqueueParty(aLeadersRequest(party, { mode: modes.defaultMode }), 0);
  queueUp(queue, modes, ["cay", "dan"], 0);
  return { ...askedAt(queue, modes, 1_000), party };
}

function isFree(queue: Queue, playerId: string): boolean {
  return queue.stateOf(playerId).type === "free";
}

describe("a party that is asked", () => {
  it("has accepted when all its members have", () => {
    const check = aPartyThatIsAsked();
    acceptAll(check, ["ann", "cay", "dan"], 2_000);
    expect(check.queue.stateOf("ann").type).toBe("queued");
    acceptAll(check, ["bob"], 3_000);
    expect(check.queue.stateOf("ann")).toMatchObject({ type: "matched", match: { matchId: check.matchId } });
  });

  it("loses its whole place when one member declines, and only that one pays", () => {
    const check = aPartyThatIsAsked();
    const { queue, matchId } = check;
    acceptAll(check, ["ann", "cay"], 2_000);
    queue.acknowledge({ playerId: "bob", matchId, round: 1 }, 1_000);
    settle(check);
    queue.decline({ playerId: "bob", matchId, round: 1 }, 3_000);
    const changes = settle(check);
    expect(changesOfType(changes, "ticket_ended")).toMatchObject([
      { ending: "declined", by: "bob", coolDowns: [{ playerId: "bob" }] },
    ]);
    expect(changesOfType(changes, "proposal_changed")).toMatchObject([{ event: "repairing", playerIds: ["cay"] }]);
    expect(isFree(queue, "ann")).toBe(true);
    expect(queue.coolDownOf("ann", 3_000)).toBeNull();
  });

  it("loses its whole place when one member does not answer, and only that one pays", () => {
    const check = aPartyThatIsAsked();
    const { queue, matchId } = check;
    acceptAll(check, ["ann", "cay", "dan"], 2_000);
    queue.acknowledge({ playerId: "bob", matchId, round: 1 }, 1_000);
    queue.tick(13_000);
    expect(changesOfType(settle(check), "ticket_ended")).toMatchObject([
      { ending: "lapsed", by: null, coolDowns: [{ playerId: "bob" }] },
    ]);
    expect(isFree(queue, "ann")).toBe(true);
  });

  it("pays with everybody who was shown the question and did not answer", () => {
    const check = aPartyThatIsAsked();
    const { queue, matchId } = check;
    acceptAll(check, ["cay", "dan"], 2_000);
    for (const playerId of ["ann", "bob"]) queue.acknowledge({ playerId, matchId, round: 1 }, 1_000);
    queue.tick(13_000);
    const [ended] = changesOfType(settle(check), "ticket_ended");
    expect(ended?.coolDowns?.map(({ playerId }) => playerId)).toEqual(["ann", "bob"]);
  });

  it("gives up its place when a member leaves it, who pays, or when its leader ends it", () => {
    const left = aPartyThatIsAsked();
    acceptAll(left, ["ann", "bob"], 2_000);
    left.queue.parties.leave(left.party.code, "bob", 3_000);
    expect(left.queue.coolDownOf("bob", 3_000)).not.toBeNull();
    expect(left.queue.coolDownOf("ann", 3_000)).toBeNull();
    expect(isFree(left.queue, "ann")).toBe(true);
    const ended = aPartyThatIsAsked();
    ended.queue.parties.disband(ended.party.code, null, 3_000);
    expect(isFree(ended.queue, "bob")).toBe(true);
    expect(ended.queue.readyCheckOf("cay", 3_000)).toMatchObject({ repairUntilMs: 13_000 });
  });

  it("is replaced by two who are alone, or alone ones by it", () => {
    const check = aPartyThatIsAsked();
    const { queue, modes, matchId } = check;
    acceptAll(check, ["cay", "dan"], 2_000);
    queue.decline({ playerId: "ann", matchId, round: 1 }, 3_000);
    queueUp(queue, modes, ["eve", "fay"], 3_000);
    settle(check);
    queue.tick(5_000);
    expect(askedNow(queue).sort()).toEqual([
      ["eve", 2],
      ["fay", 2],
    ]);
  });

  it("with a member who is out of the queue is refused, and told who and until when", () => {
    const check = aPartyThatIsAsked();
    const { queue, modes, matchId } = check;
    acceptAll(check, ["bob", "cay"], 2_000);
    queue.decline({ playerId: "bob", matchId, round: 1 }, 3_000);
    queue.decline({ playerId: "cay", matchId, round: 1 }, 4_000);
    const request = aPartyRequest(["ann", "bob"], { mode: modes.defaultMode });
    expect(queue.enqueueParty(request, 5_000)).toEqual({
      ok: false,
      refusal: { reason: "cooling_down", playerIds: ["bob"], untilMs: 33_000 },
    });
    expect(queue.enqueueParty(aPartyRequest(["bob", "cay"], { mode: modes.defaultMode }), 5_000)).toMatchObject({
      refusal: { playerIds: ["bob", "cay"], untilMs: 34_000 },
    });
    expect(queue.enqueueParty(request, 33_000)).toMatchObject({ ok: true });
  });
});
