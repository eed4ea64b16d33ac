import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/core/limits.ts";
import { enqueue, get, KEY, post, register, remove } from "./http-support.ts";
import type { Somebody } from "./party-support.ts";
import { aParty } from "./party-support.ts";
import { exportedMatch, queuedPlayers, tick } from "./region-support.ts";
import type { ListeningPlayer } from "./socket-support.ts";
import { connectWith, Listener, listeningPlayers, socketHeaders } from "./socket-support.ts";

describe("whoever connects", () => {
  it("is told first where they stand, and of the subprotocols only muster.v1 comes back", async () => {
    const { access_token, player_id } = await register("EUW");
    const response = await connectWith(socketHeaders(access_token));
    expect(response.status).toBe(101);
    expect(response.headers.get("sec-websocket-protocol")).toBe("muster.v1");
    const listener = new Listener(response.webSocket as WebSocket);
    expect(await listener.hear("state")).toEqual({
      type: "state",
      seq: expect.any(Number),
      player_id,
      region: "EUW",
      queued: null,
      proposed: null,
      cool_down: null,
      matched: null,
      connection: null,
      last_match: null,
      party: null,
    });
    expect(listener.types()).toEqual(["state"]);
  });

  it("while in line gets what the HTTP API says of their place", async () => {
    const { access_token, player_id } = await register("EUW");
    await enqueue(player_id);
    const { body } = await get(`/matchmaking/queue/${player_id}`, KEY);
    const { queued } = (await Listener.connect(access_token)).all("state")[0] ?? {};
    const { ticket_id, mode, enqueued_at, party } = body;
    expect(queued).toMatchObject({ ticket_id, mode, enqueued_at, party });
    expect(Object.keys(queued?.explain ?? {})).toEqual(Object.keys(body.explain as object));
  });
});

describe("four players with sockets", () => {
  it("queue through them, are told of their match at once, and of its end with their new ratings", async () => {
    const players = await listeningPlayers("NA", 4);
    for (const [index, { listener }] of players.entries()) {
      listener.say({ type: "enqueue", ref: `call ${index}` });
      expect(await listener.hear("enqueue.receipt")).toMatchObject({ mode: "2v2", ref: `call ${index}` });
    }
    await tick("NA");
    const found = await Promise.all(players.map(({ listener }) => listener.hear("match.found")));
    const matchId = found[0]?.match.match_id ?? "";
    const { body: match } = await get(`/matchmaking/match/${matchId}`);
    for (const { match: told } of found) expect(told).toEqual(match);

    await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
    for (const { player_id, listener } of players) {
      const finished = await listener.hear("match.finished");
      expect(finished.match).toMatchObject({
        match_id: matchId,
        status: "finished",
        placements: { teamA: 1, teamB: 2 },
      });
      const { body: profile } = await get(`/players/player/${player_id}`);
      const { mu, sigma, conservative_rating } = profile;
      expect(finished.rating).toEqual({ mu, sigma, conservative_rating });
      expect(listener.types()).toEqual(["state", "queue.joined", "enqueue.receipt", "match.found", "match.finished"]);
    }
    await exportedMatch(matchId, "finished");
  });
});

describe("several sockets of a player", () => {
  it("are told the same under the same number, and the answer goes to the one that asked", async () => {
    const { access_token } = await register("KR");
    const [asking, other] = [await Listener.connect(access_token), await Listener.connect(access_token)];
    asking.say({ type: "enqueue" });
    await asking.hear("enqueue.receipt");
    expect(await other.hear("queue.joined")).toEqual(await asking.hear("queue.joined"));
    expect(other.types()).toEqual(["state", "queue.joined"]);
  });

  it("of too many the oldest is closed, with its reason", async () => {
    const { access_token } = await register("KR");
    const listeners: Listener[] = [];
    for (let index = 0; index <= LIMITS.socketsPerPlayer; index += 1)
      listeners.push(await Listener.connect(access_token));
    const [oldest, ...others] = listeners;
    expect(await oldest?.closed()).toMatchObject({ code: 4002, reason: expect.stringMatching(/./) });
    others.at(-1)?.say({ type: "cancel" });
    await others.at(-1)?.hear("cancel.receipt");
    expect(others.map(({ closing }) => closing)).toEqual(others.map(() => null));
  });
});

describe("a cancel gets exactly one receipt", () => {
  it("dequeued, or not queued", async () => {
    const [player] = await listeningPlayers("JPN", 1);
    const { listener } = player as ListeningPlayer;
    listener.say({ type: "cancel", ref: "too early" });
    expect(await listener.hear("cancel.receipt")).toMatchObject({
      ref: "too early",
      outcome: "not_queued",
      match: null,
    });
    listener.say({ type: "enqueue" });
    const { ticket_id } = await listener.hear("enqueue.receipt");
    listener.say({ type: "cancel" });
    expect(await listener.hear("cancel.receipt", 2)).toMatchObject({ outcome: "dequeued", ticket_id, match: null });
    const left = { reason: "cancelled", by: player?.player_id, ticket_id };
    expect(await listener.hear("queue.left")).toMatchObject(left);
  });

  it("already matched, with the match", async () => {
    const [player] = await listeningPlayers("CHN", 1);
    const { listener, player_id } = player as ListeningPlayer;
    await queuedPlayers("CHN", 3);
    await enqueue(player_id);
    await tick("CHN");
    const { match } = await listener.hear("match.found");
    listener.say({ type: "cancel" });
    expect(await listener.hear("cancel.receipt")).toMatchObject({ outcome: "matched", ticket_id: null, match });
    expect((await remove(`/matchmaking/queue/${player_id}`, KEY)).body).toMatchObject({ match_id: match.match_id });
    expect(listener.all("queue.left")).toEqual([]);
  });

  it("that agrees with what happened, however it races with the tick", async () => {
    const players = await listeningPlayers("OCE", 4);
    const [canceller] = players as [ListeningPlayer];
    for (let round = 1; round <= 15; round += 1) {
      for (const { player_id } of players) await enqueue(player_id);
      canceller.listener.say({ type: "cancel" });
      await tick("OCE");
      const receipt = await canceller.listener.hear("cancel.receipt", round);
      const { body } = await get(`/matchmaking/queue/${canceller.player_id}`, KEY);
      expect(body.match_id).toBe(receipt.match?.match_id ?? null);
      expect(canceller.listener.all("match.found").at(-1)?.match.match_id === body.match_id).toBe(
        body.match_id !== null,
      );
      expect(receipt.outcome).toBe(body.match_id === null ? "dequeued" : "matched");
      if (receipt.match !== null) await report(receipt.match.match_id);
      for (const { player_id } of players) await remove(`/matchmaking/queue/${player_id}`, KEY);
    }
  });

  it("by the game's key tells the player that the system did it", async () => {
    const [player] = await listeningPlayers("JPN", 1);
    const { listener, player_id } = player as ListeningPlayer;
    await enqueue(player_id);
    await remove(`/matchmaking/queue/${player_id}`, KEY);
    expect(await listener.hear("queue.left")).toMatchObject({ reason: "cancelled", by: null });
  });
});

describe("a party with sockets", () => {
  it("hears who joins, queues, cancels and leaves, and that it is no more", async () => {
    const { party, members, listeners } = await aListeningParty("BR", 2);
    const [leader, member] = members as [Somebody, Somebody];
    const [ofLeader, ofMember] = listeners as [Listener, Listener];
    ofLeader.say({ type: "enqueue" });
    await ofLeader.hear("enqueue.receipt");
    expect(await ofMember.hear("queue.joined")).toMatchObject({
      party: { code: party.code, leader_id: leader.id, players: [leader.id, member.id] },
    });
    expect(await ofMember.hear("party.changed")).toMatchObject({ event: "queued", party: { code: party.code } });

    ofMember.say({ type: "cancel" });
    expect(await ofMember.hear("cancel.receipt")).toMatchObject({ outcome: "dequeued" });
    for (const listener of listeners) {
      expect(await listener.hear("queue.left")).toMatchObject({ reason: "cancelled", by: member.id });
    }

    await post(`/parties/${party.code}/leave`, {}, member.own);
    for (const listener of listeners) {
      expect(await listener.hear("party.changed", 2)).toMatchObject({
        event: "left",
        party: { members: [{ player_id: leader.id }] },
      });
    }
    await remove(`/parties/${party.code}`, leader.own);
    expect(await ofLeader.hear("party.ended")).toMatchObject({ code: party.code, reason: "disbanded" });
    expect(ofMember.all("party.ended")).toEqual([]);
  });

  it("shows in the state of whoever connects", async () => {
    const { party, members, listeners } = await aListeningParty("BR", 2);
    for (const listener of listeners) expect((await listener.hear("state")).party).toEqual(party);
    listeners[1]?.say({ type: "enqueue" });
    expect(await listeners[1]?.hear("problem")).toMatchObject({
      reason: "in_party",
      status: 409,
      party_code: party.code,
    });
    expect(members).toHaveLength(2);
  });
});

function report(matchId: string) {
  return post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
}

async function aListeningParty(region: string, size: number) {
  const { party, members } = await aParty(region, size);
  const listeners: Listener[] = [];
  for (const { own } of members) listeners.push(await Listener.connect(own.authorization.replace("Bearer ", "")));
  return { party, members, listeners };
}
