import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { playAllocator } from "../integration/allocator-support.ts";
import { enqueue, get, KEY, post, register } from "../integration/http-support.ts";
import { tickUntil } from "../integration/ready-check-support.ts";
import { eventually, exportedMatch, regionObject, tick } from "../integration/region-support.ts";
import { ratingsOf, replay } from "../integration/results-support.ts";
import { ageOf, LAST_RELEASE, movedBy } from "./last-release.ts";
import { restoreDatabase, storedNow, wakeOnOldTables } from "./restore.ts";

const { scene, region } = LAST_RELEASE;
const idsOf = (players: readonly { readonly id: string }[]) => players.map(({ id }) => id);

// A match of the record waits for its game server: the region asks for one.
beforeAll(() => {
  playAllocator(region, () => new Response(null, { status: 503 }));
});

describe("a region that wakes on the tables of the last release", () => {
  let byMs = 0;
  beforeEach(async () => {
    byMs = ageOf();
    await restoreDatabase(byMs);
    await wakeOnOldTables(byMs);
  });

  it("has everybody and everything where it was", async () => {
    const before = movedBy(LAST_RELEASE.regionTables.rows, byMs);
    const now = await storedNow();
    // Those whose sockets the deploy closed have a while to come back: their clocks start.
    for (const table of ["tickets", "matches", "parties", "cool_downs", "backfills"])
      expect({ table, rows: withoutClocks(now[table]) }).toEqual({ table, rows: withoutClocks(before[table]) });
    expect(now.proposals).toHaveLength(2);
    const bound = [...scene.asked.players, ...scene.repairing.players.slice(0, 3), ...scene.together, ...scene.friends];
    for (const { id } of [...bound, scene.alone]) expect(await stateOf(id)).toMatchObject({ type: "queued" });
    for (const { matchId, players } of [scene.pending, scene.hosted, scene.unhosted]) {
      for (const { id } of players)
        expect(await stateOf(id)).toMatchObject({ type: "matched", match: { matchId, status: "pending" } });
    }
    for (const { id } of [...scene.reporting.players, ...scene.newcomers, ...scene.idlers.players])
      expect(await stateOf(id)).toMatchObject({ type: "free" });
  });

  it("makes the match of a ready check that was open, and lets somebody else into one that lost a player", async () => {
    const [, , third, fourth] = idsOf(scene.asked.players);
    for (const playerId of [third, fourth]) await answer(scene.asked.matchId, playerId ?? "");
    for (const { id } of scene.asked.players)
      expect(await stateOf(id)).toMatchObject({ type: "matched", match: { matchId: scene.asked.matchId } });
    const newcomer = scene.newcomers[0]?.id ?? "";
    await enqueue(newcomer, { mode: "asking" });
    await tickUntil(region, async () => (await statusOf(newcomer)).ready_check ?? null);
    for (const { id } of scene.repairing.players.slice(0, 3)) await answer(scene.repairing.matchId, id);
    await answer(scene.repairing.matchId, newcomer);
    expect(await stateOf(newcomer)).toMatchObject({ type: "matched", match: { matchId: scene.repairing.matchId } });
  });

  it("rates what was reported, what is reported now, and what had failed; ratings equal the replay", async () => {
    await exportedMatch(scene.reporting.matchId, "finished");
    for (const { matchId } of [scene.pending, scene.seeking, scene.abandoned]) {
      expect(await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamB" }, KEY)).toMatchObject({
        status: 200,
      });
      await exportedMatch(matchId, "finished");
    }
    expect(await post(`/matchmaking/match/${scene.failed.matchId}/redrive`, {}, KEY)).toMatchObject({ status: 200 });
    await exportedMatch(scene.failed.matchId, "finished");
    const played = [scene.finished, scene.reporting, scene.pending, scene.seeking, scene.failed];
    const players = played.flatMap((match) => idsOf(match.players));
    const stored = await ratingsOf(players);
    for (const [playerId, { mu, sigma }] of await replay(players))
      expect(stored.get(playerId)).toMatchObject({ mu, sigma });
    const left = await eventually(async () => {
      const { matches = [] } = await storedNow();
      return matches.every(({ status }) => status !== "reporting") ? matches : null;
    });
    expect(left.map(({ status }) => status).sort()).toEqual(["cancelled", "pending", "pending", "pending"]);
  });

  it("matches who comes now with whom it knew, fills the open place, and gives the waiting match its server", async () => {
    const newcomers = [await register(region), await register(region), await register(region)];
    await enqueue(newcomers[0]?.player_id ?? "", { mode: "2v2" });
    const joined = await tickUntil(region, async () => matchOf(newcomers[0]?.player_id ?? ""));
    expect(joined).toBe(scene.seeking.matchId);
    const [leader, member] = scene.idlers.players;
    await enqueue(leader?.id ?? "", { mode: "2v2", party: idsOf(scene.idlers.players) });
    for (const { player_id } of newcomers.slice(1)) await enqueue(player_id, { mode: "2v2" });
    const matchId = await tickUntil(region, async () => matchOf(member?.id ?? ""));
    expect(await exportedMatch(matchId, "pending")).toMatchObject({ region });
    const connection = { host: "203.0.113.9" };
    const path = `/matchmaking/match/${scene.unhosted.matchId}/assignment`;
    expect(await post(path, { connection }, KEY)).toMatchObject({ status: 200 });
    expect(await statusOf(scene.unhosted.players[0]?.id ?? "")).toMatchObject({ connection });
    expect(await statusOf(scene.hosted.players[0]?.id ?? "")).toMatchObject({ connection: { host: "203.0.113.7" } });
  });

  it("finds nothing wrong with its books", async () => {
    await tick(region);
    for (const { id } of [scene.alone, ...scene.together]) await regionObject(region).cancel(id);
    const bad = await eventually(async () => {
      await tick(region);
      const { body } = await get<string>("/metrics", KEY);
      return body.match(/^muster_invariant_violations_total\{.*region="NA".*$/gm);
    });
    expect(bad.filter((line) => !line.endsWith(" 0"))).toEqual([]);
  });
});

it("a region that slept for a year lets go of everybody, and still has their results", async () => {
  const byMs = ageOf(365 * 86_400_000);
  await restoreDatabase(byMs);
  await wakeOnOldTables(byMs);
  // After waking everybody has some seconds to come back. A look at a player would be a sign of life.
  const holds = [scene.alone, ...scene.friends].map(({ id }) => id);
  await tickUntil(region, async () => {
    const { tickets } = await storedNow();
    return holds.some((id) => JSON.stringify(tickets).includes(id)) ? null : "gone";
  });
  for (const { id } of scene.pending.players) expect(await stateOf(id)).toMatchObject({ type: "free" });
  const now = await storedNow();
  expect(now.parties).toEqual([]);
  const { status } = (await get<{ status: string }>(`/matchmaking/match/${scene.reporting.matchId}`)).body;
  expect(["rating_failed", "reporting", "finished"]).toContain(status);
});

function withoutClocks(rows: readonly Readonly<Record<string, unknown>>[] = []): unknown[] {
  return rows.map(({ clocks: _, ...row }) => row);
}

async function answer(matchId: string, player_id: string): Promise<void> {
  const { round } = (await statusOf(player_id)).ready_check as { round: number };
  expect(await post(`/matchmaking/match/${matchId}/accept`, { player_id, round }, KEY)).toMatchObject({ status: 200 });
}

async function statusOf(playerId: string): Promise<Record<string, unknown>> {
  return (await get(`/matchmaking/queue/${playerId}`, KEY)).body;
}

async function matchOf(playerId: string): Promise<string | null> {
  const state = await stateOf(playerId);
  return state.type === "matched" ? state.match.matchId : null;
}

function stateOf(playerId: string) {
  return regionObject(region).stateOf(playerId, true);
}
