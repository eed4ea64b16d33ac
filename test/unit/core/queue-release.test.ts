import { describe, expect, it } from "vitest";
import type { Match } from "../../../src/core/match.ts";
import { matchPlayers } from "../../../src/core/match.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { aQueue, aQueueWithMatch, changesOfType, liveMatch } from "../builders/a-queue.ts";
import { aStore } from "../builders/a-store.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

const bySystem = anEnqueueRequest("ann", { isSystem: true });
const bySystemNow = anEnqueueRequest("ann", { isSystem: true, release: true });

function releasedIds(match: Match): string[] {
  return matchPlayers(match)
    .filter((player) => player.released)
    .map((player) => player.playerId);
}

/** Ann is released from the match and waits again; the same queue, or one that woke up from the store. */
function aQueueThatReleasedAnn(restored: boolean): { queue: Queue; match: Match } {
  const { queue, match } = aQueueWithMatch();
  const store = aStore([{ type: "match_changed", match, event: "formed", pass: "exact", playerIds: [] }]);
  queue.enqueue(bySystemNow, 2_000);
  store.write(queue.takeChanges());
  return { queue: restored ? aQueue({ state: store.read(), lastId: 100, nowMs: 3_000 }) : queue, match };
}

describe("the system's wish to queue a player who is in a match", () => {
  it("is refused while the match is no older than ten seconds", () => {
    const { queue, match } = aQueueWithMatch();
    expect(queue.enqueue(bySystem, match.createdAtMs + 10_000)).toEqual({
      ok: false,
      refusal: { reason: "in_match", matchId: match.matchId },
    });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("releases the player from an older match", () => {
    const { queue, match } = aQueueWithMatch();
    expect(queue.enqueue(bySystem, match.createdAtMs + 10_001)).toMatchObject({ ok: true });
    expect(queue.stateOf("ann").type).toBe("queued");
  });

  it("releases the player from a match made a moment ago when it says so", () => {
    const { queue, match } = aQueueWithMatch();
    expect(queue.enqueue(bySystemNow, match.createdAtMs + 1)).toMatchObject({ ok: true });
    expect(queue.stateOf("ann").type).toBe("queued");
  });

  it("does not tear up the match that a repeated request has led to", () => {
    const { queue } = aQueueWithMatch();
    queue.enqueue(bySystemNow, 2_000);
    queue.takeChanges();
    const repeated = queue.enqueue(bySystemNow, 2_001);
    expect(repeated).toMatchObject({ ok: true, value: { enqueuedAtMs: 2_000 } });
    expect(queue.takeChanges()).toEqual([]);
  });
});

describe("releasing a player", () => {
  it("marks their slot, raises the match's revision and leaves the others in it", () => {
    const { queue, match } = aQueueWithMatch();
    queue.enqueue(bySystemNow, 2_000);
    const released = liveMatch(queue, match.matchId);
    expect(releasedIds(released)).toEqual(["ann"]);
    expect(released.rev).toBeGreaterThan(match.rev);
    expect(queue.stateOf("bob")).toEqual({ type: "matched", match: released });
  });

  it("records the release before the new ticket, and tells only those who stay", () => {
    const { queue } = aQueueWithMatch();
    queue.enqueue(bySystemNow, 2_000);
    expect(queue.takeChanges()).toMatchObject([
      { type: "match_changed", event: "released", playerIds: ["bob", "cay", "dan"] },
      { type: "ticket_added", ticket: { players: [{ playerId: "ann" }] } },
    ]);
  });

  it("leaves the match reportable, with every team whole", () => {
    const { queue, match } = aQueueThatReleasedAnn(false);
    const outcome = queue.report(match.matchId, { winnerTeam: "teamA" }, 5_000);
    expect(outcome.ok && matchPlayers(outcome.value).map((player) => player.playerId)).toEqual(
      matchPlayers(match).map((player) => player.playerId),
    );
  });

  it("can leave a match that answers for nobody", () => {
    const { queue, match } = aQueueWithMatch();
    for (const playerId of ["ann", "bob", "cay", "dan"]) {
      queue.enqueue(anEnqueueRequest(playerId, { isSystem: true, release: true }), 2_000);
    }
    queue.takeChanges();
    queue.report(match.matchId, { winnerTeam: "teamA" }, 3_000);
    expect(changesOfType(queue.takeChanges(), "match_changed")[0]?.playerIds).toEqual([]);
    expect(queue.waitingPlayers("2v2")).toBe(4);
  });
});

describe.each([
  ["the same object", false],
  ["an object that woke up from its storage", true],
])("the end of the old match, in %s", (_, restored) => {
  it("by a report does not take a released player out of line", () => {
    const { queue, match } = aQueueThatReleasedAnn(restored);
    const before = queue.stateOf("ann");
    queue.report(match.matchId, { winnerTeam: "teamA" }, 5_000);
    expect(queue.stateOf("ann")).toEqual(before);
    expect(queue.stateOf("bob")).toEqual({ type: "free" });
  });

  it("by a report tells everyone but the released player", () => {
    const { queue, match } = aQueueThatReleasedAnn(restored);
    queue.report(match.matchId, { winnerTeam: "teamA" }, 5_000);
    expect(queue.takeChanges()).toMatchObject([
      { type: "match_changed", event: "reported", playerIds: ["bob", "cay", "dan"] },
    ]);
  });

  it("by its rating tells everyone but the released player", () => {
    const { queue, match } = aQueueThatReleasedAnn(restored);
    queue.report(match.matchId, { winnerTeam: "teamA" }, 5_000);
    queue.takeChanges();
    queue.rated(match.matchId, [], 6_000);
    expect(queue.takeChanges()).toMatchObject([{ type: "match_finished", playerIds: ["bob", "cay", "dan"] }]);
    expect(queue.stateOf("ann").type).toBe("queued");
  });

  it("by its timeout leaves a released player alone", () => {
    const { queue, match } = aQueueThatReleasedAnn(restored);
    queue.tick(match.deadlineMs);
    expect(queue.takeChanges()).toMatchObject([
      { type: "match_changed", event: "abandoned", playerIds: ["bob", "cay", "dan"] },
    ]);
    expect(queue.stateOf("ann").type).toBe("queued");
  });

  it("does not take a released player out of the next match", () => {
    const { queue, match } = aQueueThatReleasedAnn(restored);
    for (const playerId of ["eve", "fay", "gus"]) queue.enqueue(anEnqueueRequest(playerId), 3_000);
    queue.tick(10_000);
    const next = queue.stateOf("ann");
    expect(next).toMatchObject({ type: "matched", match: { status: "pending" } });
    queue.report(match.matchId, { winnerTeam: "teamA" }, 11_000);
    expect(queue.stateOf("ann")).toEqual(next);
  });

  it("does not release a player a second time from a match that no longer holds them", () => {
    const { queue, match } = aQueueThatReleasedAnn(restored);
    queue.cancel("ann", 0);
    queue.takeChanges();
    queue.enqueue(bySystem, 60_000);
    expect(queue.takeChanges().map((change) => change.type)).toEqual(["ticket_added"]);
    expect(releasedIds(liveMatch(queue, match.matchId))).toEqual(["ann"]);
  });
});
