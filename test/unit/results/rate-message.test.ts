import { describe, expect, it } from "vitest";
import { resultMessageOf } from "../../../src/core/result-message.ts";
import { rateMessage } from "../../../src/results/rate-message.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";
import { aMode } from "../builders/a-mode.ts";

const result = { placements: { teamA: 1, teamB: 2 }, reportedAtMs: 9_000 };
const RATING = { mu: 25, sigma: 8, seq: 3 };

function rate(teams: Parameters<typeof aMatch>[0]) {
  const message = resultMessageOf(aMatch({ result, ...teams }), "EUW");
  if (message === null) throw new Error("a reported match has a message");
  const rated = rateMessage(message, aMode(), (playerId) => (playerId === "erased" ? undefined : RATING));
  if (!rated.ok) throw new Error(rated.refusal.reason);
  return rated.value;
}

describe("a match that players left and came into", () => {
  const started = rate({});
  const changed = rate({
    teams: [
      aTeam("teamA", aSeat("ann", { released: true, left: true }), "bob", aSeat("eve", { filledIn: true, mu: 40 })),
      aTeam("teamB", "cay", "dan"),
    ],
  });

  it("is rated as if those who started it had stayed", () => {
    expect(changed.changes).toEqual(started.changes);
  });

  it("is stored with those who came, without a rating before and after", () => {
    const [teamA] = changed.teams;
    expect(teamA?.players.map(({ player_id }) => player_id)).toEqual(["ann", "bob", "eve"]);
    expect(teamA?.players[0]).toMatchObject({ left: true, before: { mu: 25 }, after: { seq: 4 } });
    expect(teamA?.players[2]).toEqual({ player_id: "eve", mu: 40, sigma: 25 / 3, filled_in: true });
  });

  it("is rated also when somebody who came has been erased since", () => {
    const teams = [aTeam("teamA", "ann", "bob", aSeat("erased", { filledIn: true })), aTeam("teamB", "cay", "dan")];
    expect(rate({ teams }).changes).toEqual(started.changes);
  });
});
