import { describe, expect, it } from "vitest";
import { aMatch } from "../builders/a-match.ts";
import { aQueue, aQueueWithMatch, aQueueWithMatchIn, enqueueAll, liveMatch } from "../builders/a-queue.ts";

const RATINGS = [{ playerId: "ann", mu: 27, sigma: 7, seq: 1 }];

describe("rated", () => {
  it("finishes a reported match and lets go of it", () => {
    const { queue, match } = aQueueWithMatchIn("reporting");
    queue.rated(match.matchId, RATINGS, 4_000);
    expect(queue.takeChanges()).toEqual([
      {
        type: "match_finished",
        match: { ...match, status: "finished", rev: match.rev + 1, changedAtMs: 4_000 },
        ratings: RATINGS,
        playerIds: ["ann", "bob", "cay", "dan"],
      },
    ]);
    expect(queue.matches.find(match.matchId)).toBeUndefined();
  });

  it("changes nothing when it is told twice", () => {
    const { queue, match } = aQueueWithMatchIn("reporting");
    queue.rated(match.matchId, RATINGS, 4_000);
    queue.takeChanges();
    queue.rated(match.matchId, RATINGS, 5_000);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("changes nothing for a match that it does not know", () => {
    const { queue } = aQueueWithMatch();
    queue.rated("elsewhere", RATINGS, 4_000);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("does not finish a match that nobody reported", () => {
    const { queue, match } = aQueueWithMatch();
    queue.rated(match.matchId, RATINGS, 4_000);
    expect(queue.takeChanges()).toEqual([]);
    expect(liveMatch(queue, match.matchId).status).toBe("pending");
  });

  it("leaves players alone who wait again by then", () => {
    const { queue, match } = aQueueWithMatchIn("reporting");
    enqueueAll(queue, ["ann"], 3_000);
    queue.rated(match.matchId, RATINGS, 4_000);
    expect(queue.stateOf("ann").type).toBe("queued");
  });

  it("finishes even a match whose rating was given up, and clears the failure", () => {
    const { queue, match } = aQueueWithMatchIn("rating_failed");
    queue.rated(match.matchId, RATINGS, 4_000);
    expect(queue.takeChanges()).toMatchObject([
      { type: "match_finished", match: { status: "finished", failure: null } },
    ]);
  });

  it("is a late repeat for a match that is long gone: reports of it are unknown here", () => {
    const { queue, match } = aQueueWithMatchIn("reporting");
    queue.rated(match.matchId, RATINGS, 4_000);
    expect(queue.report(match.matchId, { winnerTeam: "teamA" }, 5_000)).toEqual({
      ok: false,
      refusal: { reason: "unknown_match" },
    });
  });
});

describe("ratingFailed", () => {
  it("marks a reported match with the reason and keeps its result", () => {
    const { queue, match } = aQueueWithMatchIn("reporting");
    queue.ratingFailed(match.matchId, "poison", 4_000);
    expect(liveMatch(queue, match.matchId)).toEqual({
      ...match,
      status: "rating_failed",
      failure: "poison",
      rev: match.rev + 1,
      changedAtMs: 4_000,
    });
    expect(queue.takeChanges()).toMatchObject([{ type: "match_changed", event: "rating_failed" }]);
  });

  it("changes nothing when it is told twice", () => {
    const { queue, match } = aQueueWithMatchIn("rating_failed");
    queue.ratingFailed(match.matchId, "another reason", 5_000);
    expect(queue.takeChanges()).toEqual([]);
    expect(liveMatch(queue, match.matchId).failure).toBe("poison");
  });

  it("changes nothing for a match that was not reported", () => {
    const { queue, match } = aQueueWithMatch();
    queue.ratingFailed(match.matchId, "poison", 4_000);
    queue.ratingFailed("elsewhere", "poison", 4_000);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("lists the match among the failed ones until it is rated", () => {
    const { queue, match } = aQueueWithMatchIn("rating_failed");
    expect(queue.matches.withStatus("rating_failed").map(({ matchId }) => matchId)).toEqual([match.matchId]);
    queue.rated(match.matchId, RATINGS, 5_000);
    expect(queue.matches.withStatus("rating_failed")).toEqual([]);
  });
});

describe("redrive", () => {
  it("puts a failed match back on its way", () => {
    const { queue, match } = aQueueWithMatchIn("rating_failed");
    expect(queue.redrive(match.matchId, 6_000)).toEqual({
      ok: true,
      value: { ...match, status: "reporting", failure: null, rev: match.rev + 1, changedAtMs: 6_000 },
    });
    expect(queue.takeChanges()).toMatchObject([{ type: "match_changed", event: "redriven" }]);
  });

  it("refuses a match that did not fail, and says what it is", () => {
    const { queue, match } = aQueueWithMatch();
    expect(queue.redrive(match.matchId, 6_000)).toEqual({
      ok: false,
      refusal: { reason: "not_failed", status: "pending" },
    });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("refuses a match that it does not know", () => {
    const { queue } = aQueueWithMatch();
    expect(queue.redrive("elsewhere", 6_000)).toEqual({ ok: false, refusal: { reason: "unknown_match" } });
  });

  it("takes many at once, the oldest first, and only those that failed for the reason that is named", () => {
    const failed = (rev: number, failure: string) =>
      aMatch({ matchId: `match-${rev}`, rev, teams: [], status: "rating_failed", failure });
    const matches = [
      failed(3, "unconfirmed"),
      failed(1, "unconfirmed"),
      failed(2, "unknown_player"),
      failed(4, "other"),
    ];
    const queue = aQueue({ state: { matches } });
    expect(queue.redriveAll("unconfirmed", 1, 6_000)).toEqual({ redriven: 1, remaining: 1 });
    expect(queue.matches.withStatus("reporting").map(({ matchId }) => matchId)).toEqual(["match-1"]);
    expect(queue.redriveAll("unconfirmed", 5, 6_000)).toEqual({ redriven: 1, remaining: 0 });
    expect(queue.redriveAll("unconfirmed", 5, 6_000)).toEqual({ redriven: 0, remaining: 0 });
    expect(queue.redriveAll(null, 5, 6_000)).toEqual({ redriven: 2, remaining: 0 });
    expect(queue.matches.withStatus("rating_failed")).toEqual([]);
  });

  it("can fail and be redriven again", () => {
    const { queue, match } = aQueueWithMatchIn("rating_failed");
    queue.redrive(match.matchId, 6_000);
    queue.ratingFailed(match.matchId, "still poison", 7_000);
    expect(queue.redrive(match.matchId, 8_000)).toMatchObject({ ok: true });
  });
});
