import { describe, expect, it } from "vitest";
import { connectionOf } from "../../../src/core/assignment.ts";
import { LIMITS, REPORTABLE_AFTER_ABANDON_MS } from "../../../src/core/limits.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { aMatch } from "../builders/a-match.ts";
import {
  aMatchWithoutServer,
  hostedModes,
  NO_SERVER_AT_MS,
  passServerDeadline,
} from "../builders/a-match-without-server.ts";
import { aQueue, aQueueWithMatch, changesOfType, liveMatch } from "../builders/a-queue.ts";
import { anOpenReadyCheck, queueUp } from "../builders/a-ready-check.ts";
import { aStore } from "../builders/a-store.ts";

const HERE = '{"port":1}';
const THERE = '{"port":2}';
const ALL_FOUR = ["ann", "bob", "cay", "dan"];

function ticketOf(queue: Queue, playerId: string) {
  const state = queue.stateOf(playerId);
  if (state.type !== "queued") throw new Error(`${playerId} does not wait`);
  return state.ticket;
}

describe("a match that gets a server", () => {
  it("keeps how to get there, forgets its tickets and goes on", () => {
    const { queue, match } = aMatchWithoutServer();
    expect(queue.assignments.assign(match.matchId, HERE, 5_000)).toEqual({ ok: true, value: null });
    expect(queue.takeChanges()).toMatchObject([
      { type: "match_changed", event: "assigned", hasAwaited: true, playerIds: ALL_FOUR, match: { status: "pending" } },
    ]);
    expect(liveMatch(queue, match.matchId).assignment).toEqual({ type: "assigned", connection: HERE });
    queue.tick(NO_SERVER_AT_MS);
    expect(liveMatch(queue, match.matchId).status).toBe("pending");
  });

  it("takes the same word again without a change, also when it is over, and no other", () => {
    const { queue, match } = aMatchWithoutServer();
    const assign = (connection: string) => queue.assignments.assign(match.matchId, connection, 5_000);
    assign(HERE);
    queue.takeChanges();
    expect(assign(HERE).ok).toBe(true);
    expect(assign(THERE)).toEqual({ ok: false, refusal: { reason: "already_assigned" } });
    expect(queue.takeChanges()).toEqual([]);
    queue.report(match.matchId, { winnerTeam: "teamA" }, 6_000);
    expect(assign(HERE).ok).toBe(true);
    expect(assign(THERE)).toEqual({ ok: false, refusal: { reason: "not_assignable", status: "reporting" } });
  });

  it("shows it to its players only", () => {
    const { queue, match } = aMatchWithoutServer();
    expect(queue.publicMatch(match.matchId)).not.toHaveProperty("assignment");
    queue.assignments.assign(match.matchId, HERE, 5_000);
    expect(queue.publicMatch(match.matchId)).not.toHaveProperty("assignment");
  });

  it("may be of a mode whose players wait for none", () => {
    const { queue, match } = aQueueWithMatch();
    expect(match.assignment).toBeUndefined();
    expect(queue.assignments.assign(match.matchId, HERE, 5_000).ok).toBe(true);
    const [assigned] = changesOfType(queue.takeChanges(), "match_changed");
    expect(assigned?.hasAwaited).toBeUndefined();
    expect(connectionOf(liveMatch(queue, match.matchId))).toBe(HERE);
  });

  it("is neither one that nobody knows nor one that is still asked about", () => {
    const { queue, matchId } = anOpenReadyCheck();
    expect(queue.assignments.assign(matchId, HERE, 2_000)).toEqual({
      ok: false,
      refusal: { reason: "not_assignable", status: "proposed" },
    });
    expect(queue.assignments.assign("never-made-EUW", HERE, 2_000)).toEqual({
      ok: false,
      refusal: { reason: "unknown_match" },
    });
  });

  it("keeps it over a restart", () => {
    const { queue, modes, match } = aMatchWithoutServer();
    queue.assignments.assign(match.matchId, HERE, 5_000);
    const woken = aQueue({ modes, state: aStore(queue.takeChanges()).read(), nowMs: 6_000 });
    expect(connectionOf(liveMatch(woken, match.matchId))).toBe(HERE);
  });
});

describe("a match that gets no server in time", () => {
  it("wakes the region, and is cancelled then and not before", () => {
    const { queue, match } = aMatchWithoutServer();
    expect(queue.nextWakeMs()).toBe(NO_SERVER_AT_MS);
    queue.tick(NO_SERVER_AT_MS - 1);
    expect(queue.takeChanges()).toEqual([]);
    const { cancelled } = passServerDeadline(queue);
    expect(cancelled).toMatchObject({ hasAwaited: true, playerIds: ALL_FOUR, backInLine: ALL_FOUR });
    expect(liveMatch(queue, match.matchId)).toMatchObject({ status: "cancelled", result: null });
    expect(liveMatch(queue, match.matchId)).not.toHaveProperty("assignment");
  });

  it("puts its players back into their place, ahead by the time that they lost", () => {
    const { queue, match } = aMatchWithoutServer();
    passServerDeadline(queue);
    for (const playerId of ALL_FOUR) {
      const ticket = ticketOf(queue, playerId);
      expect(ticket).toMatchObject({ enqueuedAtMs: 0, priorityMs: 20_000 });
      expect(match.teams.flatMap(({ players }) => players.map(({ ticketId }) => ticketId))).not.toContain(
        ticket.ticketId,
      );
    }
    expect(queue.nextWakeMs()).toBeLessThan(NO_SERVER_AT_MS + 2_000);
  });

  it("adds up what several such matches cost", () => {
    const { queue } = aMatchWithoutServer();
    passServerDeadline(queue);
    queue.tick(30_000);
    const again = changesOfType(queue.takeChanges(), "match_changed").find(({ event }) => event === "formed");
    expect(again).toBeDefined();
    queue.tick(50_000);
    expect(ticketOf(queue, "ann")).toMatchObject({ enqueuedAtMs: 0, priorityMs: 40_000 });
  });

  it("takes neither a result nor a server any more", () => {
    const { queue, match } = aMatchWithoutServer();
    passServerDeadline(queue);
    const refusal = { status: "cancelled" };
    expect(queue.report(match.matchId, { winnerTeam: "teamA" }, 22_000)).toMatchObject({
      refusal: { ...refusal, reason: "not_reportable" },
    });
    expect(queue.assignments.assign(match.matchId, HERE, 22_000)).toMatchObject({
      refusal: { ...refusal, reason: "not_assignable" },
    });
    expect(queue.assignments.refuse(match.matchId, 22_000)).toBe(false);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("is forgotten a day later", () => {
    const { queue, match } = aMatchWithoutServer();
    passServerDeadline(queue);
    for (const playerId of ALL_FOUR) queue.cancel(playerId, 22_000);
    queue.takeChanges();
    expect(queue.nextWakeMs()).toBe(NO_SERVER_AT_MS + REPORTABLE_AFTER_ABANDON_MS);
    queue.tick(NO_SERVER_AT_MS + REPORTABLE_AFTER_ABANDON_MS);
    expect(queue.takeChanges()).toEqual([{ type: "match_forgotten", matchId: match.matchId }]);
  });

  it("is kept among the newest 2,000 of its kind: the oldest is forgotten", () => {
    const { match } = aMatchWithoutServer();
    const old = Array.from({ length: LIMITS.cancelledMatches }, (_, index) =>
      aMatch({ matchId: `id-0000${String(index).padStart(4, "0")}-EUW`, status: "cancelled" }),
    );
    const queue = aQueue({ modes: hostedModes(), state: { matches: [...old, match] }, nowMs: 9_000, lastId: 100 });
    queue.assignments.refuse(match.matchId, 9_000);
    const forgotten = changesOfType(queue.takeChanges(), "match_forgotten");
    expect(forgotten).toEqual([{ type: "match_forgotten", matchId: old[0]?.matchId }]);
    expect(queue.matches.withStatus("cancelled")).toHaveLength(LIMITS.cancelledMatches);
  });

  it("was there before a restart, and is cancelled at the deadline it had", () => {
    const modes = hostedModes();
    const queue = aQueue({ modes });
    queueUp(queue, modes, ALL_FOUR, 0);
    queue.tick(1_000);
    const woken = aQueue({ modes, state: aStore(queue.takeChanges()).read(), nowMs: 9_000, lastId: 100 });
    expect(woken.takeChanges()).toEqual([]);
    expect(woken.nextWakeMs()).toBe(NO_SERVER_AT_MS);
    passServerDeadline(woken);
    expect(ticketOf(woken, "dan").enqueuedAtMs).toBe(0);
  });

  it("was ended by the release before, which did not know that it waited: nothing happens to it", () => {
    const { match } = aMatchWithoutServer();
    const queue = aQueue({
      modes: hostedModes(),
      state: { matches: [{ ...match, status: "abandoned", deadlineMs: 90_000 }] },
      nowMs: 30_000,
    });
    queue.tick(30_000);
    expect(queue.takeChanges()).toEqual([]);
    queue.tick(90_000);
    expect(queue.takeChanges()).toEqual([{ type: "match_forgotten", matchId: match.matchId }]);
  });
});

describe("a match that the game refuses a server", () => {
  it("is cancelled at once", () => {
    const { queue, match } = aMatchWithoutServer();
    expect(queue.assignments.refuse(match.matchId, 4_000)).toBe(true);
    expect(changesOfType(queue.takeChanges(), "match_changed")).toMatchObject([{ event: "cancelled" }]);
    expect(ticketOf(queue, "ann").priorityMs).toBe(3_000);
  });

  it("goes on if it has one, or if its players wait for none", () => {
    const hosted = aMatchWithoutServer();
    hosted.queue.assignments.assign(hosted.match.matchId, HERE, 2_000);
    expect(hosted.queue.assignments.refuse(hosted.match.matchId, 4_000)).toBe(false);
    const { queue, match } = aQueueWithMatch();
    expect(queue.assignments.refuse(match.matchId, 4_000)).toBe(false);
    expect(liveMatch(queue, match.matchId).status).toBe("pending");
  });
});

describe("a match that is reported without a server", () => {
  it("counts as assigned", () => {
    const { queue, match } = aMatchWithoutServer();
    expect(queue.report(match.matchId, { winnerTeam: "teamA" }, 5_000).ok).toBe(true);
    expect(queue.takeChanges()).toMatchObject([{ event: "reported", hasAwaited: true }]);
    expect(liveMatch(queue, match.matchId)).not.toHaveProperty("assignment");
    queue.tick(NO_SERVER_AT_MS);
    expect(queue.takeChanges()).toEqual([]);
  });
});
