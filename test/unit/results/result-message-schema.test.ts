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

test("a message whose terms make no sense is not taken", () => {
  const message = { ...resultMessageOf(aMatch({ result }), "EUW"), terms: { locations: "everywhere" } };
  expect(resultMessage.safeParse(message).success).toBe(false);
});
