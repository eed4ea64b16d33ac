import { expect, test } from "vitest";
import { resultMessageOf } from "../../../src/core/result-message.ts";
import { resultMessage } from "../../../src/results/result-message-schema.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";

const result = { placements: { teamA: 1, teamB: 2 }, reportedAtMs: 9_000 };

test("a message of a match without rules is taken as it is sent", () => {
  const message = resultMessageOf(aMatch({ result }), "EUW");
  expect(resultMessage.parse(message)).toEqual(message);
});

test("a message of a match with roles and terms is taken as it is sent", () => {
  const message = resultMessageOf(
    aMatch({
      result,
      teams: [aTeam("teamA", aSeat("ann", { role: "tank" })), aTeam("teamB", aSeat("bob", { role: null }))],
      terms: {
        attributes: { map: ["dust"], build: "1.4.2", ranked: true, season: 7, stakes: { min: 10, max: 50 } },
        locations: ["EUW", "NA"],
      },
    }),
    "EUW",
  );
  expect(resultMessage.parse(message)).toEqual(message);
});

test("a message of a match that players left and came into is taken as it is sent", () => {
  const teams = [
    aTeam("teamA", aSeat("ann", { released: true, left: true }), aSeat("eve", { filledIn: true })),
    aTeam("teamB", aSeat("bob")),
  ];
  const message = resultMessageOf(aMatch({ result, teams }), "EUW");
  expect(message).toMatchObject({ filledIn: [{ players: [{ playerId: "eve" }] }] });
  expect(resultMessage.parse(message)).toEqual(message);
});

test("a message in which somebody who came is one of those who started is not taken", () => {
  const message = { ...resultMessageOf(aMatch({ result }), "EUW") };
  const filledIn = [{ name: "teamA", players: [{ playerId: "ann", mu: 25, sigma: 8 }] }];
  expect(resultMessage.safeParse({ ...message, filledIn }).success).toBe(false);
});

test("a message whose terms make no sense is not taken", () => {
  const message = { ...resultMessageOf(aMatch({ result }), "EUW"), terms: { locations: "everywhere" } };
  expect(resultMessage.safeParse(message).success).toBe(false);
});
