import { expect, it } from "vitest";
import { CallLog } from "../../../simulation/call-log.ts";
import type { Findings } from "../../../simulation/summary.ts";
import { summarize } from "../../../simulation/summary.ts";
import { aSimulatedPlayer } from "./builders/a-simulated-player.ts";
import { aMatchAnswer, aModeAnswer, aProfile } from "./builders/an-answer.ts";

function findings(overrides: Partial<Findings> = {}): Findings {
  return {
    players: [],
    partySizes: [],
    seconds: 10,
    requests: 50,
    calls: new CallLog(),
    expectedMatches: 1,
    matches: [],
    reported: 1,
    unrated: new Map(),
    waits: [],
    profiles: [],
    leftOver: 0,
    faults: [],
    cutShort: null,
    mode: aModeAnswer(),
    sockets: null,
    ...overrides,
  };
}

it("is content with a run that went well", () => {
  const summary = summarize(findings());
  expect(summary).toMatchObject({ ok: true, failures: [], requests_per_s: 5 });
  expect(summary.matches).toEqual({ expected: 1, reported: 1, finished: 1 });
});

it("has nothing against players who are left over", () => {
  expect(summarize(findings({ leftOver: 3 })).ok).toBe(true);
});

it("fails a run with a fault in a match or a booking", () => {
  expect(summarize(findings({ faults: ["match m1: teamB has 1 players"] }))).toMatchObject({
    ok: false,
    failures: ["match m1: teamB has 1 players"],
  });
});

it("fails a run with a reported match that is not finished, and says where it is stuck", () => {
  expect(summarize(findings({ unrated: new Map([["m1", "rating_failed"]]) }))).toMatchObject({
    ok: false,
    failures: ["match m1: reported and still rating_failed"],
    matches: { reported: 1, finished: 0 },
  });
});

it("fails a run with an unexpected error", () => {
  const calls = new CallLog();
  calls.failed("status", "500 internal_error", true);
  expect(summarize(findings({ calls })).ok).toBe(false);
});

it("fails a run that was cut short", () => {
  expect(summarize(findings({ cutShort: "cut short after 60 s" })).failures).toEqual(["cut short after 60 s"]);
});

it("measures even matches of new players as TrueSkill does", () => {
  const matches = [aMatchAnswer({ teamA: ["ada", "ben"], teamB: ["cleo", "dag"] })];
  expect(summarize(findings({ matches })).quality).toEqual({
    mean_quality: 0.447,
    mean_spread: 0,
    mean_imbalance: expect.closeTo(0, 6),
  });
});

it("tells the waits of those in parties from those of players who are alone", () => {
  const waits = [
    { seconds: 4, partySize: 1 },
    { seconds: 10, partySize: 2 },
    { seconds: 10, partySize: 2 },
  ];
  const summary = summarize(findings({ waits, partySizes: [2, 1] }));
  expect(summary.parties).toEqual({ 1: 1, 2: 1 });
  expect(summary.waits_s).toMatchObject({ mean: 8, max: 10 });
  expect(summary.solo_waits_s).toMatchObject({ mean: 4, p50: 4 });
  expect(summary.party_waits_s).toMatchObject({ mean: 10, p95: 10 });
});

it("correlates skill with the rating of those who have been rated", () => {
  const players = [
    aSimulatedPlayer("ada", { latentSkill: 40 }),
    aSimulatedPlayer("ben", { latentSkill: 20 }),
    aSimulatedPlayer("cleo", { latentSkill: 30 }),
  ];
  const profiles = [
    aProfile("ada", { mu: 30, matches: 1 }),
    aProfile("ben", { mu: 22, matches: 1 }),
    aProfile("cleo", { mu: 99, matches: 0 }),
  ];
  expect(summarize(findings({ players, profiles })).rank_correlation).toBeCloseTo(1);
});
