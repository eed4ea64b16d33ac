import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { rateTeams } from "../../src/core/rating/trueskill.ts";
import { exportMatches } from "../../src/db/export-matches.ts";
import {
  aResult,
  changesOf,
  consume,
  modes,
  ratingsOf,
  registerPlayers,
  replay,
  slowToWrite,
  ToldRegion,
} from "./results-support.ts";

const NEW = { mu: 25, sigma: 25 / 3 };

async function storedMatch(matchId: string) {
  return env.DB.prepare("SELECT * FROM matches WHERE match_id = ?").bind(matchId).first();
}

describe("a result", () => {
  it("gives everybody the mu and sigma of TrueSkill and finishes the match", async () => {
    const players = await registerPlayers(4);
    const result = aResult(players);
    const region = new ToldRegion();
    const outcome = await consume([result], { region });

    expect(outcome.explicitAcks).toEqual(["0"]);
    const [winners, losers] = rateTeams(
      [
        [NEW, NEW],
        [NEW, NEW],
      ],
      [1, 2],
      modes.defaultMode.rating,
    );
    const ratings = await ratingsOf(players);
    expect(ratings.get(players[0] ?? "")).toMatchObject({ ...winners?.[0], seq: 1, matches: 1, wins: 1 });
    expect(ratings.get(players[3] ?? "")).toMatchObject({ ...losers?.[1], seq: 1, matches: 1, wins: 0 });
    expect(await storedMatch(result.matchId)).toMatchObject({ status: "finished", rated: 1 });
    expect(region.outcomes[0]?.ratings).toHaveLength(4);
  });

  it("counts nobody as a winner when it is a draw", async () => {
    const players = await registerPlayers(4);
    await consume([aResult(players, { placements: { teamA: 1, teamB: 1 } })]);
    const ratings = [...(await ratingsOf(players)).values()];
    expect(ratings.map(({ wins }) => wins)).toEqual([0, 0, 0, 0]);
    expect(ratings.map(({ matches }) => matches)).toEqual([1, 1, 1, 1]);
  });

  it("ranks three teams of one by their placements", async () => {
    const players = await registerPlayers(3);
    const teams = players.map((playerId, index) => ({
      name: `team${"ABC"[index]}`,
      players: [{ playerId, ...NEW }],
    }));
    await consume([aResult(players, { teams, placements: { teamA: 2, teamB: 1, teamC: 3 } })]);
    const mus = players.map(async (playerId) => (await ratingsOf([playerId])).get(playerId)?.mu ?? 0);
    const [second = 0, first = 0, third = 0] = await Promise.all(mus);
    expect(first).toBeGreaterThan(second);
    expect(second).toBeGreaterThan(third);
  });

  it("is rated once when its message comes ten times at once", async () => {
    const players = await registerPlayers(4);
    const result = aResult(players);
    const db = slowToWrite(env.DB, 30);
    await Promise.all(Array.from({ length: 10 }, () => consume([result], { db })));
    expect(await changesOf(players)).toHaveLength(4);
  });

  it("changes nothing when its message comes again after it was applied, and is confirmed again", async () => {
    const players = await registerPlayers(4);
    const result = aResult(players);
    await consume([result]);
    const before = await ratingsOf(players);
    const region = new ToldRegion();
    const again = await consume([result, result], { region });
    expect(await ratingsOf(players)).toEqual(before);
    expect(await changesOf(players)).toHaveLength(4);
    expect(again.explicitAcks).toHaveLength(2);
    expect(region.outcomes[0]?.ratings.map(({ seq }) => seq)).toEqual([1, 1, 1, 1]);
  });

  it("is rated in the order of the reports when several of one player come in one batch", async () => {
    const players = await registerPlayers(4);
    const later = aResult(players, { reportedAtMs: 9_000 });
    const earlier = aResult(players, { reportedAtMs: 8_000 });
    await consume([later, earlier]);
    const first = (await changesOf(players)).filter(({ seq }) => seq === 1);
    expect(new Set(first.map(({ match_id }) => match_id))).toEqual(new Set([earlier.matchId]));
  });
});

describe("many results at once", () => {
  it.each([4, 40])(
    "100 among %i players and 20 slow consumers are each rated once, in one order",
    async (count) => {
      const players = await registerPlayers(count);
      const results = Array.from({ length: 100 }, (_, index) => {
        const at = (offset: number) => players[(index * 7 + offset * (count / 4)) % count] ?? "";
        return aResult([at(0), at(1), at(2), at(3)]);
      });
      const db = slowToWrite(env.DB, 30);
      const batches = Array.from({ length: 20 }, (_, index) => results.slice(index * 5, index * 5 + 5));
      const outcomes = await Promise.all(batches.map((batch) => consume(batch, { db })));

      expect(outcomes.flatMap(({ retryMessages }) => retryMessages)).toEqual([]);
      const changes = await changesOf(players);
      expect(changes).toHaveLength(400);
      expect(new Set(changes.map(({ match_id, player_id }) => `${match_id} ${player_id}`)).size).toBe(400);
      const expected = await replay(players);
      const stored = await ratingsOf(players);
      for (const [playerId, { mu, sigma }] of expected) {
        expect(stored.get(playerId)?.mu).toBeCloseTo(mu, 9);
        expect(stored.get(playerId)?.sigma).toBeCloseTo(sigma, 9);
      }
    },
    60_000,
  );
});

describe("a result that cannot be rated", () => {
  it("is told to its region when a player is unknown, and nothing changes", async () => {
    const players = await registerPlayers(3);
    const region = new ToldRegion();
    const result = aResult([...players, "nobody"]);
    const outcome = await consume([result], { region });
    expect(region.failures).toEqual([{ matchId: result.matchId, reason: "unknown_player" }]);
    expect(outcome.explicitAcks).toEqual(["0"]);
    expect(await changesOf(players)).toEqual([]);
  });

  it("is told to its region when the mode is gone", async () => {
    const region = new ToldRegion();
    await consume([aResult(await registerPlayers(4), { mode: "battle-royale" })], { region });
    expect(region.failures.map(({ reason }) => reason)).toEqual(["unknown_mode"]);
  });

  it.each([
    ["has no placements", { placements: {} }],
    ["names a player twice", { teams: [aTeam("teamA", "x"), aTeam("teamB", "x")] }],
    ["comes from a later version", { version: 2 }],
  ])("is told to its region when the message %s, without stopping the others", async (_, overrides) => {
    const players = await registerPlayers(4);
    const region = new ToldRegion();
    const good = aResult(players);
    const outcome = await consume([{ ...aResult(players), ...overrides }, good], { region });
    expect(region.failures.map(({ reason }) => reason)).toEqual(["malformed_message"]);
    expect(region.outcomes.map(({ matchId }) => matchId)).toEqual([good.matchId]);
    expect(outcome.explicitAcks).toHaveLength(2);
  });

  it("goes back to the queue while D1 fails, and so do those after it", async () => {
    const players = await registerPlayers(4);
    const failing = new Proxy(env.DB, {
      get: (target, property) =>
        property === "batch"
          ? () => Promise.reject(new Error("D1_ERROR: Network connection lost."))
          : Reflect.get(target, property),
    });
    const outcome = await consume([aResult(players), aResult(players)], { db: failing });
    expect(outcome.retryMessages).toHaveLength(2);
    expect(outcome.explicitAcks).toEqual([]);
  });
});

describe("a late export", () => {
  it("never un-finishes a rated match, whatever its revision", async () => {
    const players = await registerPlayers(4);
    const result = aResult(players);
    await consume([result]);
    await exportMatches(env.DB, [
      {
        matchId: result.matchId,
        rev: 1_000,
        region: "EUW",
        mode: "2v2",
        status: "pending",
        quality: 0.4,
        teams: [],
        terms: null,
        placements: null,
        failure: null,
        createdAtMs: 1_000,
        reportedAtMs: null,
        finishedAtMs: null,
      },
    ]);
    expect(await storedMatch(result.matchId)).toMatchObject({ status: "finished", rated: 1, failure: null });
  });
});

function aTeam(name: string, playerId: string) {
  return { name, players: [{ playerId, ...NEW }] };
}
