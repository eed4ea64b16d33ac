import { describe, expect, it } from "vitest";
import { bearer, enqueue, get, KEY, post, register } from "./http-support.ts";
import { ageClocks, aWaitingPlayer, isGone, playersInLine, storedClocks } from "./lease-support.ts";
import { alarmOf, eventually, regionObject, restart, tick } from "./region-support.ts";
import { expireSockets, Listener, listeningPlayers } from "./socket-support.ts";

/** The default mode: a grace of 30 s and a lease of 120 s, so that one that begins whole outlasts any of these tests. */
const PATIENT = { mode: "2v2" };
const PAST_LEASE_MS = 200_000;

async function isAway(region: string): Promise<true | null> {
  return (await storedClocks(region)).some((clock) => clock.isAway) ? true : null;
}

describe("a region that sleeps between the last sign of life and the lease's end", () => {
  it("ends the ticket of a player whose socket was lost when its alarm wakes it", async () => {
    const { listener, player_id } = await aWaitingPlayer("EUW", PATIENT);
    listener.socket.close(1000);
    await eventually(() => isAway("EUW"));
    expect(await alarmOf("EUW")).not.toBeNull();
    await ageClocks("EUW", PAST_LEASE_MS);
    await restart("EUW");
    await tick("EUW");
    expect(await playersInLine("EUW")).toEqual([player_id]);
    await eventually(() => isGone("EUW", player_id));
  });

  it("ends the ticket of a player who queued over HTTP and calls no more", async () => {
    const { player_id, access_token } = await register("NA");
    await post("/matchmaking/queue", { player_id, ...PATIENT }, bearer(access_token));
    expect(await storedClocks("NA")).toMatchObject([{ playerId: player_id, isAway: false }]);
    await ageClocks("NA", PAST_LEASE_MS);
    await restart("NA");
    await tick("NA");
    await eventually(() => isGone("NA", player_id));
  });

  it("ends the ticket of a party when the one who is gone did not take the place", async () => {
    const [leader, member] = await listeningPlayers("KR", 2);
    if (leader === undefined || member === undefined) throw new Error("two players");
    const party = await post("/parties", {}, bearer(leader.access_token));
    await post(`/parties/${party.body.code}/join`, {}, bearer(member.access_token));
    leader.listener.say({ type: "enqueue", ...PATIENT });
    await member.listener.hear("queue.joined");
    member.listener.socket.close(1000);
    await eventually(() => isAway("KR"));
    await ageClocks("KR", PAST_LEASE_MS);
    await restart("KR");
    await tick("KR");
    expect(await leader.listener.hear("queue.left")).toMatchObject({ reason: "expired", by: null });
  });

  it("lets whoever calls in time keep their place", async () => {
    const { player_id, access_token } = await register("JPN");
    await post("/matchmaking/queue", { player_id, ...PATIENT }, bearer(access_token));
    await ageClocks("JPN", PAST_LEASE_MS);
    await restart("JPN");
    await get(`/matchmaking/queue/${player_id}`, bearer(access_token));
    const [clock] = await storedClocks("JPN");
    expect(clock?.heardAtMs).toBeGreaterThan(Date.now() - 60_000);
    await restart("JPN");
    await tick("JPN");
    await scheduler.wait(7_000);
    expect(await playersInLine("JPN")).toEqual([player_id]);
  });
});

describe("a region that comes back without its sockets", () => {
  it("stores when the grace of those who had one began, and does not begin it again", async () => {
    const { player_id } = await aWaitingPlayer("OCE", PATIENT);
    expect(await storedClocks("OCE")).toEqual([]);
    await expireSockets("OCE", player_id);
    await restart("OCE");
    await regionObject("OCE").wake();
    const began = await storedClocks("OCE");
    expect(began).toMatchObject([{ playerId: player_id, isAway: true }]);
    await restart("OCE");
    await regionObject("OCE").wake();
    expect(await storedClocks("OCE")).toEqual(began);
  });
});

describe("what is stored of a player whose socket was lost", () => {
  it("goes when they are back", async () => {
    const { listener, access_token } = await aWaitingPlayer("BR", PATIENT);
    listener.socket.close(1000);
    await eventually(() => isAway("BR"));
    await Listener.connect(access_token);
    expect(await storedClocks("BR")).toEqual([]);
  });

  it("is changed by their own status call, and not by the system's", async () => {
    const { listener, access_token, player_id } = await aWaitingPlayer("LAN", PATIENT);
    listener.socket.close(1000);
    await eventually(() => isAway("LAN"));
    const lost = await storedClocks("LAN");
    await get(`/matchmaking/queue/${player_id}`, KEY);
    await enqueue(player_id);
    expect(await storedClocks("LAN")).toEqual(lost);
    await get(`/matchmaking/queue/${player_id}`, bearer(access_token));
    expect(await storedClocks("LAN")).toMatchObject([{ playerId: player_id, isAway: false }]);
  });

  it("is there also when the loss is noticed only because they are told something", async () => {
    const [player] = await listeningPlayers("LAS", 1);
    const playerId = player?.player_id ?? "";
    await expireSockets("LAS", playerId);
    await enqueue(playerId);
    expect(await storedClocks("LAS")).toMatchObject([{ playerId, isAway: true }]);
  });
});
