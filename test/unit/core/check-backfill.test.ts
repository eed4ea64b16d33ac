import { describe, expect, it } from "vitest";
import type { BackfillAsk } from "../../../src/core/backfill-calls.ts";
import { checkBackfill } from "../../../src/core/check-backfill.ts";
import type { Match } from "../../../src/core/match.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";
import { aMode } from "../builders/a-mode.ts";
import { LOCATIONS } from "../builders/a-queue.ts";
import { aBackfill } from "../builders/an-opening.ts";

const MODE = aMode({ teamSize: 3 });

/** Three against three; Bob and Eve were taken out by the system. */
const THREES: Partial<Match> = {
  teams: [
    aTeam("teamA", "ann", aSeat("bob", { released: true }), "cay"),
    aTeam("teamB", "dan", aSeat("eve", { released: true }), "fay"),
  ],
};

function check(ask: BackfillAsk, match: Partial<Match> = THREES, open?: Record<string, number>) {
  const running = aMatch(match);
  const backfill = open === undefined ? undefined : aBackfill({ places: open });
  return checkBackfill(ask, running, backfill, MODE, LOCATIONS);
}

function placesOf(...call: Parameters<typeof check>) {
  const outcome = check(...call);
  return outcome.ok ? outcome.value.places : outcome.refusal;
}

describe("what a match asks for", () => {
  it("is its places and one for each player who left", () => {
    expect(placesOf({ places: { teamA: 1 } })).toEqual({ teamA: 1 });
    expect(placesOf({ replaces: ["dan"] })).toEqual({ teamB: 1 });
    expect(placesOf({ places: { teamA: 1 }, replaces: ["dan", "ann"] })).toEqual({ teamA: 2, teamB: 1 });
  });

  it("is the same when the same call comes again", () => {
    const left = {
      teams: [
        aTeam("teamA", aSeat("ann", { released: true, left: true }), "bob", "cay"),
        aTeam("teamB", "dan", "eve", "fay"),
      ],
    };
    expect(placesOf({ replaces: ["ann"] }, left, { teamA: 1 })).toEqual({ teamA: 1 });
    expect(placesOf({ places: { teamB: 1 }, replaces: ["ann"] }, THREES, { teamA: 1, teamB: 1 })).toEqual({
      teamA: 1,
      teamB: 1,
    });
  });

  it("grows by those who leave while it waits, and is replaced by places that are named", () => {
    expect(placesOf({ replaces: ["dan"] }, THREES, { teamA: 1 })).toEqual({ teamA: 1, teamB: 1 });
    expect(placesOf({ places: { teamB: 1 } }, THREES, { teamA: 1 })).toEqual({ teamB: 1 });
  });

  it("opens the place of somebody who left before, when nothing is asked for", () => {
    const left = {
      teams: [
        aTeam("teamA", aSeat("ann", { released: true, left: true }), "bob", "cay"),
        aTeam("teamB", "dan", "eve", "fay"),
      ],
    };
    expect(placesOf({ replaces: ["ann"] }, left)).toEqual({ teamA: 1 });
  });
});

describe("who is gone for good", () => {
  it("is whoever is to be replaced, and whoever the system took out of a team that asks", () => {
    const outcome = check({ replaces: ["ann"] });
    expect(outcome).toMatchObject({ ok: true, value: { leftIds: new Set(["ann", "bob"]) } });
  });
});

describe("an ask is refused", () => {
  it("for a team that the match does not have", () => {
    expect(placesOf({ places: { teamC: 1 } })).toEqual({
      reason: "unknown_team",
      team: "teamC",
      teams: ["teamA", "teamB"],
    });
  });

  it.each<[string, BackfillAsk, string]>([
    ["for more places than a team has empty", { places: { teamA: 2 } }, "/places/teamA"],
    ["for more than that together with those who left", { places: { teamB: 2 }, replaces: ["dan"] }, "/places/teamB"],
    ["for the place of somebody who is not in the match", { places: { teamA: 1 }, replaces: ["zed"] }, "/replaces/0"],
    ["when nobody would be left", { replaces: ["ann", "cay", "dan", "fay"] }, "/replaces"],
    ["without any place", { places: {} }, ""],
    [
      "for an attribute that the match did not agree on",
      { places: { teamA: 1 }, attributes: { map: "dust" } },
      "/attributes/map",
    ],
    ["for locations in a mode that looks at none", { places: { teamA: 1 }, locations: ["EUW"] }, "/locations"],
  ])("%s", (_, ask, pointer) => {
    expect(check(ask)).toMatchObject({ ok: false, refusal: { reason: "invalid_backfill", problems: [{ pointer }] } });
  });

  it("for the place of a player who was replaced already", () => {
    const full = {
      teams: [
        aTeam("teamA", "ann", "bob", "cay", aSeat("zoe", { released: true, left: true })),
        aTeam("teamB", "dan", "eve", "fay"),
      ],
    };
    expect(check({ replaces: ["zoe"] }, full)).toMatchObject({ refusal: { problems: [{ pointer: "/replaces" }] } });
  });
});
