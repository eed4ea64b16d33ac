import { env } from "cloudflare:workers";
import { expect, test } from "vitest";
import type { MatchTerms } from "../../src/core/match-terms.ts";
import type { ResultMessage } from "../../src/core/result-message.ts";
import { exportMatches } from "../../src/db/export-matches.ts";
import { findMatch } from "../../src/db/matches.ts";
import { aResult, consume, registerPlayers } from "./results-support.ts";

const TERMS: MatchTerms = { attributes: { map: ["dust"], ranked: true }, locations: ["EUW"] };

/** As its region exports it when it is made. */
async function exportNew({ matchId, teams, createdAtMs }: ResultMessage, terms: MatchTerms | null): Promise<void> {
  await exportMatches(env.DB, [
    {
      matchId,
      rev: 1,
      region: "EUW",
      mode: "2v2",
      status: "pending",
      quality: 0.4,
      teams: teams.map(({ name, players }) => ({
        name,
        players: players.map(({ playerId, mu, sigma }) => ({ player_id: playerId, mu, sigma })),
      })),
      terms,
      placements: null,
      failure: null,
      createdAtMs,
      reportedAtMs: null,
      finishedAtMs: null,
    },
  ]);
}

test("a result that overtakes its match's export brings the roles and what was agreed on", async () => {
  const plain = aResult(await registerPlayers(4));
  const teams = plain.teams.map(({ name, players }) => ({
    name,
    players: players.map((player, index) => ({ ...player, role: index === 0 ? "tank" : null })),
  }));
  const result = { ...plain, teams, terms: TERMS };
  await consume([result]);
  await exportNew(result, null);
  const stored = await findMatch(env.DB, result.matchId);
  expect(stored).toMatchObject({ status: "finished", terms: TERMS });
  expect(stored?.teams.map(({ players }) => players.map(({ role }) => role))).toEqual([
    ["tank", null],
    ["tank", null],
  ]);
});

test("a message of the release before leaves what was exported", async () => {
  const result = aResult(await registerPlayers(4));
  await exportNew(result, TERMS);
  await consume([result]);
  expect(await findMatch(env.DB, result.matchId)).toMatchObject({ status: "finished", terms: TERMS });
});

test("a match with nothing to agree on stores nothing", async () => {
  const result = aResult(await registerPlayers(4));
  await exportNew(result, null);
  expect((await findMatch(env.DB, result.matchId))?.terms).toBeNull();
  await consume([result]);
  expect((await findMatch(env.DB, result.matchId))?.terms).toBeNull();
});
