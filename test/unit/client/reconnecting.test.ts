import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlayerState } from "../../../client/messages.ts";
import type { ServerMessage } from "../../../client/wire-types.ts";
import { CLOSINGS } from "../../../src/region/socket-constants.ts";
import { aClient, aMatchBody, aState, refusalOf } from "../builders/a-client.ts";
import { settled } from "../builders/a-hand-clock.ts";

const found = (seq: number, matchId?: string) => ({ type: "match.found", seq, match: aMatchBody(matchId) }) as const;

describe("a broken connection", () => {
  it.each([1001, 1006, 1012, CLOSINGS.silent.code])(
    "comes back after %i, with the state as a message",
    async (code) => {
      const { client, clock, connected, last } = aClient();
      const heard: ServerMessage[] = [];
      client.on("message", (message) => heard.push(message));
      (await connected(aState({ seq: 5 }))).end(code);
      await clock.pass(250);
      const back = aState({ seq: 9, matched: aMatchBody() });
      last().say(back);
      expect(heard).toEqual([aState({ seq: 5 }), back]);
      expect(client.state).toEqual(back);
      expect(client.status).toBe("open");
    },
  );

  it("is tried again later and later, until one has lasted as long as the longest wait", async () => {
    const { clock, connected, last, sockets } = aClient({ backoff: { firstMs: 100, longestMs: 5_000 } });
    await connected();
    for (const delayMs of [100, 200, 400]) {
      const before = sockets.length;
      last().end(1006);
      await clock.pass(delayMs - 1);
      expect(sockets.length).toBe(before);
      await clock.pass(1);
      expect(sockets.length).toBe(before + 1);
      last().say(aState());
    }
    await clock.pass(5_000);
    last().end(1006);
    await clock.pass(100);
    expect(sockets.length).toBe(5);
  });

  it("is tried again at any time within the wait", async () => {
    const { clock, connected, sockets } = aClient({ backoff: { jitter: "full" }, random: () => 0.5 });
    (await connected()).end(1006);
    await clock.pass(124);
    expect(sockets.length).toBe(1);
    await clock.pass(1);
    expect(sockets.length).toBe(2);
  });

  it("after too many messages waits for longer than any failure would", async () => {
    const { clock, connected, sockets } = aClient();
    (await connected()).end(CLOSINGS.flooding.code);
    await clock.pass(10_249);
    expect(sockets.length).toBe(1);
    await clock.pass(1);
    expect(sockets.length).toBe(2);
  });

  it("says nothing more when it was given up", async () => {
    const { client, clock, connected, last } = aClient();
    const old = await connected(aState({ seq: 1 }));
    old.end(1006);
    await clock.pass(250);
    last().say(aState({ seq: 2 }));
    old.say(found(3));
    old.end(1006);
    expect(client.state).toEqual(aState({ seq: 2 }));
    expect(client.status).toBe("open");
  });
});

describe("the region's last word", () => {
  it.each(["token_expired", "moved"] as const)("%s is taken for final with a fixed token", async (name) => {
    const { client, clock, connected, sockets } = aClient();
    const socket = await connected();
    const calls = [client.enqueue(), client.messages().next()].map(refusalOf);
    socket.end(CLOSINGS[name].code);
    for (const refusal of calls) expect((await refusal).reason).toBe(name);
    expect(client.status).toBe("closed");
    expect(client.closedBecause?.reason).toBe(name);
    expect((await refusalOf(client.messages().next())).reason).toBe(name);
    await clock.pass(3_600_000);
    expect(sockets.length).toBe(1);
    expect(clock.pendingMs).toEqual([]);
  });

  it.each(["token_expired", "moved"] as const)("%s is answered with a fresh token if there is one", async (name) => {
    let asked = 0;
    const { connected, clock, last } = aClient({ token: () => `token-${++asked}` });
    (await connected()).end(CLOSINGS[name].code);
    await clock.pass(250);
    expect(last().protocols).toContain("bearer.token-2");
  });

  it("replaced is final also with a fresh token", async () => {
    const { client, clock, connected, sockets } = aClient({ token: () => "token" });
    (await connected()).end(CLOSINGS.replaced.code);
    await clock.pass(3_600_000);
    expect(client.closedBecause?.reason).toBe("replaced");
    expect(sockets.length).toBe(1);
  });
});

describe("a message", () => {
  it("comes once: a number that is not higher than the last one is dropped", async () => {
    const { client, connected } = aClient();
    const heard: number[] = [];
    const socket = await connected(aState({ seq: 10 }));
    client.on("message", ({ seq }) => heard.push(seq));
    for (const seq of [11, 11, 9, 12, 10, 15, 12]) socket.say(found(seq));
    expect(heard).toEqual([11, 12, 15]);
  });

  it("is heard again after a restart that set the numbers back, since each state begins anew", async () => {
    const { client, clock, connected, last } = aClient();
    const heard: number[] = [];
    client.on("message", ({ seq }) => heard.push(seq));
    (await connected(aState({ seq: 100 }))).end(1006);
    await clock.pass(250);
    last().say(aState({ seq: 50 }));
    last().say(found(51));
    expect(heard).toEqual([100, 50, 51]);
  });

  it("that is none, or comes before the state, is noted and dropped", async () => {
    const { client, last, lines } = aClient();
    const heard: unknown[] = [];
    client.on("message", (message) => heard.push(message));
    void client.connect();
    last().say(found(1));
    last().say(aState({ seq: 2 }));
    for (const frame of ["no json", "7", "null", '{"type":"state"}', '{"seq":3}', new ArrayBuffer(2)]) {
      last().sayFrame(frame);
    }
    expect(heard).toEqual([aState({ seq: 2 })]);
    expect(lines.length).toBe(7);
  });
});

it("no event is heard twice and none of an open socket is lost, however often sockets break", async () => {
  const anyStep = fc.oneof(
    { weight: 3, arbitrary: fc.constant("event" as const) },
    fc.constant("break" as const),
    fc.constant("repeat" as const),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(anyStep, { maxLength: 30 }), async (steps) => {
      const { client, clock, connected, last } = aClient({ backoff: { longestMs: 250 } });
      const heard: number[] = [];
      const said: number[] = [1];
      client.on("message", ({ seq }) => heard.push(seq));
      await connected(aState({ seq: 1 }));
      const sayNext = (message: (seq: number) => PlayerState | ReturnType<typeof found>) => {
        const seq = said.length + 1;
        said.push(seq);
        last().say(message(seq));
      };
      for (const step of steps) {
        if (step === "event") sayNext((seq) => found(seq));
        if (step === "repeat") last().say(found(said.length));
        if (step === "break") {
          last().end(1006);
          await clock.pass(250);
          sayNext((seq) => aState({ seq }));
        }
      }
      await settled();
      expect(heard).toEqual(said);
    }),
    { numRuns: 50 },
  );
});

describe("a peer that may be gone", () => {
  it("is pinged, in the one spelling that does not wake the region, and may answer with anything", async () => {
    const { client, clock, connected } = aClient();
    const socket = await connected();
    await clock.pass(25_000);
    expect(socket.sent).toEqual(['{"type":"ping"}']);
    socket.pong();
    await clock.pass(25_000);
    socket.say(found(2));
    await clock.pass(24_999);
    expect(client.status).toBe("open");
    expect(socket.pings).toBe(2);
  });

  it("that does not answer in time is left for another socket, without waiting for its goodbye", async () => {
    const { client, clock, connected, last, sockets } = aClient({ pingEveryMs: 5_000, pongWithinMs: 2_000 });
    const dead = await connected();
    await clock.pass(6_999);
    expect(client.status).toBe("open");
    await clock.pass(1);
    expect(client.status).toBe("waiting");
    expect(dead.closedWith).toBeDefined();
    await clock.pass(250);
    expect(sockets.length).toBe(2);
    last().say(aState({ seq: 2 }));
    dead.end(1006);
    expect(client.status).toBe("open");
  });

  it("is found dead also when pings come faster than pongs are waited for", async () => {
    const { client, clock, connected } = aClient({ pingEveryMs: 1_000, pongWithinMs: 2_500 });
    await connected();
    await clock.pass(3_500);
    expect(client.status).toBe("waiting");
  });
});
