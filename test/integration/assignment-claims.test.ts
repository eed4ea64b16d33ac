import { env } from "cloudflare:workers";
import { beforeAll, describe, expect, it } from "vitest";
import type { HostedMatch } from "./allocator-support.ts";
import { aHostedMatch, playAllocator } from "./allocator-support.ts";
import { bearer, expectProblem, get, KEY, post, postText, register } from "./http-support.ts";
import { eventually, exportedMatch, playersInMatch, regionObject, restart } from "./region-support.ts";
import { Listener } from "./socket-support.ts";

const CONNECTION = { host: "203.0.113.7", port: 7_777, token: "only-for-these-two" };

/** The allocator does not answer: servers claim their matches. */
beforeAll(() => {
  playAllocator("NOWHERE", () => Response.error());
});

function claim(matchId: string, connection: unknown = CONNECTION, headers = KEY) {
  return post(`/matchmaking/match/${matchId}/assignment`, { connection }, headers);
}

async function aClaimedMatch(region: string): Promise<HostedMatch> {
  const match = await aHostedMatch(region);
  expect((await claim(match.matchId)).status).toBe(200);
  return match;
}

describe("a game server that claims a match", () => {
  it("is told so, and its players hear how to get there", async () => {
    const { matchId, players } = await aHostedMatch("EUW");
    const answer = await claim(matchId);
    expect(answer).toMatchObject({ status: 200, body: { status: "assigned", match_id: matchId } });
    for (const { listener, player_id } of players) {
      const { seq } = await listener.hear("match.found");
      const assigned = await listener.hear("match.assigned");
      expect(assigned).toMatchObject({ match_id: matchId, connection: CONNECTION });
      expect(assigned.seq).toBeGreaterThan(seq);
      const { body } = await get(`/matchmaking/queue/${player_id}`, KEY);
      expect(body).toMatchObject({ state: "matched", match_id: matchId, connection: CONNECTION });
    }
  });

  it("is answered the same when it repeats itself, and players hear it once", async () => {
    const { matchId, players } = await aClaimedMatch("EUW");
    const { host, port, token } = CONNECTION;
    expect((await claim(matchId, { token, port, host })).body).toEqual({ status: "assigned", match_id: matchId });
    const [{ listener } = { listener: null }] = players;
    listener?.say({ type: "cancel" });
    await listener?.hear("cancel.receipt");
    expect(listener?.all("match.assigned")).toHaveLength(1);
  });

  it("is refused a match that another has, or that takes none any more", async () => {
    const { matchId } = await aClaimedMatch("EUW");
    expectProblem(await claim(matchId, { ...CONNECTION, port: 1 }), 409, "already_assigned");
    await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
    const early = await claim(matchId, { ...CONNECTION, port: 1 });
    expectProblem(early, 409, "not_assignable");
    await exportedMatch(matchId, "finished");
    const late = await eventually(async () => {
      const answer = await claim(matchId, { ...CONNECTION, port: 1 });
      return answer.body.match_status === "finished" ? answer : null;
    });
    expectProblem(late, 409, "not_assignable");
  });

  it("may claim a match of any mode", async () => {
    const { matchId, players } = await playersInMatch("BR");
    expect((await claim(matchId)).status).toBe(200);
    const { body } = await get(`/matchmaking/queue/${players[0]}`, KEY);
    expect(body.connection).toEqual(CONNECTION);
  });

  it("is refused a match that nobody knows", async () => {
    expectProblem(await claim("01JBZ8M3T2X4V6C8B0N2M4K6H8-EUW"), 404, "unknown_match");
    expectProblem(await claim("no-match-id"), 404, "unknown_match");
  });

  it("needs the key", async () => {
    const { matchId, players } = await aHostedMatch("EUW");
    const token = bearer(players[0]?.access_token ?? "");
    expectProblem(await post(`/matchmaking/match/${matchId}/assignment`, {}, token), 403, "system_only");
    expectProblem(await post(`/matchmaking/match/${matchId}/assignment`, {}), 401, "credentials_needed");
  });

  it.each([
    ["no object", "203.0.113.7:7777"],
    ["a list", [1]],
    ["nothing", null],
    ["too many members", Object.fromEntries(Array.from({ length: 33 }, (_, index) => [index, index]))],
    ["too many bytes", { text: "x".repeat(4_096) }],
  ])("may not give %s as its connection", async (_, connection) => {
    const { matchId } = await playersInMatch("LAS");
    const answer = await claim(matchId, connection);
    expectProblem(answer, 422, "invalid_input");
    expect(answer.body.errors).toMatchObject([{ pointer: "/connection" }]);
  });

  it("may not exhaust anything with depth", async () => {
    const { matchId } = await playersInMatch("LAN");
    const deep = `{"connection": {"a": ${"[".repeat(7_000)}${"]".repeat(7_000)}}}`;
    expectProblem(await postText(`/matchmaking/match/${matchId}/assignment`, deep, KEY), 422, "invalid_input");
  });
});

describe("a connection", () => {
  it("is nowhere but with the match's players and the system", async () => {
    const { matchId, players } = await aClaimedMatch("NA");
    const stranger = await register("NA");
    const row = await env.DB.prepare("SELECT * FROM matches WHERE match_id = ?").bind(matchId).first();
    const seen = [
      await exportedMatch(matchId, "pending"),
      row,
      (await get(`/matchmaking/match/${matchId}`)).body,
      (await get("/matchmaking/matches/latest")).body,
      (await get(`/matchmaking/queue/${stranger.player_id}`, KEY)).body,
      await regionObject("NA").match(matchId),
      await (await Listener.connect(stranger.access_token)).hear("state"),
      ...players.map(({ listener }) => listener.all("match.found")),
    ];
    expect(JSON.stringify(seen)).not.toContain(CONNECTION.token);
    const own = await get(`/matchmaking/queue/${players[0]?.player_id}`, bearer(stranger.access_token));
    expectProblem(own, 403, "not_your_player");
  });

  it("is in the state of a player who connects again, also after a restart", async () => {
    const { matchId, players } = await aClaimedMatch("KR");
    await restart("KR");
    for (const { access_token } of players) {
      const state = await (await Listener.connect(access_token)).hear("state");
      expect(state).toMatchObject({ matched: { match_id: matchId }, connection: CONNECTION });
    }
  });

  it("is gone from a player's status with the match", async () => {
    const { matchId, players } = await aClaimedMatch("JPN");
    await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
    const { body } = await get(`/matchmaking/queue/${players[0]?.player_id}`, KEY);
    expect(body).toMatchObject({ state: null, connection: null });
  });
});
