import { expect, it } from "vitest";
import type { Ending } from "../../../../simulation/sockets/check-ending.ts";
import { checkEnding } from "../../../../simulation/sockets/check-ending.ts";
import { aPlayerRecord } from "../builders/a-player-record.ts";
import { A_RATING, aState, aToldMatch, at, finished, found, joined } from "../builders/a-server-message.ts";
import { aMatchAnswer, aProfile } from "../builders/an-answer.ts";

/** ada has heard of m1. */
function anEnding(overrides: Partial<Ending> = {}) {
  const record = aPlayerRecord();
  record.enqueues();
  record.hears(joined(at(1)));
  record.hears(found(at(2)));
  const ending: Ending = {
    players: [{ playerId: "ada", record, isGone: false }],
    mode: { name: "2v2", ready_check: null },
    matches: [aMatchAnswer({ teamA: ["ada", "ben"], teamB: ["cleo", "dag"] })],
    finished: new Set(["m1"]),
    profiles: [aProfile("ada", { ...A_RATING, matches: 1 })],
    ...overrides,
  };
  return { record, ending };
}

it("is content when the end and the rating were heard", () => {
  const { record, ending } = anEnding();
  record.hears(finished(at(3)));
  expect(checkEnding(ending)).toEqual([]);
});

it("misses the end of a match that nobody told its player of", () => {
  expect(checkEnding(anEnding().ending)).toEqual(["player ada was not told of the end of match m1"]);
});

it("asks nothing of a player who is gone", () => {
  const { record, ending } = anEnding();
  expect(checkEnding({ ...ending, players: [{ playerId: "ada", record, isGone: true }] })).toEqual([]);
});

it("takes the last match of a state for its end, and for those of matches before it", () => {
  const { record, ending } = anEnding();
  record.isFreed("m1");
  record.enqueues();
  record.hears(joined(at(3), "t2"));
  record.hears(found(at(4), aToldMatch("m2")));
  record.isFreed("m2");
  record.opens();
  record.hears(aState(at(5), { last_match: { match: aToldMatch("m2", { status: "finished" }), rating: A_RATING } }));
  expect(checkEnding({ ...ending, finished: new Set(["m1", "m2"]) })).toEqual([]);
});

it("does not believe a profile whose rating was never told", () => {
  const { record, ending } = anEnding({ profiles: [aProfile("ada", { mu: 30, sigma: 7, matches: 1 })] });
  record.hears(finished(at(3)));
  expect(checkEnding(ending)).toEqual(["player ada was never told the rating of their profile, mu 30"]);
});

it("wants everybody in a match of a mode with a ready check to have accepted it", () => {
  const { record, ending } = anEnding({ mode: { name: "2v2", ready_check: {} } });
  record.hears(finished(at(3)));
  expect(checkEnding(ending)).toEqual(["player ada is in match m1 without having accepted it"]);
  record.answers.note({ match_id: "m1", round: 2 }, { hasAccepted: true });
  expect(checkEnding(ending)).toEqual([]);
});
