import { describe, expect, it } from "vitest";
import { bearer, enqueue, expectProblem, get, KEY, post, register } from "./http-support.ts";
import { aWaitingPlayer, isGone, playersInLine } from "./lease-support.ts";
import { alarmOf, eventually, queuedPlayers, regionObject, restart, tick } from "./region-support.ts";
import { expireSockets, Listener, listeningPlayers } from "./socket-support.ts";

/** The mode of short times: a grace of 2 s, a lease of 5 s; both end on whole seconds. */
const BRIEF = { mode: "brief" };
const PAST_GRACE_MS = 3_500;
const PAST_LEASE_MS = 6_500;

describe("a place taken over a socket", () => {
  it("costs no alarm while the socket is open, nor after the region slept", async () => {
    const { player_id } = await aWaitingPlayer("EUW", BRIEF);
    expect(await alarmOf("EUW")).toBeNull();
    await restart("EUW");
    await scheduler.wait(PAST_GRACE_MS);
    expect(await alarmOf("EUW")).toBeNull();
    expect(await playersInLine("EUW")).toEqual([player_id]);
  });

  it("is kept for whoever is back within the grace: the same ticket, the same place", async () => {
    const { listener, access_token, ticket_id } = await aWaitingPlayer("EUNE", BRIEF);
    const before = await listener.hear("enqueue.receipt");
    listener.socket.close(1000);
    await eventually(async () => await alarmOf("EUNE"));
    const back = await Listener.connect(access_token);
    const queued = (await back.hear("state")).queued;
    expect(queued).toMatchObject({ ticket_id, enqueued_at: before.enqueued_at });
    await scheduler.wait(PAST_GRACE_MS);
    back.say({ type: "enqueue" });
    expect(await back.hear("enqueue.receipt")).toMatchObject({ ticket_id });
  });

  it("ends when the grace is over, and HTTP says so", async () => {
    const { listener, player_id } = await aWaitingPlayer("NA", BRIEF);
    listener.socket.close(1000);
    await eventually(() => isGone("NA", player_id));
    const { body } = await get(`/matchmaking/queue/${player_id}`, KEY);
    expect(body).toMatchObject({ enqueued: false, state: null });
  });

  it("outlives the loss of one of two sockets", async () => {
    const { listener, access_token, player_id } = await aWaitingPlayer("JPN", BRIEF);
    await Listener.connect(access_token);
    listener.socket.close(1000);
    await scheduler.wait(PAST_GRACE_MS);
    expect(await playersInLine("JPN")).toEqual([player_id]);
  });

  it("ends for the whole party, and those who are there hear why", async () => {
    const [leader, member] = await listeningPlayers("KR", 2);
    if (leader === undefined || member === undefined) throw new Error("two players");
    const party = await post("/parties", {}, bearer(leader.access_token));
    await post(`/parties/${party.body.code}/join`, {}, bearer(member.access_token));
    leader.listener.say({ type: "enqueue", ...BRIEF });
    await member.listener.hear("queue.joined");
    leader.listener.socket.close(1000);
    expect(await member.listener.hear("queue.left")).toMatchObject({ reason: "expired", by: null });
  });
});

describe("a region that comes back", () => {
  it("without its sockets gives those who queued over them their grace", async () => {
    const { player_id } = await aWaitingPlayer("OCE", BRIEF);
    await expireSockets("OCE", player_id);
    await restart("OCE");
    await regionObject("OCE").wake();
    expect(await alarmOf("OCE")).not.toBeNull();
    expect(await playersInLine("OCE")).toEqual([player_id]);
    await eventually(() => isGone("OCE", player_id));
  });

  it("because a socket closed while it slept, starts the grace", async () => {
    const { listener, player_id } = await aWaitingPlayer("BR", BRIEF);
    await restart("BR");
    listener.socket.close(1000);
    await eventually(() => isGone("BR", player_id));
  });
});

it("a socket that the region closes is a lost one", async () => {
  const { player_id } = await aWaitingPlayer("EUNE", BRIEF);
  await expireSockets("EUNE", player_id);
  await regionObject("EUNE").wake();
  await eventually(() => isGone("EUNE", player_id));
});

describe("a place that a player took over HTTP", () => {
  it("is kept by status calls, over a sleep too, and ends without them", async () => {
    const { player_id, access_token } = await register("LAS");
    await post("/matchmaking/queue", { player_id, ...BRIEF }, bearer(access_token));
    for (let call = 1; call <= 4; call += 1) {
      await scheduler.wait(2_000);
      if (call === 2) await restart("LAS");
      const { body } = await get(`/matchmaking/queue/${player_id}`, bearer(access_token));
      expect(body).toMatchObject({ enqueued: true });
    }
    await eventually(() => isGone("LAS", player_id));
  });
});

describe("a place that the system took", () => {
  it("is kept without a sign of life and without an alarm", async () => {
    const { player_id } = await register("LAN");
    await enqueue(player_id, BRIEF);
    expect(await alarmOf("LAN")).toBeNull();
    await scheduler.wait(PAST_LEASE_MS);
    expect(await playersInLine("LAN")).toEqual([player_id]);
  });

  it("ends like any other with the lease that the system asked for", async () => {
    const { player_id } = await register("CHN");
    expect((await enqueue(player_id, { lease_s: 5 })).status).toBe(200);
    await scheduler.wait(3_000);
    expect(await playersInLine("CHN")).toEqual([player_id]);
    await eventually(() => isGone("CHN", player_id));
  });

  it("is the only one that may say how long", async () => {
    const { player_id, access_token } = await register("CHN");
    const own = await post("/matchmaking/queue", { player_id, lease_s: 60 }, bearer(access_token));
    expectProblem(own, 403, "system_only");
    for (const lease_s of [4, 86_401, 7.5, "60"]) {
      const refused = await enqueue(player_id, { lease_s });
      expectProblem(refused, 422, "invalid_input");
      expect(refused.body.errors).toMatchObject([{ pointer: "/lease_s" }]);
    }
  });
});

it("whoever lost their socket is not matched before they are back", async () => {
  const { listener, access_token, player_id } = await aWaitingPlayer("CHN", { mode: "2v2" });
  listener.socket.close(1000);
  await eventually(() => alarmOf("CHN"));
  const others = await queuedPlayers("CHN", 3);
  await tick("CHN");
  expect((await playersInLine("CHN")).sort()).toEqual([player_id, ...others].sort());
  const back = await Listener.connect(access_token);
  expect((await back.hear("state")).queued).not.toBeNull();
  expect((await back.hear("match.found")).match.mode).toBe("2v2");
});
