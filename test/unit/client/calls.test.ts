import { describe, expect, it } from "vitest";
import { aClient, aState, refusalOf } from "../builders/a-client.ts";
import { settled } from "../builders/a-hand-clock.ts";

const PROMPT = { match_id: "01A-EUW", round: 2 };
const ENQUEUED = { type: "enqueue.receipt", ticket_id: "t", mode: "1v1", enqueued_at: "2026-11-02T12:00:00.000Z" };
const CANCELLED = { type: "cancel.receipt", outcome: "dequeued", ticket_id: "t", match: null, cool_down: null };
const PROBLEM = { type: "problem", reason: "in_match", status: 409, title: "In a match", detail: "Play it." };

describe("a call", () => {
  it("resolves with its own receipt, whatever order they come in", async () => {
    const { client, clock, connected } = aClient();
    const socket = await connected();
    const timers = clock.pendingMs;
    const [enqueued, cancelled] = [client.enqueue(), client.cancel()];
    const [first, second] = socket.asked.map(({ ref }) => ref);
    socket.say({ ...CANCELLED, seq: 2, ref: second });
    socket.say({ ...ENQUEUED, seq: 3, ref: first });
    expect(await enqueued).toEqual({ ...ENQUEUED, seq: 3, ref: first });
    expect(await cancelled).toEqual({ ...CANCELLED, seq: 2, ref: second });
    expect(clock.pendingMs).toEqual(timers);
  });

  it("says exactly what the region takes", async () => {
    const { client, connected } = aClient();
    const socket = await connected();
    const prompt = { ...PROMPT, type: "match.proposed", seq: 2, mode: "1v1", expires_at: "", accept_within_s: 12 };
    client.ack(prompt);
    const calls = [
      client.enqueue({ mode: "2v2", constraints: { max_rating_gap: 6 } }),
      client.enqueue(),
      client.cancel(),
      client.accept(prompt),
      client.decline(prompt),
    ];
    expect(socket.asked.map(({ ref: _, ...said }) => said)).toEqual([
      { type: "ack", ...PROMPT },
      { type: "enqueue", mode: "2v2", constraints: { max_rating_gap: 6 } },
      { type: "enqueue" },
      { type: "cancel" },
      { type: "accept", ...PROMPT },
      { type: "decline", ...PROMPT },
    ]);
    client.close();
    await Promise.allSettled(calls);
  });

  it("rejects with the problem that answers it, in all its parts", async () => {
    const { client, connected } = aClient();
    const socket = await connected();
    const refusal = refusalOf(client.enqueue());
    const errors = [{ pointer: "/mode", detail: "Unknown." }];
    socket.say({ ...PROBLEM, seq: 2, ref: socket.asked[0]?.ref, match_id: "01A-EUW", errors, retry_after_s: 2 });
    expect(await refusal).toMatchObject({
      name: "MatchmakingError",
      message: "In a match: Play it.",
      reason: "in_match",
      status: 409,
      matchId: "01A-EUW",
      retryAfterS: 2,
      errors,
    });
  });

  it("is not answered by what others asked, nor by the receipt of something else", async () => {
    const { client, clock, connected } = aClient();
    const socket = await connected();
    const refusal = refusalOf(client.enqueue());
    const ref = socket.asked[0]?.ref;
    socket.say({ ...ENQUEUED, seq: 2 });
    socket.say({ ...ENQUEUED, seq: 3, ref: "of another" });
    socket.say({ ...CANCELLED, seq: 4, ref });
    socket.say({ ...PROBLEM, seq: 5 });
    await clock.pass(10_000);
    expect((await refusal).reason).toBe("timeout");
  });

  it("waits for the opening, and then goes out once", async () => {
    const { client, last } = aClient();
    const connecting = client.connect();
    const enqueued = client.enqueue();
    expect(last().asked).toEqual([]);
    last().say(aState());
    await connecting;
    expect(last().asked.length).toBe(1);
    last().say({ ...ENQUEUED, seq: 2, ref: last().asked[0]?.ref });
    expect((await enqueued).ticket_id).toBe("t");
  });

  it("that a listener makes when it opens goes out once", async () => {
    const { client, connected } = aClient();
    client.once("state", () => void refusalOf(client.enqueue()));
    client.on("status", (status) => {
      if (status === "open") void refusalOf(client.cancel());
    });
    const socket = await connected();
    expect(socket.asked.map(({ type }) => type)).toEqual(["cancel", "enqueue"]);
    client.close();
  });

  it("whose socket died before the answer is sent again with its ref, in order; what was answered is not", async () => {
    const { client, clock, connected, last } = aClient();
    const first = await connected();
    const calls = [client.cancel(), client.accept(PROMPT), client.enqueue()];
    first.say({ ...CANCELLED, seq: 2, ref: first.asked[0]?.ref });
    first.end(1006);
    await clock.pass(250);
    expect(last().asked).toEqual([]);
    last().say(aState({ seq: 3 }));
    expect(last().asked).toEqual(first.asked.slice(1));
    last().say({ type: "accept.receipt", seq: 4, ref: first.asked[1]?.ref, ...PROMPT });
    last().say({ ...ENQUEUED, seq: 5, ref: first.asked[2]?.ref });
    expect((await Promise.all(calls)).map(({ type }) => type)).toEqual([
      "cancel.receipt",
      "accept.receipt",
      "enqueue.receipt",
    ]);
  });

  it("without an answer rejects in time, however often it was sent, and is not sent any more", async () => {
    const { client, clock, connected, last } = aClient({ replyWithinMs: 3_000 });
    const refusal = refusalOf(client.enqueue());
    await connected();
    last().end(1006);
    await clock.pass(250);
    last().say(aState({ seq: 2 }));
    expect(last().asked.length).toBe(1);
    await clock.pass(2_750);
    expect((await refusal).reason).toBe("timeout");
    last().end(1006);
    await clock.pass(500);
    last().say(aState({ seq: 3 }));
    expect(last().asked).toEqual([]);
  });

  it("changes the state before it resolves", async () => {
    const { client, connected } = aClient();
    const proposed = { ...PROMPT, mode: "1v1", expires_at: "", accept_within_s: 1, cool_down_s: 0 };
    const socket = await connected(aState({ proposed: { ...proposed, accepted: false, repairing_until: null } }));
    const accepted = client.accept(PROMPT).then(() => client.state?.proposed?.accepted);
    socket.say({ type: "accept.receipt", seq: 2, ref: socket.asked[0]?.ref, ...PROMPT });
    expect(await accepted).toBe(true);
  });
});

it("an ack while not open is lost: the state that follows asks again", async () => {
  const { client, clock, connected, last } = aClient();
  (await connected()).end(1006);
  client.ack(PROMPT);
  await clock.pass(250);
  last().say(aState({ seq: 2 }));
  expect(last().asked).toEqual([]);
});

describe("iterating messages", () => {
  it("goes on over reconnects and ends with close, also for two readers", async () => {
    const { client, clock, connected, last } = aClient();
    const read = async () => {
      const heard: number[] = [];
      for await (const { seq } of client.messages()) heard.push(seq);
      return heard;
    };
    const readers = [read(), read()];
    (await connected(aState({ seq: 1 }))).end(1006);
    await clock.pass(250);
    last().say(aState({ seq: 2 }));
    await settled();
    client.close();
    expect(await Promise.all(readers)).toEqual([
      [1, 2],
      [1, 2],
    ]);
    expect(await client.messages().next()).toEqual({ done: true, value: undefined });
  });

  it("keeps as much as it was told to for a slow reader", async () => {
    const { client, connected } = aClient({ keptMessages: 2 });
    const slow = client.messages();
    const socket = await connected(aState({ seq: 1 }));
    for (const seq of [2, 3]) socket.say({ type: "party.ended", seq, code: "EUW-A", reason: "expired" });
    expect([(await slow.next()).value?.seq, (await slow.next()).value?.seq]).toEqual([1, 2]);
    expect((await refusalOf(slow.next())).reason).toBe("fell_behind");
  });
});
