import { describe, expect, it } from "vitest";
import {
  aRunningMatch,
  askBackfill,
  backfillOf,
  cancelBackfill,
  matchOf,
  someoneComes,
  teamOf,
} from "./backfill-support.ts";
import { bearer, enqueue, expectProblem, get, KEY, post, register, remove } from "./http-support.ts";
import { eventually, exportedMatch, restart, tick } from "./region-support.ts";
import { changesOf } from "./results-support.ts";
import { Listener } from "./socket-support.ts";

const UNKNOWN_MATCH = "01HZZZZZZZZZZZZZZZZZZZZZZZ-EUW";

function report(matchId: string) {
  return post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
}

function statusOf(playerId: string) {
  return get(`/matchmaking/queue/${playerId}`, KEY);
}

describe("a running match that asks for players", () => {
  it("frees whoever left and gets somebody else, who is told at once", async () => {
    const { matchId, players } = await aRunningMatch("NA");
    const [leaver, ...stayers] = players;
    const left = leaver?.player_id ?? "";
    const team = teamOf(await matchOf(matchId), left);

    const { status, body } = await askBackfill(matchId, { replaces: [left] });
    expect(status).toBe(200);
    expect(body).toEqual({
      status: "queued",
      match_id: matchId,
      ticket_id: expect.any(String),
      places: { [team]: 1 },
      enqueued_at: expect.any(String),
    });
    expect((await askBackfill(matchId, { replaces: [left] })).body).toEqual(body);
    expect((await statusOf(left)).body).toMatchObject({ enqueued: false, state: null, match_id: null });
    expect((await matchOf(matchId)).players[team]).toContainEqual(
      expect.objectContaining({ player_id: left, left: true }),
    );
    expect(await backfillOf(matchId)).toMatchObject({ ...body, filled_in: {} });

    const newcomer = await someoneComes("NA");
    const found = await newcomer.listener.hear("match.found");
    expect(found.match.players[team]).toContainEqual(
      expect.objectContaining({ player_id: newcomer.player_id, filled_in: true }),
    );
    expect(found.match).toEqual(await matchOf(matchId));
    expect((await statusOf(newcomer.player_id)).body).toMatchObject({ state: "matched", match_id: matchId });
    expect(await backfillOf(matchId)).toMatchObject({
      status: "not_queued",
      ticket_id: null,
      places: {},
      filled_in: { [team]: [newcomer.player_id] },
    });
    const heard = ["state", "queue.joined", "match.found"];
    for (const { listener } of [newcomer, ...stayers]) expect(listener.types()).toEqual(heard);
    expect((await Listener.connect(newcomer.access_token)).all("state")[0]?.matched).toEqual(found.match);
  });

  it("is rated for those who started it, also for whoever left, and stored with all of them", async () => {
    const { matchId, players } = await aRunningMatch("KR");
    const starters = players.map(({ player_id }) => player_id);
    const [left = ""] = starters;
    await askBackfill(matchId, { replaces: [left] });
    const { player_id: came, listener } = await someoneComes("KR");
    const team = teamOf(await matchOf(matchId), came);
    await report(matchId);
    expect(await listener.hear("match.finished")).toMatchObject({ match: { match_id: matchId }, rating: null });
    await exportedMatch(matchId, "finished");
    expect((await changesOf([...starters, came])).map((change) => change.player_id)).toEqual([...starters].sort());
    const stored = (await matchOf(matchId)).players[team];
    expect(stored).toContainEqual(expect.objectContaining({ player_id: left, left: true, after: expect.anything() }));
    const { mu, sigma } = (await get(`/players/player/${came}`)).body;
    expect(stored).toContainEqual({ player_id: came, mu, sigma, filled_in: true });
    expect(players[0]?.listener.types()).not.toContain("match.finished");
    expect(await backfillOf(matchId)).toMatchObject({ status: "not_queued", filled_in: { [team]: [came] } });
    expectProblem(await askBackfill(matchId, { places: { teamA: 1 } }), 409, "not_fillable");
  });

  it("shows who left and who came in the newest matches, once they have come", async () => {
    const { matchId, players } = await aRunningMatch("BR");
    const left = players[0]?.player_id ?? "";
    await exportedMatch(matchId, "pending");
    await askBackfill(matchId, { replaces: [left] });
    const { player_id } = await someoneComes("BR");
    const latest = await eventually(async () => {
      const { body } = await get<{ match_id: string; players: object }[]>("/matchmaking/matches/latest?limit=50");
      const match = body.find(({ match_id }) => match_id === matchId);
      return JSON.stringify(match).includes(player_id) ? match : null;
    });
    expect(latest).toEqual(await matchOf(matchId));
  });

  it("goes on asking after a restart, and stops when it is told to", async () => {
    const { matchId, players } = await aRunningMatch("OCE");
    const { body: asked } = await askBackfill(matchId, { replaces: [players[0]?.player_id] });
    await restart("OCE");
    expect(await backfillOf(matchId)).toMatchObject({ status: "queued", ticket_id: asked.ticket_id });
    expect(await cancelBackfill(matchId)).toEqual({
      status: "dequeued",
      match_id: matchId,
      ticket_id: asked.ticket_id,
      places: asked.places,
    });
    expect(await cancelBackfill(matchId)).toEqual({
      status: "not_found",
      match_id: matchId,
      ticket_id: null,
      places: {},
    });
    const { player_id } = await register("OCE");
    await enqueue(player_id);
    await tick("OCE");
    expect((await statusOf(player_id)).body).toMatchObject({ state: "queued" });
    await remove(`/matchmaking/queue/${player_id}`, KEY);
  });
});

describe("a backfill is refused", () => {
  it("to anybody but the game's servers", async () => {
    const { access_token } = await register("EUW");
    const path = `/matchmaking/match/${UNKNOWN_MATCH}/backfill`;
    expectProblem(await post(path, { places: { teamA: 1 } }), 401, "credentials_needed");
    expectProblem(await post(path, { places: { teamA: 1 } }, bearer(access_token)), 403, "system_only");
    expectProblem(await get(path, bearer(access_token)), 403, "system_only");
    expectProblem(await remove(path, bearer(access_token)), 403, "system_only");
  });

  it("for a match that nobody knows", async () => {
    expectProblem(await askBackfill(UNKNOWN_MATCH, { places: { teamA: 1 } }), 404, "unknown_match");
    expectProblem(await get(`/matchmaking/match/${UNKNOWN_MATCH}/backfill`, KEY), 404, "unknown_match");
    expectProblem(await askBackfill("no-id", { places: { teamA: 1 } }), 404, "unknown_match");
    expect(await cancelBackfill(UNKNOWN_MATCH)).toMatchObject({ status: "not_found" });
  });

  it("for places that its teams cannot have, each with its place in the body", async () => {
    const { matchId } = await aRunningMatch("LAN");
    expectProblem(await askBackfill(matchId, { places: { teamC: 1 } }), 422, "unknown_team");
    const full = await askBackfill(matchId, { places: { teamA: 1 } });
    expectProblem(full, 422, "invalid_backfill");
    expect(full.body).toMatchObject({
      errors: [{ pointer: "/places/teamA", detail: expect.stringContaining("0 empty places") }],
    });
    const stranger = await askBackfill(matchId, { places: { teamA: 1 }, replaces: ["stranger"] });
    expect(stranger.body).toMatchObject({ errors: [{ pointer: "/replaces/0" }, { pointer: "/places/teamA" }] });
    expectProblem(await askBackfill(matchId, {}), 422, "invalid_input");
    expectProblem(await askBackfill(matchId, { places: { teamA: 0 } }), 422, "invalid_input");
    expectProblem(await askBackfill(matchId, { place: { teamA: 1 } }), 422, "invalid_input");
    expect(await backfillOf(matchId)).toMatchObject({ status: "not_queued" });
  });

  it("when the match is over", async () => {
    const { matchId, players } = await aRunningMatch("LAS");
    await report(matchId);
    const late = await askBackfill(matchId, { replaces: [players[0]?.player_id] });
    expectProblem(late, 409, "not_fillable");
    expect(late.body).toMatchObject({ match_status: expect.stringMatching(/^(reporting|finished)$/) });
  });
});
