import { describe, expect, it } from "vitest";
import { aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import {
  aQueue,
  aQueueWithMatch,
  aQueueWithMatchIn,
  changesOfType,
  enqueueAll,
  liveMatch,
} from "../builders/a-queue.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

const A_WINS = { winnerTeam: "teamA" };
const B_WINS = { winnerTeam: "teamB" };
const DAY_MS = 24 * 3_600_000;

describe("report", () => {
  it("stores the normalized result with its time under a new revision", () => {
    const { queue, match } = aQueueWithMatch();
    const outcome = queue.report(match.matchId, B_WINS, 5_000);
    expect(outcome).toEqual({
      ok: true,
      value: {
        ...match,
        status: "reporting",
        rev: match.rev + 1,
        changedAtMs: 5_000,
        result: { placements: { teamA: 2, teamB: 1 }, reportedAtMs: 5_000 },
      },
    });
  });

  it("records one change that tells the match's players", () => {
    const { queue, match } = aQueueWithMatch();
    queue.report(match.matchId, A_WINS, 5_000);
    expect(queue.takeChanges()).toEqual([
      {
        type: "match_changed",
        match: liveMatch(queue, match.matchId),
        event: "reported",
        playerIds: ["ann", "bob", "cay", "dan"],
      },
    ]);
  });

  it("frees the players at once, to queue with their old rating", () => {
    const { queue, match } = aQueueWithMatch();
    queue.report(match.matchId, A_WINS, 5_000);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
    expect(queue.enqueue(anEnqueueRequest("ann"), 5_000)).toMatchObject({ ok: true });
  });

  it("answers a repeated report as it did the first, and records nothing", () => {
    const { queue, match } = aQueueWithMatch();
    const first = queue.report(match.matchId, A_WINS, 5_000);
    queue.takeChanges();
    expect(queue.report(match.matchId, { placements: { teamA: 3, teamB: 8 } }, 6_000)).toEqual(first);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("refuses another result, and says which it has", () => {
    const { queue, match } = aQueueWithMatch();
    queue.report(match.matchId, A_WINS, 5_000);
    queue.takeChanges();
    expect(queue.report(match.matchId, B_WINS, 6_000)).toEqual({
      ok: false,
      refusal: { reason: "already_reported", placements: { teamA: 1, teamB: 2 } },
    });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("does not free a player out of the next match when it is repeated", () => {
    const { queue, match } = aQueueWithMatch();
    queue.report(match.matchId, A_WINS, 5_000);
    enqueueAll(queue, ["ann", "bob", "cay", "dan"], 5_000);
    queue.tick(10_000);
    queue.report(match.matchId, A_WINS, 11_000);
    expect(queue.stateOf("ann").type).toBe("matched");
  });

  it("refuses a match that it does not know", () => {
    const { queue } = aQueueWithMatch();
    expect(queue.report("elsewhere", A_WINS, 5_000)).toEqual({ ok: false, refusal: { reason: "unknown_match" } });
  });

  it("refuses a team that the match does not have, and changes nothing", () => {
    const { queue, match } = aQueueWithMatch();
    expect(queue.report(match.matchId, { winnerTeam: "teamC" }, 5_000)).toEqual({
      ok: false,
      refusal: { reason: "unknown_team", team: "teamC", teams: ["teamA", "teamB"] },
    });
    expect(queue.takeChanges()).toEqual([]);
    expect(queue.stateOf("ann").type).toBe("matched");
  });
});

describe("a match without a result", () => {
  it("is abandoned at its deadline, not before, and frees its players", () => {
    const { queue, match } = aQueueWithMatch();
    queue.tick(match.deadlineMs - 1);
    expect(queue.stateOf("ann").type).toBe("matched");
    queue.tick(match.deadlineMs);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
    expect(changesOfType(queue.takeChanges(), "match_changed")).toMatchObject([
      { event: "abandoned", match: { status: "abandoned", result: null }, playerIds: ["ann", "bob", "cay", "dan"] },
    ]);
  });

  it("waits as long as its mode says", () => {
    const queue = aQueue({ modes: aModeTable(aModeDefinition({ matchTimeoutMs: 60_000 })) });
    enqueueAll(queue, ["ann", "bob", "cay", "dan"], 0);
    queue.tick(1_000);
    expect(queue.nextWakeMs()).toBe(61_000);
  });

  it("can still be reported for a day after it was abandoned", () => {
    const { queue, match } = aQueueWithMatchIn("abandoned");
    expect(queue.report(match.matchId, A_WINS, match.changedAtMs + DAY_MS - 1)).toMatchObject({
      ok: true,
      value: { status: "reporting" },
    });
  });

  it("is forgotten a day after it was abandoned", () => {
    const { queue, match } = aQueueWithMatchIn("abandoned");
    expect(queue.nextWakeMs()).toBe(match.changedAtMs + DAY_MS);
    queue.tick(match.changedAtMs + DAY_MS);
    expect(queue.takeChanges()).toEqual([{ type: "match_forgotten", matchId: match.matchId }]);
    expect(queue.report(match.matchId, A_WINS, match.changedAtMs + DAY_MS)).toMatchObject({
      refusal: { reason: "unknown_match" },
    });
    expect(queue.nextWakeMs()).toBeNull();
  });

  it("is never forgotten once its late report is in", () => {
    const { queue, match } = aQueueWithMatchIn("abandoned");
    queue.report(match.matchId, A_WINS, match.changedAtMs + 1_000);
    queue.takeChanges();
    queue.tick(match.changedAtMs + 10 * DAY_MS);
    expect(queue.takeChanges()).toEqual([]);
    expect(liveMatch(queue, match.matchId).status).toBe("reporting");
  });

  it("does not take its players out of the match they play by now when its late report comes", () => {
    const { queue, match } = aQueueWithMatchIn("abandoned");
    enqueueAll(queue, ["ann", "bob", "cay", "dan"], match.changedAtMs);
    queue.tick(match.changedAtMs + 5_000);
    queue.report(match.matchId, A_WINS, match.changedAtMs + 6_000);
    expect(queue.stateOf("ann")).toMatchObject({ type: "matched", match: { status: "pending" } });
  });
});
