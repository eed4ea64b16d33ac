import { describe, expect, it } from "vitest";
import { MatchmakingError } from "../../../client/matchmaking-error.ts";
import { MessageStream } from "../../../client/message-stream.ts";
import type { ServerMessage } from "../../../client/wire-types.ts";
import { aState, refusalOf } from "../builders/a-client.ts";

const message = (seq: number): ServerMessage => aState({ seq });
const REPLACED = new MatchmakingError({ reason: "replaced", title: "Replaced", detail: "By another." });

function aStream(limit = 10): { readonly stream: MessageStream; readonly left: MessageStream[] } {
  const left: MessageStream[] = [];
  const stream = new MessageStream(limit, (each) => left.push(each));
  return { stream, left };
}

async function read(stream: MessageStream): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { seq } of stream) numbers.push(seq);
  return numbers;
}

describe("an iteration", () => {
  it("gives what came before it was read, what comes later, and ends", async () => {
    const { stream, left } = aStream();
    stream.push(message(1));
    stream.push(message(2));
    const reading = read(stream);
    stream.push(message(3));
    await Promise.resolve();
    stream.end(null);
    stream.push(message(4));
    expect(await reading).toEqual([1, 2, 3]);
    expect(left).toEqual([stream]);
  });

  it("answers several askers in the order in which they asked", async () => {
    const { stream } = aStream();
    const asked = [stream.next(), stream.next(), stream.next()];
    stream.push(message(1));
    stream.push(message(2));
    stream.end(null);
    expect(await Promise.all(asked)).toEqual([
      { done: false, value: message(1) },
      { done: false, value: message(2) },
      { done: true, value: undefined },
    ]);
  });

  it("throws why the connection is over, once, after what came before", async () => {
    const { stream } = aStream();
    stream.push(message(1));
    stream.end(REPLACED);
    expect((await stream.next()).value).toEqual(message(1));
    await expect(stream.next()).rejects.toBe(REPLACED);
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it("throws that to whoever waits for a message", async () => {
    const { stream } = aStream();
    const [first, second] = [stream.next(), stream.next()];
    stream.end(REPLACED);
    await expect(first).rejects.toBe(REPLACED);
    expect(await second).toEqual({ done: true, value: undefined });
  });

  it("that is read too slowly throws instead of leaving messages out", async () => {
    const { stream, left } = aStream(2);
    for (const seq of [1, 2, 3, 4]) stream.push(message(seq));
    expect(left).toEqual([stream]);
    expect((await stream.next()).value).toEqual(message(1));
    expect((await stream.next()).value).toEqual(message(2));
    expect((await refusalOf(stream.next())).reason).toBe("fell_behind");
  });

  it("that is left early keeps nothing and gets nothing more", async () => {
    const { stream, left } = aStream();
    stream.push(message(1));
    stream.push(message(2));
    for await (const { seq } of stream) {
      expect(seq).toBe(1);
      break;
    }
    stream.push(message(3));
    expect(await stream.next()).toEqual({ done: true, value: undefined });
    expect(left).toEqual([stream]);
  });
});
