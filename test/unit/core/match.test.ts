import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  matchPlayers,
  normalizeReport,
  samePlacements,
  unreleasedPlayerIds,
  winnerOf,
} from "../../../src/core/match.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";

const TWO_TEAMS = ["teamA", "teamB"];
const THREE_TEAMS = ["teamA", "teamB", "teamC"];

describe("normalizeReport", () => {
  it("puts every team but the winner in second place", () => {
    expect(normalizeReport({ winnerTeam: "teamB" }, THREE_TEAMS)).toEqual({
      ok: true,
      value: { teamA: 2, teamB: 1, teamC: 2 },
    });
  });

  it("closes gaps between places", () => {
    expect(normalizeReport({ placements: { teamA: 1, teamB: 5 } }, TWO_TEAMS)).toEqual({
      ok: true,
      value: { teamA: 1, teamB: 2 },
    });
  });

  it("counts from one", () => {
    expect(normalizeReport({ placements: { teamA: 7, teamB: 3 } }, TWO_TEAMS)).toEqual({
      ok: true,
      value: { teamA: 2, teamB: 1 },
    });
  });

  it("keeps ties and skips no place after them", () => {
    expect(normalizeReport({ placements: { teamA: 1, teamB: 1, teamC: 3 } }, THREE_TEAMS)).toEqual({
      ok: true,
      value: { teamA: 1, teamB: 1, teamC: 2 },
    });
  });

  it("takes equal places of all for a draw", () => {
    expect(normalizeReport({ placements: { teamA: 4, teamB: 4 } }, TWO_TEAMS)).toEqual({
      ok: true,
      value: { teamA: 1, teamB: 1 },
    });
  });

  it("refuses a winner that the match does not have", () => {
    expect(normalizeReport({ winnerTeam: "teamC" }, TWO_TEAMS)).toEqual({
      ok: false,
      refusal: { reason: "unknown_team", team: "teamC", teams: TWO_TEAMS },
    });
  });

  it("refuses a placed team that the match does not have", () => {
    expect(normalizeReport({ placements: { teamA: 1, teamB: 2, red: 3 } }, TWO_TEAMS)).toEqual({
      ok: false,
      refusal: { reason: "unknown_team", team: "red", teams: TWO_TEAMS },
    });
  });

  it("refuses a team named like a property that every object has", () => {
    const report = { placements: JSON.parse('{"teamA": 1, "teamB": 2, "__proto__": 1}') };
    expect(normalizeReport(report, TWO_TEAMS)).toMatchObject({ ok: false, refusal: { reason: "unknown_team" } });
  });

  it("refuses placements that leave a team out", () => {
    expect(normalizeReport({ placements: { teamA: 1, teamC: 2 } }, THREE_TEAMS)).toEqual({
      ok: false,
      refusal: { reason: "missing_team", team: "teamB", teams: THREE_TEAMS },
    });
  });

  it("keeps the order of any places, dense from one, and changes nothing the second time", () => {
    const places = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(places, ([a = 1, b = 1, c = 1]) => {
        const once = normalizeReport({ placements: { teamA: a, teamB: b, teamC: c } }, THREE_TEAMS);
        if (!once.ok) throw new Error(once.refusal.reason);
        const { teamA = 0, teamB = 0, teamC = 0 } = once.value;
        expect([teamA - teamB, teamB - teamC, teamA - teamC].map(Math.sign)).toEqual(
          [a - b, b - c, a - c].map(Math.sign),
        );
        const distinct = new Set([teamA, teamB, teamC]);
        expect([...distinct].sort()).toEqual([1, 2, 3].slice(0, distinct.size));
        expect(normalizeReport({ placements: once.value }, THREE_TEAMS)).toEqual(once);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("samePlacements", () => {
  it("does not mind the order of the teams", () => {
    expect(samePlacements({ teamA: 1, teamB: 2 }, { teamB: 2, teamA: 1 })).toBe(true);
  });

  it("sees a different winner", () => {
    expect(samePlacements({ teamA: 1, teamB: 2 }, { teamA: 2, teamB: 1 })).toBe(false);
  });

  it("sees that a draw is no win", () => {
    expect(samePlacements({ teamA: 1, teamB: 1 }, { teamA: 1, teamB: 2 })).toBe(false);
  });
});

describe("winnerOf", () => {
  it("is the team in first place", () => {
    expect(winnerOf({ teamA: 2, teamB: 1 })).toBe("teamB");
  });

  it("is nobody when first place is shared", () => {
    expect(winnerOf({ teamA: 1, teamB: 1, teamC: 2 })).toBeNull();
  });
});

describe("the players of a match", () => {
  it("are those of all teams, in team order", () => {
    expect(matchPlayers(aMatch()).map((player) => player.playerId)).toEqual(["ann", "bob", "cay", "dan"]);
  });

  it("include the released ones, for whom the match no longer answers", () => {
    const match = aMatch({
      teams: [aTeam("teamA", aSeat("ann", { released: true }), "bob"), aTeam("teamB", "cay", "dan")],
    });
    expect(matchPlayers(match)).toHaveLength(4);
    expect(unreleasedPlayerIds(match)).toEqual(["bob", "cay", "dan"]);
  });
});
