import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import { readMessage } from "../../client/messages.ts";
import { ServerMessageSchema } from "../../src/region/protocol.ts";
import { readFrame } from "../../src/region/read-frame.ts";
import { holderOf, upgradeRequest } from "../../src/region/socket-holder.ts";
import { regionObject } from "../integration/region-support.ts";
import { Listener } from "../integration/socket-support.ts";
import { ageOf, LAST_RELEASE, movedBy } from "./last-release.ts";

describe("sockets of the last release", () => {
  it("carry all that this one needs to know of them", () => {
    expect(LAST_RELEASE.openSockets.length).toBeGreaterThan(0);
    for (const { tags, attachment } of LAST_RELEASE.openSockets) {
      const { 1: socket } = new WebSocketPair();
      socket.serializeAttachment(attachment);
      expect(holderOf(socket)).toMatchObject({ playerId: tags[0] });
    }
  });

  it("are opened by this one's region for the last one's Worker", async () => {
    for (const headers of movedBy(LAST_RELEASE.upgrades, ageOf())) {
      const request = new Request("https://region/socket", { headers: { ...headers, upgrade: "websocket" } });
      const { status, webSocket } = await regionObject(LAST_RELEASE.region).fetch(request);
      expect(status).toBe(101);
      if (webSocket === null) throw new Error("a socket comes with 101");
      expect(await new Listener(webSocket).hear("state")).toMatchObject({ region: LAST_RELEASE.region });
      await runInDurableObject(regionObject(LAST_RELEASE.region), (_, state) => {
        expect(state.getWebSockets().map((socket) => holderOf(socket).playerId)).toEqual([headers["x-muster-player"]]);
      });
      webSocket.close();
    }
  });

  it("are asked for by this one's Worker with all that the last one's region reads", () => {
    const visitor = { playerId: crypto.randomUUID(), expiresAtMs: 2_000, issuedAtMs: 1_000 };
    const asked = [...upgradeRequest(visitor).headers.keys()];
    for (const headers of LAST_RELEASE.upgrades) expect(asked).toEqual(expect.arrayContaining(Object.keys(headers)));
  });
});

describe("frames", () => {
  it.each(LAST_RELEASE.framesFromClients)("of the last release's client are understood: %s", (frame) => {
    expect(readFrame(frame)).toMatchObject({ ok: true });
  });

  it.each(LAST_RELEASE.framesFromRegion)(
    "of the last release's region are understood by this one's client: %s",
    (frame) => {
      expect(readMessage(frame)).not.toBeNull();
      expect(ServerMessageSchema.safeParse(JSON.parse(frame))).toMatchObject({ success: true });
    },
  );
});
