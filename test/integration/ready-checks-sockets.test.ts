import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { get, KEY, post, remove } from "./http-support.ts";
import { accept, askedPlayers, queueUp, statusOf, tickUntil } from "./ready-check-support.ts";
import { eventually, regionObject } from "./region-support.ts";
import type { ListeningPlayer } from "./socket-support.ts";
import { Listener, listeningPlayers } from "./socket-support.ts";

async function onePlayer(region: string): Promise<ListeningPlayer> {
  const [player] = await listeningPlayers(region, 1);
  return player as ListeningPlayer;
}

describe("a ready check over sockets", () => {
  it("asks all, repairs when one declines, asks only the newcomer, and is the match when all have accepted", async () => {
    const { players, matchId } = await askedPlayers("EUW");
    const [ann, bob, cay, dan] = players;
    const [prompt] = ann.listener.all("match.proposed");
    expect(prompt).toMatchObject({ match_id: matchId, round: 1, mode: "asking", cool_down_s: 30 });
    expect(prompt?.accept_within_s).toBeLessThanOrEqual(12);
    for (const player of [ann, bob, cay]) await accept(player, matchId);

    dan.listener.say({ type: "ack", match_id: matchId, round: 1 });
    dan.listener.say({ type: "decline", match_id: matchId, round: 1, ref: "no" });
    const receipt = await dan.listener.hear("decline.receipt");
    expect(receipt).toMatchObject({
      match_id: matchId,
      round: 1,
      ref: "no",
      cool_down: { seconds: expect.closeTo(30, 0), offences: 1 },
    });
    const left = await dan.listener.hear("queue.left");
    expect(left).toMatchObject({
      reason: "declined",
      by: dan.player_id,
      match_id: matchId,
      cool_down: { offences: 1 },
    });
    expect(dan.listener.types().slice(-2)).toEqual(["queue.left", "decline.receipt"]);
    for (const { listener } of [ann, bob, cay]) {
      expect(await listener.hear("match.repairing")).toMatchObject({
        match_id: matchId,
        mode: "asking",
        until: expect.any(String),
      });
    }

    const eve = await onePlayer("EUW");
    await queueUp(eve, "asking");
    await tickUntil("EUW", async () => eve.listener.all("match.proposed")[0] ?? null);
    expect(eve.listener.all("match.proposed")).toMatchObject([{ match_id: matchId, round: 2 }]);
    for (const { listener } of [ann, bob, cay]) {
      expect(listener.all("match.proposed")).toHaveLength(1);
      expect(listener.all("match.repairing").at(-1)).toMatchObject({ match_id: matchId, until: null });
    }

    eve.listener.say({ type: "accept", match_id: matchId, round: 1, ref: "late" });
    expect(await eve.listener.hear("problem")).toMatchObject({
      reason: "stale_round",
      status: 409,
      ref: "late",
      round: 2,
    });
    await accept(eve, matchId, 2);
    for (const { listener } of [ann, bob, cay, eve]) {
      const { match } = await listener.hear("match.found");
      expect(match).toMatchObject({ match_id: matchId, status: "pending" });
    }
    expect(eve.listener.types().slice(-2)).toEqual(["match.found", "accept.receipt"]);
    expect(dan.listener.all("match.found")).toEqual([]);
    const { body } = await get<{ players: Record<string, { player_id: string }[]> }>(`/matchmaking/match/${matchId}`);
    const playerIds = Object.values(body.players).flatMap((team) => team.map(({ player_id }) => player_id));
    expect(playerIds.sort()).toEqual([ann, bob, cay, eve].map(({ player_id }) => player_id).sort());
  });

  it("that nobody can repair puts the others back in line, with their old place", async () => {
    const { players, matchId } = await askedPlayers("NA", "hasty");
    const [ann, bob, cay, dan] = players;
    const [joined] = ann.listener.all("queue.joined");
    for (const player of [ann, bob, cay]) await accept(player, matchId);
    dan.listener.say({ type: "decline", match_id: matchId, round: 1 });
    expect(await dan.listener.hear("decline.receipt")).toMatchObject({ cool_down: null });
    for (const { listener } of [ann, bob, cay]) {
      expect(await listener.hear("match.cancelled")).toMatchObject({
        match_id: matchId,
        mode: "hasty",
        reason: "not_accepted",
        back_in_line: true,
      });
    }
    expect(await statusOf(ann)).toMatchObject({
      enqueued: true,
      state: "queued",
      ticket_id: joined?.ticket_id,
      enqueued_at: joined?.enqueued_at,
      ready_check: null,
      match_id: null,
    });
    expect((await get(`/matchmaking/match/${matchId}`)).status).toBe(404);
  });

  it("shows to all sockets of a player, of which one answers; state has it for whoever connects later", async () => {
    const { players, matchId } = await askedPlayers("KR");
    const [ann] = players;
    const second = await Listener.connect(ann.access_token);
    const [before] = second.all("state");
    expect(before).toMatchObject({ queued: { mode: "asking" }, matched: null });
    expect(before?.proposed).toMatchObject({
      match_id: matchId,
      round: 1,
      accepted: false,
      cool_down_s: 30,
      repairing_until: null,
    });
    await accept(ann, matchId);
    expect(second.all("accept.receipt")).toEqual([]);
    const [after] = (await Listener.connect(ann.access_token)).all("state");
    expect(after?.proposed).toMatchObject({ match_id: matchId, accepted: true });
    second.say({ type: "decline", match_id: matchId, round: 1 });
    await second.hear("decline.receipt");
    expect(await ann.listener.hear("queue.left")).toEqual(await second.hear("queue.left"));
    const [out] = (await Listener.connect(ann.access_token)).all("state");
    expect(out).toMatchObject({ queued: null, proposed: null, cool_down: { offences: 1 } });
  });

  it("is declined by a cancel, whose receipt says what it costs; the system's cancel costs nothing", async () => {
    const { players, matchId } = await askedPlayers("JPN");
    const [ann, bob] = players;
    for (const player of [ann, bob]) await accept(player, matchId);
    ann.listener.say({ type: "cancel", ref: "c" });
    expect(await ann.listener.hear("cancel.receipt")).toMatchObject({
      outcome: "dequeued",
      ref: "c",
      cool_down: { offences: 1 },
    });
    expect(ann.listener.all("queue.left")).toMatchObject([
      { reason: "cancelled", by: ann.player_id, match_id: matchId },
    ]);
    await remove(`/matchmaking/queue/${bob.player_id}`, KEY);
    expect(await bob.listener.hear("queue.left")).toMatchObject({
      reason: "cancelled",
      by: null,
      match_id: matchId,
      cool_down: null,
    });
  });

  it("keeps whoever let others down out of the queue, and says until when", async () => {
    const { players, matchId } = await askedPlayers("OCE");
    const [ann] = players;
    await accept(ann, matchId);
    ann.listener.say({ type: "decline", match_id: matchId, round: 1 });
    await ann.listener.hear("decline.receipt");
    ann.listener.say({ type: "enqueue", mode: "2v2", ref: "again" });
    const problem = await ann.listener.hear("problem");
    expect(problem).toMatchObject({ reason: "cooling_down", status: 429, ref: "again", player_ids: [ann.player_id] });
    expect(problem.retry_after_s).toBeGreaterThan(20);
    expect(problem.retry_after_s).toBeLessThanOrEqual(30);
  });
});

describe("an answer over a socket that cannot be taken", () => {
  it.each(["ack", "accept", "decline"] as const)("gets a problem and changes nothing (%s)", async (type) => {
    const region = { ack: "BR", accept: "LAS", decline: "LAN" }[type];
    const { players, matchId } = await askedPlayers(region);
    const [ann] = players;
    const stranger = await onePlayer(region);
    const cases = [
      [stranger, { match_id: matchId, round: 1 }, { reason: "unknown_ready_check", status: 404 }],
      [ann, { match_id: `01JBZ8M3T2X4V6C8B0N2M4K6H8-${region}`, round: 1 }, { reason: "unknown_ready_check" }],
      [ann, { match_id: matchId, round: 2 }, { reason: "stale_round", status: 409, round: 1 }],
      [ann, { match_id: matchId, round: 0 }, { reason: "invalid_input", errors: [{ pointer: "/round" }] }],
      [ann, { match_id: matchId, round: "1" }, { reason: "invalid_input", errors: [{ pointer: "/round" }] }],
      [ann, { match_id: matchId }, { reason: "invalid_input", errors: [{ pointer: "/round" }] }],
      [ann, { match_id: 7, round: 1 }, { reason: "invalid_input", errors: [{ pointer: "/match_id" }] }],
      [ann, { match_id: matchId, round: 1, player_id: "x" }, { reason: "invalid_input" }],
    ] as const;
    for (const [{ listener }, answer, problem] of cases) {
      const before = listener.all("problem").length;
      listener.say({ type, ref: `${before}`, ...answer });
      expect(await listener.hear("problem", before + 1)).toMatchObject({ ...problem, ref: `${before}` });
    }
    for (const { listener } of players) expect(listener.all("queue.left")).toEqual([]);
    expect((await statusOf(ann)).ready_check).toMatchObject({ match_id: matchId, accepted: false });
  });

  it("after the match is on is refused when it declines, and no harm when it accepts", async () => {
    const { players, matchId } = await askedPlayers("CHN");
    for (const player of players) await accept(player, matchId);
    const [{ listener }] = players;
    await listener.hear("match.found");
    await accept(players[0], matchId);
    listener.say({ type: "ack", match_id: matchId, round: 1 });
    listener.say({ type: "decline", match_id: matchId, round: 1 });
    expect(await listener.hear("problem")).toMatchObject({ reason: "in_match", status: 409, match_id: matchId });
    expect(listener.all("problem")).toHaveLength(1);
    const answer = await post(`/matchmaking/match/${matchId}/result`, { winner_team: "teamA" }, KEY);
    expect(answer.status).toBe(200);
  });
});

it("an acknowledgement writes no row by itself; a moment later all of them are written at once", async () => {
  const { players, matchId } = await askedPlayers("EUNE");
  const [{ listener, player_id }] = players;
  const rows = () =>
    runInDurableObject(regionObject("EUNE"), (_, { storage }) =>
      ["tickets", "proposals", "cool_downs"].flatMap((table) => storage.sql.exec(`SELECT * FROM ${table}`).toArray()),
    );
  const isShownTo = (row: Readonly<Record<string, unknown>>) =>
    String(row.proposal).includes(`"acked":["${player_id}"]`);
  const before = await rows();
  listener.say({ type: "ack", match_id: matchId, round: 1 });
  listener.say({ type: "enqueue", mode: "asking" });
  await listener.hear("enqueue.receipt", 2);
  expect(await rows()).toEqual(before);
  await eventually(async () => ((await rows()).some(isShownTo) ? true : null));
});
