import { describe, expect, it } from "vitest";
import type { Fault } from "../../crash/fault.ts";
import type { History } from "../../crash/history.ts";
import { judgeRatings } from "../../crash/judge-ratings.ts";
import { judgeRecords } from "../../crash/judge-records.ts";
import type { ChangeFact, MatchFact, RatingFact, Records } from "../../crash/records.ts";
import { aCrashWorld, CRASH_MODES } from "../builders/a-crash-world.ts";

function kindsOf(faults: readonly Fault[]): Fault["kind"][] {
  return [...new Set(faults.map(({ kind }) => kind))];
}

function withMatch(records: Records, matchId: string, update: Partial<MatchFact>): Records {
  const matches = records.matches.map((match) => (match.matchId === matchId ? { ...match, ...update } : match));
  return { ...records, matches };
}

function without(records: Records, matchId: string): Records {
  return { ...records, matches: records.matches.filter((match) => match.matchId !== matchId) };
}

function withoutChanges(records: Records, matchId: string): Records {
  return { ...records, changes: records.changes.filter((change) => change.matchId !== matchId) };
}

function withChange(records: Records, index: number, update: Partial<ChangeFact>): Records {
  return {
    ...records,
    changes: records.changes.map((change, at) => (at === index ? { ...change, ...update } : change)),
  };
}

function withRating(records: Records, update: Partial<RatingFact>): Records {
  return { ...records, ratings: records.ratings.map((rating, at) => (at === 0 ? { ...rating, ...update } : rating)) };
}

it("has nothing against records that hold what was acknowledged", () => {
  const { history, records } = aCrashWorld();
  expect(judgeRecords(history, records)).toEqual([]);
  expect(judgeRatings(records, CRASH_MODES)).toEqual([]);
});

it("takes a result without an answer either way", () => {
  const { history, records } = aCrashWorld();
  history.reports.set("m2", { placements: { teamA: 1, teamB: 2 }, isAcknowledged: false });
  history.toldFinished.delete("m2");
  expect(judgeRecords(history, records)).toEqual([]);
  const unreported = { status: "pending", rated: 0, placements: null, reportedAtMs: null };
  expect(judgeRecords(history, withoutChanges(withMatch(records, "m2", unreported), "m2"))).toEqual([]);
});

describe("each planted bug is found", () => {
  it.each<[string, Fault["kind"], (records: Records, history: History) => Records]>([
    ["a registered player is gone", "lost", (records) => ({ ...records, players: records.players.slice(1) })],
    [
      "a registration that was repeated made two players",
      "doubled",
      (records) => ({ ...records, players: [...records.players, { playerId: "eve", username: "name of ada" }] }),
    ],
    ["a match that players were told of is gone", "lost", (records) => without(withoutChanges(records, "m2"), "m2")],
    [
      "a player who was told of a match is not in it",
      "lost",
      (records, history) => {
        history.tell("m1", "eve");
        return records;
      },
    ],
    [
      "a match has other teams than it was shown with",
      "lost",
      (records, history) => {
        history.shown.set("m1", { ada: "teamB", bob: "teamA" });
        return records;
      },
    ],
    [
      "an acknowledged result was never rated",
      "lost",
      (records, history) => {
        history.toldFinished.clear();
        return withoutChanges(withMatch(records, "m2", { status: "reporting", rated: 0 }), "m2");
      },
    ],
    ["a match was finished without its ratings", "lost", (records) => withoutChanges(records, "m2")],
    [
      "only one of a match's players was rated",
      "lost",
      (records) => ({ ...records, changes: records.changes.slice(1) }),
    ],
    [
      "a match that was told of as finished is not",
      "lost",
      (records, history) => {
        history.reports.set("m2", { placements: { teamA: 1, teamB: 2 }, isAcknowledged: false });
        return withMatch(records, "m2", { status: "reporting" });
      },
    ],
    [
      "a match has another result",
      "lost",
      (records) => withMatch(records, "m1", { placements: { teamA: 2, teamB: 1 } }),
    ],
    [
      "a result was rated twice",
      "doubled",
      (records) => ({ ...records, changes: [...records.changes, ...records.changes.slice(0, 1)] }),
    ],
    ["a player is in two matches at once", "doubled", (records) => withMatch(records, "m2", { createdAtMs: 1_200 })],
    [
      "a result that nobody sent",
      "invented",
      (records, history) => {
        history.reports.delete("m2");
        return records;
      },
    ],
    ["a ticket of a player who left", "invented", (records) => ({ ...records, waiting: ["ada"] })],
    ["a match that its region never let go of", "invented", (records) => ({ ...records, liveMatchIds: ["m2"] })],
  ])("%s", (_, kind, plant) => {
    const { history, records } = aCrashWorld();
    const planted = plant(records, history);
    expect(kindsOf(judgeRecords(history, planted))).toContain(kind);
  });

  it.each<[string, Fault["kind"], (records: Records) => Records]>([
    ["a rating change is missing", "lost", (records) => ({ ...records, changes: records.changes.slice(1) })],
    ["a change was written and the rating was not", "lost", (records) => withRating(records, { mu: 25 })],
    [
      "a change starts from an old rating",
      "lost",
      (records) => withChange(records, 1, { before: { mu: 25, sigma: 25 / 3 } }),
    ],
    ["a match is counted twice", "doubled", (records) => withRating(records, { matches: 3 })],
    [
      "a rating is not what the result gives",
      "invented",
      (records) => withMatch(records, "m2", { placements: { teamA: 2, teamB: 1 } }),
    ],
  ])("%s", (_, kind, plant) => {
    expect(kindsOf(judgeRatings(plant(aCrashWorld().records), CRASH_MODES))).toContain(kind);
  });
});
