import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { Ticket } from "../../src/core/ticket.ts";
import type { Standing } from "../../src/region/rpc.ts";
import {
  aCall,
  alarmOf,
  exportedMatch,
  playersInMatch,
  queuedPlayers,
  regionObject,
  restart,
  tick,
} from "./region-support.ts";
import { changesOf, registerPlayers } from "./results-support.ts";

// Every test has a region of its own: storage is shared within a file.
const regions = ["EUW", "EUNE", "NA", "CHN", "JPN", "KR", "OCE", "BR", "LAS", "LAN"];
function aRegion(): string {
  const name = regions.shift();
  if (name === undefined) throw new Error("more tests than regions; add a file");
  return name;
}

async function waitingTicket(region: string, playerId: string): Promise<Ticket> {
  const standing: Standing = await regionObject(region).stateOf(playerId);
  if (standing.type !== "queued") throw new Error(`${playerId} is ${standing.type}`);
  return standing.ticket;
}

describe("four queued players", () => {
  it("are in one match that D1 shows as pending, and after the result as finished and rated", async () => {
    const region = aRegion();
    const { players, matchId } = await playersInMatch(region);
    for (const playerId of players) {
      expect(await regionObject(region).stateOf(playerId)).toMatchObject({ type: "matched", match: { matchId } });
    }
    expect(await exportedMatch(matchId, "pending")).toMatchObject({ region, mode: "2v2", rated: 0 });

    const reported = await regionObject(region).report(matchId, { winnerTeam: "teamA" });
    expect(reported).toMatchObject({ ok: true, value: { status: "reporting" } });
    await exportedMatch(matchId, "finished");
    expect(await changesOf(players)).toHaveLength(4);
  });

  it("are free to queue again as soon as the result is in", async () => {
    const region = aRegion();
    const { players, matchId } = await playersInMatch(region);
    await regionObject(region).report(matchId, { winnerTeam: "teamB" });
    for (const playerId of players) {
      expect(await regionObject(region).enqueue(aCall(playerId))).toMatchObject({ ok: true });
    }
  });
});

describe("a lone waiting player", () => {
  it("arms no alarm and writes one row", async () => {
    const region = aRegion();
    const [playerId = ""] = await queuedPlayers(region, 1);
    expect(await alarmOf(region)).toBeNull();
    const rows = await runInDurableObject(regionObject(region), (_, state) =>
      state.storage.sql.exec("SELECT count(*) AS tickets FROM tickets").one(),
    );
    expect(rows).toEqual({ tickets: 1 });
    expect(await regionObject(region).stateOf(playerId)).toMatchObject({ type: "queued" });
  });
});

describe("after a restart", () => {
  it("a ticket keeps its place in line", async () => {
    const region = aRegion();
    const [playerId = ""] = await queuedPlayers(region, 1);
    const before = await waitingTicket(region, playerId);
    await restart(region);
    expect(await waitingTicket(region, playerId)).toEqual(before);
  });

  it("a live match still holds its players and can be reported", async () => {
    const region = aRegion();
    const { players, matchId } = await playersInMatch(region);
    await restart(region);
    expect(await regionObject(region).enqueue(aCall(players[0] ?? ""))).toMatchObject({
      refusal: { reason: "in_match", matchId },
    });
    await regionObject(region).report(matchId, { winnerTeam: "teamA" });
    await exportedMatch(matchId, "finished");
  });

  it("a released player is not freed, re-queued or told when the old match ends", async () => {
    const region = aRegion();
    const { players, matchId } = await playersInMatch(region);
    const [released = ""] = players;
    const queued = await regionObject(region).enqueue(aCall(released, { isSystem: true, release: true }));
    expect(queued).toMatchObject({ ok: true });
    const waiting = await waitingTicket(region, released);
    await restart(region);
    await regionObject(region).report(matchId, { winnerTeam: "teamA" });
    await exportedMatch(matchId, "finished");
    expect(await waitingTicket(region, released)).toEqual(waiting);
    // Rated all the same: it played.
    expect(await changesOf([released])).toHaveLength(1);
  });
});

describe("the watchdog", () => {
  it("gives a region that lost its alarm a new one", async () => {
    const region = aRegion();
    await playersInMatch(region);
    await runInDurableObject(regionObject(region), (_, state) => state.storage.deleteAlarm());
    await regionObject(region).wake();
    expect(await alarmOf(region)).not.toBeNull();
  });
});

describe("a player of another region", () => {
  it("is sent there, and an unknown one refused", async () => {
    const region = aRegion();
    const [playerId = ""] = await registerPlayers(1, "SOMEWHERE");
    expect(await regionObject(region).enqueue(aCall(playerId))).toMatchObject({
      refusal: { reason: "elsewhere", region: "SOMEWHERE" },
    });
    expect(await regionObject(region).enqueue(aCall("nobody"))).toMatchObject({
      refusal: { reason: "unknown_player" },
    });
    expect(await tick(region)).toBe(false);
  });
});

describe("a match whose result cannot be rated", () => {
  it("is listed with its reason, and rated after the cause is mended and an operator redrives it", async () => {
    const region = aRegion();
    const { players, matchId } = await playersInMatch(region);
    const [erased = ""] = players;
    await env.DB.prepare("DELETE FROM players WHERE player_id = ?").bind(erased).run();
    await regionObject(region).report(matchId, { winnerTeam: "teamA" });
    await exportedMatch(matchId, "rating_failed");
    expect(await regionObject(region).failedMatches()).toMatchObject([{ matchId, failure: "unknown_player" }]);

    await env.DB.prepare("INSERT INTO players VALUES (?, 'back', ?, 0)").bind(erased, region).run();
    expect(await regionObject(region).redrive(matchId)).toMatchObject({ ok: true });
    await exportedMatch(matchId, "finished");
    expect(await changesOf(players)).toHaveLength(4);
    expect(await regionObject(region).failedMatches()).toEqual([]);
  });
});
