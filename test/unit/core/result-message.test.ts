import { describe, expect, it } from "vitest";
import { resultMessageOf } from "../../../src/core/result-message.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";

const reported = aMatch({
  rev: 4,
  status: "reporting",
  teams: [aTeam("teamA", aSeat("ann", { released: true, mu: 30, sigma: 2 })), aTeam("teamB", aSeat("bob"))],
  createdAtMs: 1_000,
  result: { placements: { teamA: 1, teamB: 2 }, reportedAtMs: 9_000 },
});

describe("resultMessageOf", () => {
  it("is nothing while there is no result", () => {
    expect(resultMessageOf(aMatch(), "EUW")).toBeNull();
  });

  it("says all that its rating needs, released players included", () => {
    expect(resultMessageOf(reported, "EUW")).toEqual({
      version: 1,
      matchId: "match-1",
      rev: 4,
      region: "EUW",
      mode: "2v2",
      quality: 0.447,
      createdAtMs: 1_000,
      reportedAtMs: 9_000,
      teams: [
        { name: "teamA", players: [{ playerId: "ann", mu: 30, sigma: 2 }] },
        { name: "teamB", players: [{ playerId: "bob", mu: 25, sigma: 25 / 3 }] },
      ],
      placements: { teamA: 1, teamB: 2 },
    });
  });

  it("carries what is kept with the match: roles, and what its tickets agreed on", () => {
    const terms = { attributes: { map: ["dust"] }, locations: ["EUW"] };
    const teams = [aTeam("teamA", aSeat("ann", { role: "tank" })), aTeam("teamB", aSeat("bob", { role: null }))];
    const message = resultMessageOf({ ...reported, teams, terms }, "EUW");
    expect(message?.terms).toEqual(terms);
    expect(message?.teams.map(({ players }) => players.map(({ role }) => role))).toEqual([["tank"], [null]]);
  });

  it("keeps those who came while it was running apart from those whom it rates, and says who left", () => {
    const teams = [
      aTeam("teamA", aSeat("ann", { released: true, left: true }), aSeat("eve", { filledIn: true, role: "tank" })),
      aTeam("teamB", aSeat("bob")),
    ];
    const message = resultMessageOf({ ...reported, teams }, "EUW");
    const player = { mu: 25, sigma: 25 / 3 };
    expect(message?.teams).toEqual([
      { name: "teamA", players: [{ playerId: "ann", ...player, left: true }] },
      { name: "teamB", players: [{ playerId: "bob", ...player }] },
    ]);
    expect(message?.filledIn).toEqual([{ name: "teamA", players: [{ playerId: "eve", ...player, role: "tank" }] }]);
  });

  it("survives the way through the queue unharmed", () => {
    const message = resultMessageOf(reported, "EUW");
    expect(JSON.parse(JSON.stringify(message))).toEqual(message);
  });
});
