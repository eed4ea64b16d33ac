import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LiveMatches } from "../../../src/core/live-matches.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";

describe("LiveMatches", () => {
  it("goes on from the highest revision that it is told or finds", () => {
    expect(new LiveMatches([], 41).nextRev()).toBe(42);
    expect(new LiveMatches([aMatch({ rev: 50 })], 41).nextRev()).toBe(51);
  });

  it("stores an update with a new revision and time, and leaves the match before untouched", () => {
    const match = aMatch({ rev: 5 });
    const matches = new LiveMatches([match], 9);
    const updated = matches.update(match, { status: "reporting" }, 2_000);
    expect(updated).toEqual({ ...match, status: "reporting", rev: 10, changedAtMs: 2_000 });
    expect(matches.get("match-1")).toBe(updated);
    expect(match.status).toBe("pending");
  });

  it("finds matches by status", () => {
    const matches = new LiveMatches([aMatch({ matchId: "a" }), aMatch({ matchId: "b", status: "rating_failed" })], 0);
    expect(matches.withStatus("rating_failed").map((match) => match.matchId)).toEqual(["b"]);
  });

  it("lists what changed after a revision", () => {
    const matches = new LiveMatches([aMatch({ matchId: "a", rev: 1 }), aMatch({ matchId: "b", rev: 2 })], 2);
    expect(matches.changedAfter(1).map((match) => match.matchId)).toEqual(["b"]);
    matches.update(matches.get("a"), { status: "reporting" }, 0);
    expect(matches.changedAfter(2).map((match) => match.matchId)).toEqual(["a"]);
  });

  it("knows the match that a player was in last, also if they came into an older one when that was over", () => {
    const cay = aSeat("cay", { filledIn: true, joinedAtMs: 9_000 });
    const older = aMatch({
      matchId: "a",
      status: "reporting",
      teams: [aTeam("teamA", "ann"), aTeam("teamB", "bob", cay)],
    });
    const newer = aMatch({
      matchId: "b",
      status: "abandoned",
      createdAtMs: 5_000,
      teams: [aTeam("teamA", "ann", "cay")],
    });
    for (const matches of [new LiveMatches([older, newer], 0), new LiveMatches([newer, older], 0)]) {
      expect(matches.newestUnrated("cay", -1)?.matchId).toBe("a");
      expect(matches.newestUnrated("ann", -1)?.matchId).toBe("b");
      expect(matches.newestUnrated("dan", -1)).toBeNull();
    }
  });

  it("lets go of a match", () => {
    const matches = new LiveMatches([aMatch()], 0);
    matches.remove("match-1");
    expect(matches.find("match-1")).toBeUndefined();
    expect(() => matches.get("match-1")).toThrow("match match-1 is live");
  });

  it("has no deadline while it is empty", () => {
    expect(new LiveMatches([], 0).earliestDeadlineMs).toBe(Number.POSITIVE_INFINITY);
  });

  it("waits for the deadline of a match without a server while that is pending", () => {
    const assignment = { type: "awaiting", tickets: [], deadlineMs: 300 } as const;
    const matches = new LiveMatches([aMatch({ assignment, deadlineMs: 700 })], 0);
    expect(matches.earliestDeadlineMs).toBe(300);
    expect(matches.due(300).map((match) => match.matchId)).toEqual(["match-1"]);
    const ended = new LiveMatches([aMatch({ assignment, deadlineMs: 700, status: "reporting" })], 0);
    expect(ended.earliestDeadlineMs).toBe(Number.POSITIVE_INFINITY);
  });

  it.each(["pending", "abandoned", "cancelled"] as const)("waits for the deadline of a match that is %s", (status) => {
    const matches = new LiveMatches([aMatch({ status, deadlineMs: 700 })], 0);
    expect(matches.earliestDeadlineMs).toBe(700);
    expect(matches.due(699)).toEqual([]);
    expect(matches.due(700).map((match) => match.matchId)).toEqual(["match-1"]);
  });

  it.each(["reporting", "rating_failed"] as const)("waits for no deadline of a match that is %s", (status) => {
    const matches = new LiveMatches([aMatch({ status, deadlineMs: 700 })], 0);
    expect(matches.earliestDeadlineMs).toBe(Number.POSITIVE_INFINITY);
    expect(matches.due(1e15)).toEqual([]);
  });

  it("never wakes too late, and knows the earliest deadline exactly after each look at what is due", () => {
    const deadlines = fc.array(fc.integer({ min: 1, max: 1_000 }), { maxLength: 12 });
    fc.assert(
      fc.property(deadlines, fc.array(fc.nat(11), { maxLength: 6 }), fc.nat(1_000), (all, ended, nowMs) => {
        const matches = new LiveMatches(
          all.map((deadlineMs, index) => aMatch({ matchId: `match-${index}`, deadlineMs })),
          0,
        );
        for (const index of ended) matches.remove(`match-${index}`);
        const left = all.filter((_, index) => !ended.includes(index));
        const earliestMs = Math.min(Number.POSITIVE_INFINITY, ...left);
        expect(matches.earliestDeadlineMs).toBeLessThanOrEqual(earliestMs);

        const looks = nowMs >= matches.earliestDeadlineMs;
        expect(matches.due(nowMs)).toHaveLength(left.filter((deadlineMs) => deadlineMs <= nowMs).length);
        const nextMs = Math.min(Number.POSITIVE_INFINITY, ...left.filter((deadlineMs) => deadlineMs > nowMs));
        if (looks) expect(matches.earliestDeadlineMs).toBe(nextMs);
        else expect(matches.earliestDeadlineMs).toBeLessThanOrEqual(nextMs);
      }),
      { numRuns: 1_000 },
    );
  });
});
