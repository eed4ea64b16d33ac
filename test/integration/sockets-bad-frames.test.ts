import { describe, expect, it } from "vitest";
import { LIMITS } from "../../src/core/limits.ts";
import { PING, PONG } from "../../src/region/socket-constants.ts";
import { eventually, regionObject } from "./region-support.ts";
import type { ListeningPlayer } from "./socket-support.ts";
import { expireSockets, Listener, listeningPlayers } from "./socket-support.ts";

async function twoPlayers(region: string): Promise<[ListeningPlayer, ListeningPlayer]> {
  const [one, other] = await listeningPlayers(region, 2);
  return [one as ListeningPlayer, other as ListeningPlayer];
}

describe("a frame that cannot be taken", () => {
  it.each([
    ["that is binary", new Uint8Array([1, 2, 3]).buffer, { reason: "binary_frame", status: 400 }],
    ["that is too large", "x".repeat(LIMITS.frameBytes + 1), { reason: "frame_too_large", status: 413 }],
    ["too large in bytes only", `"${"ü".repeat(LIMITS.frameBytes / 2)}"`, { reason: "frame_too_large" }],
    ["that is no JSON", "{", { reason: "malformed_json", status: 400 }],
    ["that is no object", "[1]", { reason: "unknown_message" }],
    ["of an unknown type", '{"type":"surrender","ref":"r"}', { reason: "unknown_message", ref: "r" }],
    [
      "that names somebody else",
      '{"type":"enqueue","player_id":"somebody"}',
      { reason: "invalid_input", errors: [{ pointer: "/player_id", detail: "This key is unknown." }] },
    ],
    [
      "with constraints of a wrong shape",
      '{"type":"enqueue","ref":"r","constraints":{"max_rating_gap":-1}}',
      { reason: "invalid_input", status: 422, ref: "r", errors: [{ pointer: "/constraints/max_rating_gap" }] },
    ],
    [
      "for an unknown mode",
      '{"type":"enqueue","mode":"chess"}',
      { reason: "unknown_mode", status: 422, errors: [{ pointer: "/mode" }] },
    ],
    [
      "with constraints that the mode does not know",
      '{"type":"enqueue","constraints":{"attributes":{"map":["dust"]}}}',
      { reason: "invalid_constraints", errors: [{ pointer: "/constraints/attributes/map" }] },
    ],
  ])("%s gets a problem; the socket stays open and others hear nothing", async (_, frame, problem) => {
    const [sender, other] = await twoPlayers("EUW");
    sender.listener.socket.send(frame);
    expect(await sender.listener.hear("problem")).toMatchObject(problem);
    sender.listener.say({ type: "cancel" });
    await sender.listener.hear("cancel.receipt");
    expect(sender.listener.types()).toEqual(["state", "problem", "cancel.receipt"]);
    expect(other.listener.types()).toEqual(["state"]);
  });
});

describe("a socket that sends too much", () => {
  it("is closed with its reason; its player's place and other sockets stay", async () => {
    const [sender, other] = await twoPlayers("NA");
    sender.listener.say({ type: "enqueue" });
    await sender.listener.hear("enqueue.receipt");
    const second = await Listener.connect(sender.access_token);
    for (let count = 0; count < 10 * LIMITS.socketBurst; count += 1) sender.listener.say({ type: "nonsense" });
    expect(await sender.listener.closed()).toMatchObject({ code: 4003, reason: expect.stringMatching(/Too many/) });
    expect(sender.listener.all("problem").length).toBeLessThan(3 * LIMITS.socketBurst);
    for (const listener of [second, other.listener]) {
      listener.say({ type: "cancel" });
      await listener.hear("cancel.receipt");
      expect(listener.all("problem")).toEqual([]);
    }
    expect(second.all("cancel.receipt")).toMatchObject([{ outcome: "dequeued" }]);
  });
});

describe("a ping", () => {
  it("is answered, however it is written, and is no message", async () => {
    const [{ listener }] = await twoPlayers("OCE");
    listener.socket.send(PING);
    listener.socket.send('{ "type": "ping" }');
    await eventually(async () => (listener.pongs.length === 2 ? true : null));
    expect(listener.pongs).toEqual([PONG, PONG]);
    expect(listener.types()).toEqual(["state"]);
  });
});

describe("a socket whose token has expired", () => {
  it("is closed at its next message, which does nothing", async () => {
    const [{ listener, player_id }] = await twoPlayers("LAS");
    await expireSockets("LAS", player_id);
    listener.say({ type: "enqueue" });
    expect(await listener.closed()).toMatchObject({ code: 4001, reason: expect.stringMatching(/expired/) });
    expect(listener.types()).toEqual(["state"]);
    expect(await regionObject("LAS").stateOf(player_id)).toMatchObject({ type: "free" });
  });

  it("is told nothing any more, while a fresh one of the same player is", async () => {
    const [{ listener, player_id, access_token }] = await twoPlayers("LAS");
    await expireSockets("LAS", player_id);
    const fresh = await Listener.connect(access_token);
    fresh.say({ type: "enqueue" });
    await fresh.hear("queue.joined");
    expect(await listener.closed()).toMatchObject({ code: 4001 });
    expect(listener.types()).toEqual(["state"]);
  });

  it("is closed by the watchdog's wake at the latest", async () => {
    const [{ listener, player_id }, other] = await twoPlayers("LAS");
    await expireSockets("LAS", player_id);
    await regionObject("LAS").wake();
    expect(await listener.closed()).toMatchObject({ code: 4001 });
    expect(other.listener.closing).toBeNull();
  });
});
