import { runInDurableObject } from "cloudflare:test";
import { afterEach, describe, expect, it, vi } from "vitest";
import { holderOf } from "../../src/region/socket-holder.ts";
import { enqueue, get, KEY, post, remove } from "./http-support.ts";
import { alarmOf, eventually, exportedMatch, queuedPlayers, regionObject, restart, tick } from "./region-support.ts";
import type { ListeningPlayer } from "./socket-support.ts";
import { Listener, listeningPlayers } from "./socket-support.ts";

afterEach(() => {
  vi.restoreAllMocks();
});

async function aPlayerWithSocket(region: string): Promise<ListeningPlayer> {
  const [player] = await listeningPlayers(region, 1);
  return player as ListeningPlayer;
}

describe("open sockets over an idle queue", () => {
  it("cost nothing: no alarm, no timer that goes on, no work that is not done", async () => {
    const running = new Set<unknown>();
    const { setTimeout: start, clearTimeout: clear, setInterval: repeat } = globalThis;
    vi.spyOn(globalThis, "setTimeout").mockImplementation((callback: () => void, ms?: number) => {
      const timer = start(() => {
        running.delete(timer);
        callback();
      }, ms);
      running.add(timer);
      return timer;
    });
    vi.spyOn(globalThis, "clearTimeout").mockImplementation((timer) => {
      running.delete(timer);
      clear(timer);
    });
    const intervals = vi.spyOn(globalThis, "setInterval").mockImplementation(repeat);
    const works: Promise<unknown>[] = [];
    await regionObject("EUW").wake();
    await runInDurableObject(regionObject("EUW"), (_, state) => {
      const waitUntil = state.waitUntil.bind(state);
      vi.spyOn(state, "waitUntil").mockImplementation((work) => {
        works.push(work);
        waitUntil(work);
      });
    });

    const players = await listeningPlayers("EUW", 5);
    for (const { listener } of players) {
      listener.say({ type: "cancel" });
      await listener.hear("cancel.receipt");
    }
    await Promise.all(works);
    expect(works.length).toBeGreaterThan(0);
    expect(await alarmOf("EUW")).toBeNull();
    expect([...running]).toEqual([]);
    expect(intervals).not.toHaveBeenCalled();
  });

  it("write no row", async () => {
    const rowsOf = () =>
      runInDurableObject(regionObject("EUNE"), (_, { storage }) => {
        const tables = ["tickets", "matches", "parties", "meta"];
        return tables.map((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray());
      });
    await regionObject("EUNE").wake();
    const before = await rowsOf();
    const { listener } = await aPlayerWithSocket("EUNE");
    listener.say({ type: "cancel" });
    await listener.hear("cancel.receipt");
    expect(await rowsOf()).toEqual(before);
  });
});

describe("a region that slept", () => {
  it("still knows its sockets by player, with their tokens' expiry", async () => {
    const { player_id } = await aPlayerWithSocket("NA");
    const holders = () =>
      runInDurableObject(regionObject("NA"), (_, state) => state.getWebSockets(player_id).map(holderOf));
    const before = await holders();
    expect(before).toMatchObject([{ playerId: player_id }]);
    await restart("NA");
    expect(await holders()).toEqual(before);
  });

  it("goes on telling them, with numbers that only grow", async () => {
    const { listener, player_id } = await aPlayerWithSocket("NA");
    for (let count = 1; count <= 3; count += 1) {
      await enqueue(player_id);
      await listener.hear("queue.joined", count);
      await restart("NA");
      await remove(`/matchmaking/queue/${player_id}`, KEY);
      await listener.hear("queue.left", count);
      await restart("NA");
    }
    const numbers = listener.heard.map(({ seq }) => seq);
    expect(numbers).toEqual([...new Set(numbers)].toSorted((one, other) => one - other));
  });

  it("takes messages from them", async () => {
    const { listener } = await aPlayerWithSocket("NA");
    await restart("NA");
    listener.say({ type: "enqueue" });
    await listener.hear("enqueue.receipt");
    await restart("NA");
    listener.say({ type: "cancel" });
    expect(await listener.hear("cancel.receipt")).toMatchObject({ outcome: "dequeued" });
  });
});

describe("whoever was away", () => {
  it("finds the match that was made meanwhile, and then how it went, also after the region forgot", async () => {
    const { listener, player_id, access_token } = await aPlayerWithSocket("KR");
    await enqueue(player_id);
    await listener.hear("queue.joined");
    listener.socket.close(1000);
    await queuedPlayers("KR", 3);
    await eventually(async () => {
      await tick("KR");
      return (await regionObject("KR").stateOf(player_id)).type === "matched" ? true : null;
    });
    const back = await (await Listener.connect(access_token)).hear("state");
    const match = back.matched;
    expect(match).toMatchObject({ status: "pending", players: expect.any(Object) });
    expect(back.last_match).toBeNull();
    const matchId = match?.match_id ?? "";

    await post(`/matchmaking/match/${matchId}/result`, { placements: { teamA: 1, teamB: 1 } }, KEY);
    await exportedMatch(matchId, "finished");
    const { body: profile } = await get(`/players/player/${player_id}`);
    const finished = async () => {
      const { matched, last_match } = await (await Listener.connect(access_token)).hear("state");
      return matched === null && last_match?.rating ? last_match : null;
    };
    const fromMemory = await eventually(finished);
    expect(fromMemory).toMatchObject({
      match: { match_id: matchId, status: "finished", placements: { teamA: 1, teamB: 1 } },
      rating: { mu: profile.mu, sigma: profile.sigma },
    });
    await restart("KR");
    const fromD1 = await eventually(finished);
    expect(fromD1.rating).toEqual(fromMemory.rating);
    const { body: shown } = await get(`/matchmaking/match/${matchId}`);
    expect(fromD1.match).toEqual(shown);
  });

  it("sees a match whose result is not rated yet as their last one, without a rating", async () => {
    const { listener, player_id, access_token } = await aPlayerWithSocket("JPN");
    await queuedPlayers("JPN", 3);
    await enqueue(player_id);
    await tick("JPN");
    const { match } = await listener.hear("match.found");
    const { body } = await get(`/matchmaking/match/${match.match_id}`);
    await regionObject("JPN").report(match.match_id, { winnerTeam: "teamA" });
    const state = await (await Listener.connect(access_token)).hear("state");
    expect(state.matched).toBeNull();
    expect(state.last_match?.match.match_id).toBe(body.match_id);
    expect(["reporting", "finished"]).toContain(state.last_match?.match.status);
  });
});
