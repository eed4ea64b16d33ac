import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, test } from "vitest";
import { brokenDatabase, enqueue, expectProblem, fetchWith, get, KEY, post, register } from "./http-support.ts";
import { eventually, exportedMatch, tick } from "./region-support.ts";

interface Match {
  readonly match_id: string;
  readonly status: string;
  readonly mode: string;
  readonly winner_team: string | null;
  readonly players: Readonly<Record<string, readonly { player_id: string; mu: number; sigma: number }[]>>;
}

let ulidCount = 0;

/** A match id that sorts after every earlier one of this file, and after those of real matches. */
function freshMatchId(): string {
  ulidCount += 1;
  return `7ZZZZZZZZZZZZZZZZZZZZ${String(ulidCount).padStart(5, "0")}-NA`;
}

/** A match that only D1 knows: its region has let go of it. */
async function storedMatch(overrides: Record<string, unknown> = {}): Promise<string> {
  const row = {
    match_id: freshMatchId(),
    rev: 3,
    rated: 0,
    region: "NA",
    mode: "2v2",
    status: "finished",
    quality: 0.4,
    teams: JSON.stringify([
      { name: "teamA", players: [{ player_id: "a", mu: 25, sigma: 8, after: { mu: 27, sigma: 7, seq: 1 } }] },
      { name: "teamB", players: [{ player_id: "b", mu: 25, sigma: 8, after: { mu: 23, sigma: 7, seq: 1 } }] },
    ]),
    placements: JSON.stringify({ teamA: 1, teamB: 2 }),
    created_at_ms: 1_000,
    reported_at_ms: 2_000,
    finished_at_ms: 3_000,
    ...overrides,
  };
  const names = Object.keys(row);
  await env.DB.prepare(`INSERT INTO matches (${names.join()}) VALUES (${names.map(() => "?").join()})`)
    .bind(...Object.values(row))
    .run();
  return row.match_id;
}

async function playedMatch(region: string): Promise<{ players: string[]; matchId: string }> {
  const players = await Promise.all(Array.from({ length: 4 }, async () => (await register(region)).player_id));
  for (const playerId of players) await enqueue(playerId);
  const matchId = await eventually(async () => {
    await tick(region);
    return (await get<{ match_id: string | null }>(`/matchmaking/queue/${players[0]}`, KEY)).body.match_id;
  });
  return { players, matchId };
}

function report(matchId: string, body: object) {
  return post(`/matchmaking/match/${matchId}/result`, body, KEY);
}

describe("a match that is being played", () => {
  let players: string[];
  let matchId: string;
  beforeAll(async () => {
    ({ players, matchId } = await playedMatch("EUW"));
  });

  test("is pending, with two teams of two and their ratings", async () => {
    const { body } = await get<Match>(`/matchmaking/match/${matchId}`);
    expect(body).toMatchObject({ match_id: matchId, region: "EUW", mode: "2v2", status: "pending", winner_team: null });
    expect(Object.keys(body.players)).toEqual(["teamA", "teamB"]);
    const inMatch = Object.values(body.players).flat();
    expect(inMatch.map(({ player_id }) => player_id).sort()).toEqual([...players].sort());
    expect(inMatch[0]).toMatchObject({ mu: 25, sigma: 25 / 3 });
  });

  test("is shown while the database is out", async () => {
    const answer = await fetchWith({ DB: brokenDatabase() }, `/matchmaking/match/${matchId}`);
    expect(answer.body).toMatchObject({ match_id: matchId, status: "pending" });
  });

  test("comes to the latest matches", async () => {
    await exportedMatch(matchId, "pending");
    const { body } = await get<Match[]>("/matchmaking/matches/latest?limit=50");
    expect(body.map(({ match_id }) => match_id)).toContain(matchId);
  });

  test("takes no result that names a foreign team or leaves one out", async () => {
    const foreign = await report(matchId, { winner_team: "teamC" });
    expectProblem(foreign, 422, "unknown_team");
    expect(foreign.body.detail).toContain("teamA, teamB");
    expectProblem(await report(matchId, { placements: { teamA: 1 } }), 422, "missing_team");
    expect((await get(`/matchmaking/match/${matchId}`)).body.status).toBe("pending");
  });

  test("cannot be redriven", async () => {
    const answer = await post(`/matchmaking/match/${matchId}/redrive`, {}, KEY);
    expectProblem(answer, 409, "not_failed");
    expect(answer.body.match_status).toBe("pending");
  });
});

test("a result is taken, repeated with the same answer, and contradicted with 409", async () => {
  const { matchId } = await playedMatch("KR");
  const first = await report(matchId, { winner_team: "teamB" });
  expect(first.body).toEqual({
    status: "queued",
    match_id: matchId,
    winner_team: "teamB",
    placements: { teamA: 2, teamB: 1 },
  });
  expect((await report(matchId, { winner_team: "teamB" })).body).toEqual(first.body);
  expect((await report(matchId, { placements: { teamA: 7, teamB: 3 } })).body).toEqual(first.body);
  const other = await report(matchId, { winner_team: "teamA" });
  expectProblem(other, 409, "already_reported");
  expect(other.body.placements).toEqual({ teamA: 2, teamB: 1 });
});

test("equal places are a draw", async () => {
  const { matchId } = await playedMatch("JPN");
  const { status, body } = await report(matchId, { placements: { teamA: 1, teamB: 1 } });
  expect(status).toBe(200);
  expect(body).toMatchObject({ winner_team: null, placements: { teamA: 1, teamB: 1 } });
});

test("a finished match is shown from the database, with the ratings it led to", async () => {
  const matchId = await storedMatch();
  const { body } = await get<Match>(`/matchmaking/match/${matchId}`);
  expect(body).toMatchObject({
    status: "finished",
    winner_team: "teamA",
    placements: { teamA: 1, teamB: 2 },
    created_at: "1970-01-01T00:00:01.000Z",
    finished_at: "1970-01-01T00:00:03.000Z",
    players: { teamA: [{ player_id: "a", mu: 25, sigma: 8, after: { mu: 27, sigma: 7 } }] },
  });
});

test("the report of a match that only the database knows is answered from there", async () => {
  const matchId = await storedMatch();
  expect((await report(matchId, { winner_team: "teamA" })).body).toMatchObject({ status: "queued", match_id: matchId });
  expectProblem(await report(matchId, { winner_team: "teamB" }), 409, "already_reported");
  expectProblem(await report(matchId, { winner_team: "teamZ" }), 422, "unknown_team");
});

test.each(["abandoned", "cancelled"])("a match that was %s long ago takes no result", async (status) => {
  const matchId = await storedMatch({ status, placements: null, reported_at_ms: null, finished_at_ms: null });
  const answer = await report(matchId, { winner_team: "teamA" });
  expectProblem(answer, 409, "not_reportable");
  expect(answer.body.match_status).toBe(status);
});

test("a match that neither the region nor the database knows is 404", async () => {
  const matchId = freshMatchId();
  expectProblem(await get(`/matchmaking/match/${matchId}`), 404, "unknown_match");
  expectProblem(await report(matchId, { winner_team: "teamA" }), 404, "unknown_match");
  expectProblem(await post(`/matchmaking/match/${matchId}/redrive`, {}, KEY), 404, "unknown_match");
});

test("while the database is out, a match that the region does not know is 503, never 404", async () => {
  const matchId = freshMatchId();
  const changes = { DB: brokenDatabase() };
  expectProblem(await fetchWith(changes, `/matchmaking/match/${matchId}`), 503, "database_unavailable");
  const init = {
    method: "POST",
    headers: { ...KEY, "content-type": "application/json" },
    body: JSON.stringify({ winner_team: "teamA" }),
  };
  expectProblem(await fetchWith(changes, `/matchmaking/match/${matchId}/result`, init), 503, "database_unavailable");
  expectProblem(await fetchWith(changes, "/matchmaking/matches/latest"), 503, "database_unavailable");
});

test("the latest matches come newest first, without proposed ones", async () => {
  const [older, proposed, newer] = [
    await storedMatch(),
    await storedMatch({ status: "proposed" }),
    await storedMatch(),
  ];
  const { body } = await get<Match[]>("/matchmaking/matches/latest?limit=2");
  expect(body.map(({ match_id }) => match_id)).toEqual([newer, older]);
  expect(JSON.stringify(body)).not.toContain(proposed);
});

test("the latest matches of one mode leave the others out", async () => {
  const duel = await storedMatch({ mode: "1v1" });
  await storedMatch();
  const { body } = await get<Match[]>("/matchmaking/matches/latest?mode=1v1");
  expect(body.map(({ match_id }) => match_id)).toEqual([duel]);
});

test("five matches are shown unless a limit says otherwise", async () => {
  for (let count = 0; count < 6; count += 1) await storedMatch();
  expect((await get<Match[]>("/matchmaking/matches/latest")).body).toHaveLength(5);
});

test("an operator redrives all failed matches, those of a region, or those of a reason", async () => {
  const { matchId } = await playedMatch("BR");
  await report(matchId, { winner_team: "teamA" });
  await env.REGION.getByName("BR").ratingFailed([{ matchId, reason: "retries_exhausted" }]);
  const path = "/matchmaking/matches/rating-failed/redrive";
  const none = { status: "queued", redriven: 0, remaining: 0 };
  expect((await post(`${path}?region=NA`, {}, KEY)).body).toEqual(none);
  expect((await post(`${path}?failure=unknown_player`, {}, KEY)).body).toEqual(none);
  expect((await post(`${path}?region=BR&failure=retries_exhausted`, {}, KEY)).body).toEqual({ ...none, redriven: 1 });
  expect((await post(path, {}, KEY)).body).toEqual(none);
  expectProblem(await post(`${path}?region=MOON`, {}, KEY), 422, "unknown_region");
});

test("an operator lists failed matches with their reason and redrives one", async () => {
  const { matchId } = await playedMatch("OCE");
  await report(matchId, { winner_team: "teamA" });
  await env.REGION.getByName("OCE").ratingFailed([{ matchId, reason: "unknown_player" }]);
  const { body } = await get<(Match & { failure: string })[]>("/matchmaking/matches/rating-failed", KEY);
  expect(body).toMatchObject([{ match_id: matchId, status: "rating_failed", failure: "unknown_player" }]);
  expect((await get<Match[]>("/matchmaking/matches/rating-failed?region=NA", KEY)).body).toEqual([]);
  const redriven = await post(`/matchmaking/match/${matchId}/redrive`, {}, KEY);
  expect(redriven.body).toEqual({ status: "queued", match_id: matchId });
  expect((await get<Match[]>("/matchmaking/matches/rating-failed", KEY)).body).toEqual([]);
});
