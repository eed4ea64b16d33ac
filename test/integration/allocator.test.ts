import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { hubStub } from "../../src/metrics/hub-stub.ts";
import { aHostedMatch, playAllocator } from "./allocator-support.ts";
import { expectProblem, get, KEY, post, remove } from "./http-support.ts";
import { eventually, exportedMatch, playersInMatch, regionObject, restart, tick } from "./region-support.ts";

const CONNECTION = { host: "203.0.113.7", port: 7_777 };

function unavailable(): Response {
  return new Response(null, { status: 503 });
}

function connected(): Response {
  return Response.json({ connection: CONNECTION });
}

describe("the game's allocator", () => {
  it("is asked once, signed under the match's id, and its answer goes to the players", async () => {
    const calls = playAllocator("EUW", connected);
    const { matchId, players } = await aHostedMatch("EUW");
    for (const { listener } of players) {
      expect(await listener.hear("match.assigned")).toMatchObject({ match_id: matchId, connection: CONNECTION });
      expect(listener.types().indexOf("match.found")).toBeLessThan(listener.types().indexOf("match.assigned"));
    }
    expect(calls).toEqual([{ id: matchId, signature: expect.stringMatching(/^v1,/), redirect: "manual", matchId }]);
  });

  it("is asked again after a failure, under the same id", async () => {
    const calls = playAllocator("EUNE", (attempt) => (attempt < 3 ? unavailable() : connected()));
    const { matchId, players } = await aHostedMatch("EUNE");
    await players[0]?.listener.hear("match.assigned");
    expect(calls.map(({ id }) => id)).toEqual([matchId, matchId, matchId]);
  });

  it("is asked again after a restart, even if it took the match before", async () => {
    const calls = playAllocator("KR", (attempt) => (attempt === 1 ? new Response(null, { status: 202 }) : connected()));
    const { matchId, players } = await aHostedMatch("KR");
    await eventually(async () => (calls.length === 1 ? true : null));
    await tick("KR");
    expect(calls).toHaveLength(1);
    await restart("KR");
    await regionObject("KR").wake();
    await players[0]?.listener.hear("match.assigned");
    expect(calls.map(({ id }) => id)).toEqual([matchId, matchId]);
  });

  it("is not asked for matches of a mode whose players wait for no server", async () => {
    const calls = playAllocator("OCE", connected);
    const { matchId } = await aHostedMatch("OCE");
    expect(calls.every((call) => call.matchId === matchId)).toBe(true);
    const other = await playersInMatch("OCE");
    await tick("OCE");
    expect(calls.map((call) => call.matchId)).not.toContain(other.matchId);
  });

  it("shows on the metrics page: calls, and how long its matches took", async () => {
    playAllocator("LAN", connected);
    await aHostedMatch("LAN");
    const lines = [
      'muster_allocator_calls_total{region="LAN",status="200"} 1\n',
      'muster_assignments_total{region="LAN",mode="hosted",outcome="assigned"} 1\n',
      'muster_assignment_seconds_count{region="LAN",mode="hosted"} 1\n',
      'muster_matches_without_server{region="LAN"} 0\n',
    ];
    await eventually(async () => {
      await regionObject("LAN").wake();
      const page = await hubStub(env).scrape();
      return lines.every((line) => page.includes(line)) ? page : null;
    });
  });

  it("that refuses a match for good cancels it at once", async () => {
    const refusal = { status: 410, headers: { "content-type": "application/problem+json" } };
    playAllocator("LAS", () => new Response('{"title": "No such map"}', refusal));
    const { matchId, players } = await aHostedMatch("LAS");
    for (const { listener, player_id } of players) {
      expect(await listener.hear("match.cancelled")).toMatchObject({ match_id: matchId, reason: "no_server" });
      await remove(`/matchmaking/queue/${player_id}`, KEY);
    }
  });
});

describe("a match that gets no server in time", () => {
  it("is cancelled, and its players are back in line with their old place", async () => {
    playAllocator("NA", unavailable);
    const { matchId, players } = await aHostedMatch("NA", "hosted-brief");
    for (const { listener } of players) {
      const joined = await listener.hear("queue.joined");
      const cancelled = await listener.hear("match.cancelled");
      expect(cancelled).toMatchObject({ match_id: matchId, reason: "no_server", back_in_line: true });
      const again = await listener.hear("queue.joined", 2);
      expect(again).toMatchObject({ mode: "hosted-brief", enqueued_at: joined.enqueued_at });
      expect(again.ticket_id).not.toBe(joined.ticket_id);
      expect(again.seq).toBeGreaterThan(cancelled.seq);
    }
    await exportedMatch(matchId, "cancelled");
    const { body } = await get(`/matchmaking/match/${matchId}`);
    expect(body).toMatchObject({ status: "cancelled", winner_team: null });
    const { body: latest } = await get<{ match_id: string }[]>("/matchmaking/matches/latest?limit=50");
    expect(latest.map(({ match_id }) => match_id)).not.toContain(matchId);
    const late = await post(`/matchmaking/match/${matchId}/assignment`, { connection: CONNECTION }, KEY);
    expectProblem(late, 409, "not_assignable");
    expect(late.body.match_status).toBe("cancelled");
    const report = await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
    expectProblem(report, 409, "not_reportable");
  });

  it("is cancelled also if the region was restarted meanwhile", async () => {
    playAllocator("CHN", unavailable);
    const { matchId, players } = await aHostedMatch("CHN", "hosted-brief");
    await restart("CHN");
    await regionObject("CHN").wake();
    for (const { listener } of players) {
      expect(await listener.hear("match.cancelled")).toMatchObject({ match_id: matchId, back_in_line: true });
    }
    const { body } = await get(`/matchmaking/queue/${players[0]?.player_id}`, KEY);
    expect(["queued", "matched"]).toContain(body.state);
  });

  it("counts as played if its result comes first", async () => {
    playAllocator("JPN", unavailable);
    const { matchId, players } = await aHostedMatch("JPN");
    const report = await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
    expect(report.status).toBe(200);
    for (const { listener } of players) await listener.hear("match.finished");
    await exportedMatch(matchId, "finished");
  });
});
