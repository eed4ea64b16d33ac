import { describe, expect, it } from "vitest";
import { MatchmakingClient } from "../../../client/matchmaking-client.ts";
import { MatchmakingError } from "../../../client/matchmaking-error.ts";
import { aClient, aMatchBody, aState, refusalOf } from "../builders/a-client.ts";
import { anAnswer, aProblem, aService } from "../builders/a-fake-service.ts";
import { settled } from "../builders/a-hand-clock.ts";

describe("connecting", () => {
  it("offers the token as a subprotocol and never in the address", async () => {
    const { client, last } = aClient({ url: "https://muster.example" });
    void client.connect();
    expect(last().url).toBe("wss://muster.example/matchmaking/ws");
    expect(last().protocols).toEqual(["muster.v1", "bearer.token-1"]);
  });

  it("is done with the first state, and until then there is none", async () => {
    const { client, last } = aClient();
    const statuses: string[] = [client.status];
    client.on("status", (status) => statuses.push(status));
    const connecting = client.connect();
    expect(client.state).toBeNull();
    const state = aState({ matched: aMatchBody() });
    last().say(state);
    expect(await connecting).toEqual(state);
    expect(client.state).toEqual(state);
    expect(statuses).toEqual(["idle", "connecting", "open"]);
  });

  it("twice opens one socket, and resolves both times; when open, with the state as it is by then", async () => {
    const { client, sockets, last } = aClient();
    const both = [client.connect(), client.connect()];
    last().say(aState());
    expect(await Promise.all(both)).toEqual([aState(), aState()]);
    last().say({ type: "match.found", seq: 2, match: aMatchBody() });
    expect((await client.connect()).matched).toEqual(aMatchBody());
    expect(sockets.length).toBe(1);
  });

  it("goes on while the service cannot be reached", async () => {
    const { client, clock, sockets, last } = aClient();
    const connecting = client.connect();
    for (const [failures, delayMs] of [250, 500, 1_000].entries()) {
      last().end(1006);
      await settled();
      expect(client.status).toBe("waiting");
      await clock.pass(delayMs - 1);
      expect(sockets.length).toBe(failures + 1);
      await clock.pass(1);
      expect(sockets.length).toBe(failures + 2);
    }
    last().say(aState());
    expect(await connecting).toEqual(aState());
  });

  it("gives a socket up that opens but on which nobody speaks", async () => {
    const { client, clock, last, sockets } = aClient({ openWithinMs: 3_000 });
    void client.connect();
    const mute = last();
    await clock.pass(3_000);
    expect(mute.closedWith).toBeDefined();
    await clock.pass(250);
    expect(sockets.length).toBe(2);
    mute.say(aState());
    expect(client.status).toBe("connecting");
  });
});

describe("a token that the service does not take", () => {
  it.each([
    [401, "invalid_credentials"],
    [403, "not_your_player"],
    [404, "unknown_player"],
  ])("ends it with what HTTP says, %i", async (status, reason) => {
    const { fetch, requests } = aService(aProblem(status, reason));
    const { client, last, clock, sockets } = aClient({ fetch });
    const connecting = refusalOf(client.connect());
    last().end(1006);
    expect(await connecting).toMatchObject({ reason, status, detail: "Detail." });
    expect(client.status).toBe("closed");
    expect(client.closedBecause?.reason).toBe(reason);
    expect(requests.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ["https://muster.example/players/token", "Bearer token-1"],
    ]);
    await clock.pass(3_600_000);
    expect(sockets.length).toBe(1);
  });

  it("is not to blame when HTTP takes it", async () => {
    const { client, last, clock, sockets } = aClient({ fetch: aService(anAnswer({})).fetch });
    void client.connect();
    last().end(1006);
    await clock.pass(250);
    expect(sockets.length).toBe(2);
  });

  it("is not to blame when the service has no time, and it gets the time it asks for", async () => {
    const { fetch } = aService(aProblem(503, "region_unavailable", {}, 60));
    const { client, last, clock, sockets } = aClient({ fetch });
    void client.connect();
    last().end(1006);
    await clock.pass(60_249);
    expect(sockets.length).toBe(1);
    await clock.pass(1);
    expect(sockets.length).toBe(2);
  });

  it("may be none at all", async () => {
    const WebSocket = class {
      constructor() {
        throw new SyntaxError("no subprotocol");
      }
    };
    const { client } = aClient({ WebSocket: WebSocket as never, token: "" });
    expect(await refusalOf(client.connect())).toMatchObject({ reason: "invalid_credentials" });
  });
});

describe("a function for tokens", () => {
  it("is asked before every connect", async () => {
    let asked = 0;
    const { connected, clock, sockets } = aClient({ token: async () => `token-${++asked}` });
    const socket = await connected();
    socket.end(1006);
    await clock.pass(250);
    expect(sockets.map(({ protocols }) => protocols[1])).toEqual(["bearer.token-1", "bearer.token-2"]);
  });

  it("is asked again when it fails", async () => {
    const answers = [() => Promise.reject(new TypeError("offline")), () => "token-2"];
    const { client, clock, last } = aClient({ token: () => (answers.shift() ?? (() => ""))() });
    void client.connect();
    await settled();
    expect(client.status).toBe("waiting");
    await clock.pass(250);
    expect(last().protocols).toContain("bearer.token-2");
  });

  it("is asked again when it does not answer, and what it says then is not heeded", async () => {
    const first = Promise.withResolvers<string>();
    const answers = [first.promise, Promise.resolve("token-2")];
    const { client, clock, sockets } = aClient({ openWithinMs: 3_000, token: () => answers.shift() ?? "" });
    void client.connect();
    await clock.pass(3_250);
    first.resolve("token-1");
    await settled();
    expect(sockets.map(({ protocols }) => protocols[1])).toEqual(["bearer.token-2"]);
  });

  it("ends it when it is refused one for good", async () => {
    const refused = new MatchmakingError({ reason: "unknown_player", title: "Unknown", detail: "Who?", status: 404 });
    const { client, sockets } = aClient({ token: () => Promise.reject(refused) });
    expect(await refusalOf(client.connect())).toBe(refused);
    expect(sockets.length).toBe(0);
  });
});

describe("close", () => {
  it("says goodbye, and nothing comes after it", async () => {
    const { client, clock, connected, sockets } = aClient();
    const statuses: string[] = [];
    const socket = await connected();
    client.on("status", (status) => statuses.push(status));
    client.on("message", () => expect.fail("a message after close"));
    client.close();
    client.close();
    socket.say({ type: "match.found", seq: 2, match: aMatchBody() });
    socket.end(1000);
    await clock.pass(3_600_000);
    expect(socket.closedWith?.code).toBe(1000);
    expect(statuses).toEqual(["closed"]);
    expect(sockets.length).toBe(1);
    expect(clock.pendingMs).toEqual([]);
  });

  it("rejects what waits, and what comes later", async () => {
    const { client } = aClient();
    const waiting = [client.connect(), client.enqueue(), client.cancel()].map(refusalOf);
    client.close();
    for (const refusal of [...waiting, refusalOf(client.enqueue()), refusalOf(client.connect())]) {
      expect((await refusal).reason).toBe("closed");
    }
  });

  it("in the middle of every step leaves nothing behind", async () => {
    for (const step of ["connecting", "open", "waiting"] as const) {
      const { client, clock, last, sockets } = aClient();
      let heardAfter = 0;
      client.on("message", () => {
        if (client.status === "closed") heardAfter += 1;
      });
      client.on("status", (status) => {
        if (status === step) client.close();
      });
      void refusalOf(client.connect().then(() => Promise.reject(client.closedBecause)));
      sockets[0]?.say(aState());
      if (step === "waiting") last().end(1006);
      await settled();
      expect([step, client.status, clock.pendingMs, heardAfter]).toEqual([step, "closed", [], 0]);
      await clock.pass(60_000);
      expect(sockets.length).toBeLessThanOrEqual(1);
    }
  });
});

it("a client says at once that it cannot work: no WebSocket, no address", () => {
  const { WebSocket } = globalThis;
  Reflect.deleteProperty(globalThis, "WebSocket");
  try {
    expect(() => new MatchmakingClient({ url: "http://127.0.0.1", token: "t" })).toThrow("Node 22");
  } finally {
    globalThis.WebSocket = WebSocket;
  }
  expect(() => aClient({ url: "muster.example" })).toThrow(TypeError);
});
