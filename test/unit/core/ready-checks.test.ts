import { describe, expect, it } from "vitest";
import { changesOfType } from "../builders/a-queue.ts";
import { anOpenReadyCheck, askedNow, queueUp } from "../builders/a-ready-check.ts";

const FOUR = ["ann", "bob", "cay", "dan"];

describe("a group that was found, in a mode with a ready check", () => {
  it("is asked, counts as queued, and shows nobody who is in it", () => {
    const { queue, matchId } = anOpenReadyCheck();
    for (const playerId of FOUR) {
      expect(queue.stateOf(playerId).type).toBe("queued");
      expect(queue.readyCheckOf(playerId, 1_000)).toMatchObject({
        matchId,
        round: 1,
        deadlineMs: 13_000,
        coolDownS: 30,
      });
    }
    expect(queue.waitingPlayers("2v2")).toBe(0);
    expect(queue.publicMatch(matchId)).toMatchObject({
      status: "proposed",
      teams: [
        { name: "teamA", players: [] },
        { name: "teamB", players: [] },
      ],
    });
    expect(queue.matches.find(matchId)).toBeUndefined();
    expect(queue.report(matchId, { winnerTeam: "teamA" }, 2_000)).toMatchObject({ ok: false });
    expect(queue.nextWakeMs()).toBe(13_000);
  });

  it("is a match when the last of them accepts", () => {
    const { queue, matchId } = anOpenReadyCheck();
    for (const playerId of FOUR) {
      expect(queue.stateOf(playerId).type).toBe("queued");
      expect(queue.accept({ playerId, matchId, round: 1 }, 2_000)).toEqual({ ok: true, value: null });
    }
    const changes = queue.takeChanges();
    expect(changesOfType(changes, "ticket_ended").map(({ ending }) => ending)).toEqual(new Array(4).fill("matched"));
    expect(changesOfType(changes, "proposal_ended")).toMatchObject([{ outcome: "confirmed", playerIds: [] }]);
    expect(changesOfType(changes, "match_changed")).toMatchObject([
      { event: "formed", match: { matchId, status: "pending", createdAtMs: 2_000 } },
    ]);
    expect(queue.accept({ playerId: "ann", matchId, round: 1 }, 2_100)).toEqual({ ok: true, value: null });
    expect(queue.decline({ playerId: "ann", matchId, round: 1 }, 2_100)).toEqual({
      ok: false,
      refusal: { reason: "in_match", matchId },
    });
  });
});

describe("a place that falls empty", () => {
  it("is offered to somebody who waits, and only they are asked", () => {
    const { queue, modes, matchId } = anOpenReadyCheck();
    queueUp(queue, modes, ["eve"], 1_500);
    for (const playerId of ["ann", "bob", "cay"]) queue.accept({ playerId, matchId, round: 1 }, 2_000);
    queue.takeChanges();
    expect(queue.decline({ playerId: "dan", matchId, round: 1 }, 3_000)).toEqual({ ok: true, value: null });
    const changes = queue.takeChanges();
    expect(changesOfType(changes, "proposal_changed")).toMatchObject([
      { event: "repairing", playerIds: expect.arrayContaining(["ann", "bob", "cay"]) },
    ]);
    expect(queue.stateOf("dan")).toEqual({ type: "free" });
    queue.tick(queue.nextWakeMs() ?? 0);
    expect(askedNow(queue)).toEqual([["eve", 2]]);
    expect(queue.accept({ playerId: "eve", matchId, round: 1 }, 4_500)).toEqual({
      ok: false,
      refusal: { reason: "stale_round", round: 2 },
    });
    queue.accept({ playerId: "eve", matchId, round: 2 }, 5_000);
    expect(changesOfType(queue.takeChanges(), "match_changed")).toMatchObject([
      { event: "formed", match: { matchId } },
    ]);
  });

  it("is given up when nobody comes in time: the others are back in their old place, ahead of others", () => {
    const { queue, matchId } = anOpenReadyCheck();
    for (const playerId of ["ann", "bob", "cay"]) queue.accept({ playerId, matchId, round: 1 }, 2_000);
    queue.decline({ playerId: "dan", matchId, round: 1 }, 3_000);
    queue.takeChanges();
    expect(queue.nextWakeMs()).toBe(13_000);
    queue.tick(13_000);
    const changes = queue.takeChanges();
    expect(changesOfType(changes, "proposal_ended")).toMatchObject([
      { outcome: "dissolved", playerIds: expect.arrayContaining(["ann", "bob", "cay"]) },
    ]);
    const returned = changesOfType(changes, "ticket_changed").map(({ ticket }) => ticket);
    expect(returned.map(({ enqueuedAtMs, priorityMs }) => [enqueuedAtMs, priorityMs])).toEqual(
      new Array(3).fill([0, 12_000]),
    );
    expect(queue.waitingPlayers("2v2")).toBe(3);
  });

  it("of more than half the players leaves nothing to repair", () => {
    const { queue, modes, matchId } = anOpenReadyCheck();
    for (const playerId of ["ann", "bob", "cay"]) queue.cancel(playerId, 2_000);
    expect(changesOfType(queue.takeChanges(), "proposal_ended")).toMatchObject([
      { outcome: "dissolved", playerIds: ["dan"] },
    ]);
    expect(queue.readyCheckOf("dan", 2_000)).toBeNull();
    queueUp(queue, modes, ["eve"], 2_000);
    expect(queue.accept({ playerId: "dan", matchId, round: 1 }, 2_000)).toMatchObject({
      refusal: { reason: "unknown_ready_check" },
    });
  });
});

describe("whoever does not accept", () => {
  it("pays for it if they were shown the question, and more the next time", () => {
    const { queue, modes, matchId } = anOpenReadyCheck();
    queue.acknowledge({ playerId: "dan", matchId, round: 1 }, 1_000);
    queue.decline({ playerId: "dan", matchId, round: 1 }, 3_000);
    expect(queue.coolDownOf("dan", 3_000)).toMatchObject({ offences: 1, untilMs: 33_000 });
    expect(() => queueUp(queue, modes, ["dan"], 32_999)).toThrow("cooling_down");
    queueUp(queue, modes, ["dan"], 33_000);
    expect(queue.coolDownOf("dan", 33_000)).toBeNull();
  });

  it("leaves the queue at the deadline; it costs only those who were shown the question", () => {
    const { queue, matchId } = anOpenReadyCheck();
    queue.acknowledge({ playerId: "cay", matchId, round: 1 }, 1_000);
    for (const playerId of ["ann", "bob"]) queue.accept({ playerId, matchId, round: 1 }, 2_000);
    queue.takeChanges();
    queue.tick(13_000);
    const ended = changesOfType(queue.takeChanges(), "ticket_ended");
    expect(
      ended.map(({ ticket, ending, coolDowns = [] }) => [ticket.players[0]?.playerId, ending, coolDowns.length]).sort(),
    ).toEqual([
      ["cay", "lapsed", 1],
      ["dan", "lapsed", 0],
    ]);
  });
});
