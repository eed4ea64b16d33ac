import { createMessageBatch, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Env } from "../../src/env.ts";
import worker from "../../src/index.ts";
import { Region } from "../../src/region/region.ts";
import { CLOSINGS } from "../../src/region/socket-constants.ts";
import { aRunningMatch, askBackfill } from "./backfill-support.ts";
import { bearer, enqueue, expectProblem, fetchWith, KEY, post, register } from "./http-support.ts";
import { askedPlayers } from "./ready-check-support.ts";
import { aCall, eventually, exportedMatch, playersInMatch, regionObject } from "./region-support.ts";
import { aResult, registerPlayers } from "./results-support.ts";
import { listeningPlayers, socketHeaders } from "./socket-support.ts";

/** The same service after a deploy that has closed a region. */
function closing(name: string): Pick<Env, "CLOSED_REGIONS"> & { REGIONS: string } {
  const open = (env.REGIONS ?? "").split(" ").filter((region) => region !== name);
  return { REGIONS: open.join(" "), CLOSED_REGIONS: name };
}

/** What the object is after that deploy, over the storage and the sockets that it had. */
async function reopened<Outcome>(name: string, act: (region: Region) => Promise<Outcome>): Promise<Outcome> {
  return runInDurableObject(regionObject(name), async (_, state) => {
    const region = new Region(state, { ...env, ...closing(name) });
    await state.blockConcurrencyWhile(async () => {});
    return act(region);
  });
}

describe("a region that is closed while players wait in it", () => {
  it("tells all of them, ends their parties and ready checks, and closes their sockets", async () => {
    const [waiting] = await listeningPlayers("OCE", 1);
    if (waiting === undefined) throw new Error("one was asked for");
    await enqueue(waiting.player_id);
    const { players: asked, matchId } = await askedPlayers("OCE");
    const [leader] = await listeningPlayers("OCE", 1);
    const { body: party } = await post("/parties", {}, bearer(leader?.access_token ?? ""));

    await reopened("OCE", async (region) => {
      expect(await region.stateOf(waiting.player_id)).toEqual({ type: "free", coolDown: null });
      expect(await region.enqueue(aCall(waiting.player_id))).toEqual({
        ok: false,
        refusal: { reason: "region_closed" },
      });
      const refused = await region.createParty({ playerId: waiting.player_id });
      expect(refused).toEqual({ ok: false, refusal: { reason: "region_closed" } });
    });

    expect(await waiting.listener.hear("queue.left")).toMatchObject({ reason: "region_closed", match_id: null });
    for (const { listener } of asked) {
      expect(await listener.hear("queue.left")).toMatchObject({ reason: "region_closed", match_id: matchId });
    }
    const ended = await leader?.listener.hear("party.ended");
    expect(ended).toMatchObject({ code: party.code, reason: "region_closed" });
    for (const { listener } of [waiting, ...asked]) {
      expect(await listener.closed()).toMatchObject({ code: CLOSINGS.region_closed.code });
    }
    const { body, status } = await socketTo("OCE", waiting.access_token);
    expect({ status, reason: body.type }).toEqual({ status: 409, reason: "urn:muster:problem:region_closed" });
  });

  it("sees its matches to their end: reported, rated, confirmed", async () => {
    const { matchId } = await playersInMatch("BR");
    const path = `/matchmaking/match/${matchId}/result`;
    const report = { method: "POST", headers: JSON_BY_KEY, body: JSON.stringify({ winner_team: "teamA" }) };
    expect(await fetchWith(closing("BR"), path, report)).toMatchObject({ status: 200 });
    await exportedMatch(matchId, "finished");
    const left = await eventually(async () => ((await regionObject("BR").match(matchId)) === null ? "gone" : null));
    expect(left).toBe("gone");
    const shown = await fetchWith(closing("BR"), `/matchmaking/match/${matchId}`);
    expect(shown).toMatchObject({ status: 200, body: { status: "finished" } });
  });

  it("shows its operator the results that could not be rated, and rates them again when told to", async () => {
    const { matchId, players } = await playersInMatch("CHN");
    const gone = await env.DB.prepare("SELECT * FROM players WHERE player_id = ?").bind(players[0]).first();
    await env.DB.prepare("DELETE FROM players WHERE player_id = ?").bind(players[0]).run();
    const report = { method: "POST", headers: JSON_BY_KEY, body: JSON.stringify({ winner_team: "teamA" }) };
    expect(await fetchWith(closing("CHN"), `/matchmaking/match/${matchId}/result`, report)).toMatchObject({
      status: 200,
    });
    const list = "/matchmaking/matches/rating-failed";
    for (const path of [list, `${list}?region=CHN`]) {
      const shown = await eventually(async () => {
        const { body } = await fetchWith<unknown[]>(closing("CHN"), path, { headers: KEY });
        return Array.isArray(body) && body.length === 0 ? null : body;
      });
      expect(shown).toMatchObject([{ match_id: matchId, failure: "unknown_player" }]);
    }
    const { player_id, username, region, created_at_ms } = gone ?? {};
    await env.DB.prepare("INSERT INTO players (player_id, username, region, created_at_ms) VALUES (?, ?, ?, ?)")
      .bind(player_id, username, region, created_at_ms)
      .run();
    const again = await fetchWith(closing("CHN"), `${list}/redrive?region=CHN`, { method: "POST", headers: KEY });
    expect(again).toMatchObject({ status: 200, body: { redriven: 1, remaining: 0 } });
    await exportedMatch(matchId, "finished");
  });

  it("does not keep its operator from locking a player out, nor from letting them in again", async () => {
    const { player_id, access_token } = await register("JPN");
    const path = `/players/player/${player_id}/revoke`;
    const gone = { REGIONS: closing("JPN").REGIONS };
    for (const deployed of [closing("JPN"), gone]) {
      const revoked = await fetchWith(deployed, path, { method: "POST", headers: JSON_BY_KEY, body: "{}" });
      expect(revoked).toMatchObject({ status: 200, body: { is_locked_out: true } });
      expectProblem(await fetchWith(deployed, "/modes", { headers: bearer(access_token) }), 403, "player_revoked");
      const letIn = await fetchWith(deployed, path, { method: "DELETE", headers: KEY });
      expect(letIn).toMatchObject({ status: 200, body: { is_locked_out: false } });
    }
  });

  it("is told what became of its results, and is looked after by the watchdog", async () => {
    const told: string[] = [];
    const REGION = new Proxy(env.REGION, {
      get: (target, key) => (key === "getByName" ? (name: string) => toldRegion(name, told) : Reflect.get(target, key)),
    });
    const deployed = { ...env, ...closing("EUNE"), REGION };
    const result = { ...aResult(await registerPlayers(4, "EUNE")), region: "EUNE" };
    const message = { id: "1", timestamp: 0, attempts: 1, body: result };
    await worker.queue(createMessageBatch("match-results", [message]), deployed);
    expect(told).toEqual(["EUNE rated 1"]);
    const lost = { ...message, body: { ...aResult(await registerPlayers(4, "EUNE")), region: "ATLANTIS" } };
    await worker.queue(createMessageBatch("match-results", [lost]), deployed);
    expect(told).toHaveLength(1);
    await worker.scheduled({ cron: "*/5 * * * *", scheduledTime: Date.now(), noRetry: () => {} }, deployed);
    expect(told).toContain("EUNE wake");
  });

  it("lets nobody into its running matches any more", async () => {
    const { matchId, players } = await aRunningMatch("LAS");
    expect(await askBackfill(matchId, { replaces: [players[0]?.player_id] })).toMatchObject({ status: 200 });
    await reopened("LAS", async (region) => {
      expect((await region.backfillOf(matchId))?.backfill).toBeNull();
      expect(await region.askBackfill(matchId, {})).toEqual({ ok: false, refusal: { reason: "region_closed" } });
    });
  });
});

describe("a name that nobody knows", () => {
  it("is no region, closed or not: no object is made for it", async () => {
    const matchId = "01JBZ8M3T2X4V6C8B0N2M4K6H8-ATLANTIS";
    expectProblem(await fetchWith(closing("LAN"), `/matchmaking/match/${matchId}`), 404, "unknown_match");
  });

  it("takes no new players in, closed as it is", async () => {
    const body = JSON.stringify({ username: "ada", region: "LAN" });
    const init = { method: "POST", headers: { "content-type": "application/json" }, body };
    expectProblem(await fetchWith(closing("LAN"), "/players/register", init), 422, "unknown_region");
    const { player_id } = await register("LAN");
    const path = `/matchmaking/queue/${player_id}`;
    expectProblem(await fetchWith(closing("LAN"), path, { headers: KEY }), 409, "region_closed");
  });
});

function toldRegion(name: string, told: string[]) {
  return {
    rated: async (outcomes: readonly unknown[]) => void told.push(`${name} rated ${outcomes.length}`),
    wake: async () => void told.push(`${name} wake`),
  };
}

const JSON_BY_KEY = { ...KEY, "content-type": "application/json" };

function socketTo(region: string, token: string) {
  return fetchWith(closing(region), "/matchmaking/ws", { headers: socketHeaders(token) });
}
