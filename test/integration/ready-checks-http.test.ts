import { describe, expect, it } from "vitest";
import type { Registered } from "./http-support.ts";
import { bearer, enqueue, expectProblem, get, KEY, post, register, remove } from "./http-support.ts";
import { statusOf, tickUntil } from "./ready-check-support.ts";

interface Asked {
  readonly players: readonly [Registered, Registered, Registered, Registered];
  readonly matchId: string;
}

interface Prompted {
  readonly state: string;
  readonly match_id: string;
  readonly ready_check: { readonly round: number } & Record<string, unknown>;
}

/** Four players without sockets who are asked. */
async function askedOverHttp(region: string, mode = "asking"): Promise<Asked> {
  const players = [
    await register(region),
    await register(region),
    await register(region),
    await register(region),
  ] as const;
  for (const { player_id } of players) expect((await enqueue(player_id, { mode })).status).toBe(200);
  const matchId = await tickUntil(region, async () => {
    const { state, match_id } = await statusOf(players[0]);
    return state === "proposed" ? String(match_id) : null;
  });
  return { players, matchId };
}

function answer(what: "accept" | "decline", matchId: string, player: Registered, body: object = { round: 1 }) {
  return post(`/matchmaking/match/${matchId}/${what}`, body, bearer(player.access_token));
}

describe("a ready check over HTTP alone", () => {
  it("shows in the status, is accepted by all, and is the match", async () => {
    const { players, matchId } = await askedOverHttp("EUW");
    for (const [index, player] of players.entries()) {
      const { body } = await get<Prompted>(`/matchmaking/queue/${player.player_id}`, bearer(player.access_token));
      expect(body).toMatchObject({ enqueued: true, state: "proposed", match_id: matchId, explain: null });
      expect(body.ready_check).toMatchObject({
        match_id: matchId,
        round: 1,
        mode: "asking",
        accepted: false,
        cool_down_s: 30,
        repairing_until: null,
      });
      // The system may answer for a player; a repeat is the same again.
      const bySystem = { round: 1, player_id: player.player_id };
      const accepted =
        index === 0
          ? await post(`/matchmaking/match/${matchId}/accept`, bySystem, KEY)
          : await answer("accept", matchId, player);
      expect(accepted.status).toBe(200);
      expect(accepted.body).toEqual({ status: "accepted", match_id: matchId, player_id: player.player_id, round: 1 });
      expect((await answer("accept", matchId, player)).body).toEqual(accepted.body);
    }
    expect(await statusOf(players[0])).toMatchObject({ state: "matched", match_id: matchId, ready_check: null });
    expect((await get(`/matchmaking/match/${matchId}`)).body).toMatchObject({ status: "pending" });
    const late = await answer("decline", matchId, players[0]);
    expectProblem(late, 409, "in_match");
    expect(late.body).toMatchObject({ match_id: matchId });
  });

  it("is hidden while it is open: not among the latest, and by id without its players", async () => {
    const { players, matchId } = await askedOverHttp("NA");
    const { body: hidden } = await get(`/matchmaking/match/${matchId}`);
    expect(hidden).toMatchObject({
      match_id: matchId,
      status: "proposed",
      region: "NA",
      players: { teamA: [], teamB: [] },
    });
    expect(JSON.stringify(hidden)).not.toContain(players[0].player_id);
    const latest = await get<{ match_id: string }[]>("/matchmaking/matches/latest?limit=50");
    expect(latest.body.map(({ match_id }) => match_id)).not.toContain(matchId);
    expectProblem(
      await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY),
      409,
      "not_reportable",
    );
    for (const player of players) await answer("accept", matchId, player);
    await tickUntil("NA", async () => {
      const { body } = await get<{ match_id: string }[]>("/matchmaking/matches/latest?limit=50");
      return body.find(({ match_id }) => match_id === matchId) ?? null;
    });
  });

  it("declined without having been shown costs nothing; after an accept it costs a cool-down, told in three places", async () => {
    const { players, matchId } = await askedOverHttp("KR");
    const [ann, bob] = players;
    const free = await answer("decline", matchId, ann);
    expect(free.body).toEqual({
      status: "declined",
      match_id: matchId,
      player_id: ann.player_id,
      round: 1,
      cool_down: null,
    });
    expect((await enqueue(ann.player_id, { mode: "1v1" })).status).toBe(200);

    await answer("accept", matchId, bob);
    const dear = await answer("decline", matchId, bob);
    expect(dear.body.cool_down).toMatchObject({ offences: 1, seconds: expect.closeTo(30, 0) });
    expect(await statusOf(bob)).toMatchObject({ enqueued: false, state: null, cool_down: { offences: 1 } });
    const refused = await post("/matchmaking/queue", { player_id: bob.player_id }, bearer(bob.access_token));
    expectProblem(refused, 429, "cooling_down");
    const { until } = refused.body as { until: string };
    const retryS = Number(refused.headers.get("retry-after"));
    expect(refused.body).toMatchObject({ player_ids: [bob.player_id] });
    expect(Math.abs(Date.parse(until) - Date.now() - retryS * 1_000)).toBeLessThan(2_000);
    expect(retryS).toBeLessThanOrEqual(30);
    // The system is told the same, also of a party.
    expectProblem(await enqueue(bob.player_id), 429, "cooling_down");
    const together = await enqueue(players[2].player_id, { party: [players[2].player_id, bob.player_id], mode: "5v5" });
    expect(together.status).toBe(409);
    const stranger = await register("KR");
    const party = await enqueue(stranger.player_id, { party: [stranger.player_id, bob.player_id] });
    expectProblem(party, 429, "cooling_down");
    expect(party.body).toMatchObject({ player_ids: [bob.player_id] });
  });

  it("goes on with whoever comes next when one cancels", async () => {
    const { players, matchId } = await askedOverHttp("JPN");
    const [ann, bob, cay, dan] = players;
    const left = await remove(`/matchmaking/queue/${dan.player_id}`, bearer(dan.access_token));
    expect(left.body).toEqual({ status: "dequeued", player_id: dan.player_id });
    expect((await statusOf(ann)).ready_check).toMatchObject({ repairing_until: expect.any(String) });
    const eve = await register("JPN");
    await enqueue(eve.player_id, { mode: "asking" });
    const asked = await tickUntil("JPN", async () =>
      (await statusOf(eve)).state === "proposed" ? statusOf(eve) : null,
    );
    expect(asked.ready_check).toMatchObject({ match_id: matchId, round: 2 });
    const stale = await answer("accept", matchId, eve);
    expectProblem(stale, 409, "stale_round");
    expect(stale.body).toMatchObject({ round: 2 });
    for (const player of [ann, bob, cay]) await answer("accept", matchId, player);
    expect((await answer("accept", matchId, eve, { round: 2 })).status).toBe(200);
    expect(await statusOf(eve)).toMatchObject({ state: "matched", match_id: matchId });
  });

  it("counts as queued: asking for a place again gives the same one, and nobody is released from it", async () => {
    const { players } = await askedOverHttp("BR");
    const [ann] = players;
    const before = await statusOf(ann);
    const again = await enqueue(ann.player_id, { mode: "asking", release: true });
    expect(again.body).toMatchObject({ status: "enqueued", ticket_id: before.ticket_id });
    expect(await statusOf(ann)).toMatchObject({ state: "proposed", match_id: before.match_id });
    expectProblem(await enqueue(ann.player_id, { mode: "2v2" }), 409, "queued_in_other_mode");
  });
});

describe("an answer over HTTP that cannot be taken", () => {
  it("is refused with its reason, and changes nothing", async () => {
    const { players, matchId } = await askedOverHttp("OCE");
    const [ann, bob] = players;
    const stranger = await register("OCE");
    for (const what of ["accept", "decline"] as const) {
      const path = `/matchmaking/match/${matchId}/${what}`;
      expectProblem(await answer(what, matchId, stranger), 404, "unknown_ready_check");
      expectProblem(await answer(what, "01JBZ8M3T2X4V6C8B0N2M4K6H8-OCE", ann), 404, "unknown_ready_check");
      expectProblem(await answer(what, "01JBZ8M3T2X4V6C8B0N2M4K6H8-MOON", ann), 404, "unknown_ready_check");
      expectProblem(await answer(what, matchId, ann, { round: 2 }), 409, "stale_round");
      for (const body of [{}, { round: 0 }, { round: 1.5 }, { round: "1" }]) {
        const invalid = await answer(what, matchId, ann, body);
        expectProblem(invalid, 422, "invalid_input");
        expect(invalid.body.errors).toMatchObject([{ pointer: "/round" }]);
      }
      expectProblem(await answer(what, matchId, ann, { round: 1, player_id: bob.player_id }), 403, "not_your_player");
      const nobody = await post(path, { round: 1 }, KEY);
      expectProblem(nobody, 422, "invalid_input");
      expect(nobody.body.errors).toMatchObject([{ pointer: "/player_id" }]);
      expectProblem(await post(path, { round: 1, player_id: stranger.player_id }, KEY), 404, "unknown_ready_check");
      expectProblem(await post(path, { round: 1 }), 401, "credentials_needed");
    }
    expect((await statusOf(ann)).ready_check).toMatchObject({
      match_id: matchId,
      accepted: false,
      repairing_until: null,
    });
  });
});

it("the modes say which of them ask, and how", async () => {
  const { body } = await get<{ name: string; ready_check: unknown }[]>("/modes");
  const rules = (name: string) => body.find((mode) => mode.name === name)?.ready_check;
  expect(rules("2v2")).toBeNull();
  expect(rules("asking")).toMatchObject({ accept_s: 12, repair_s: 10, cool_downs_s: [30, 120, 600, 1_800] });
});
