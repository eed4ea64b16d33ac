import type { RequestListener } from "node:http";
import { createServer } from "node:http";
import { afterEach, expect, it } from "vitest";
import { z } from "zod";
import { CallLog } from "../../../simulation/call-log.ts";
import { CallError, Transport } from "../../../simulation/transport.ts";

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Serves on a free port until the test ends. */
async function aServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  closing.push(() => server.close().closeAllConnections());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return `http://127.0.0.1:${address.port}`;
}

/** Gives these answers one after the other, the last for ever. */
function answering(...answers: readonly [status: number, body: object][]): RequestListener {
  let next = 0;
  return (_request, response) => {
    const [status, body] = answers[Math.min(next++, answers.length - 1)] ?? [500, {}];
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
  };
}

const GREETING = {
  kind: "greet",
  method: "GET",
  path: "/",
  headers: {},
  answer: z.object({ hello: z.string() }),
} as const;

function aTransport(url: string, calls: CallLog, concurrency = 5): Transport {
  return new Transport(url, concurrency, calls, new AbortController().signal);
}

it("gives the answer and measures the call", async () => {
  const calls = new CallLog();
  const url = await aServer(answering([200, { hello: "world" }]));
  expect(await aTransport(url, calls).send(GREETING)).toEqual({ hello: "world" });
  expect(calls.latencies().greet?.count).toBe(1);
  expect(calls.errors).toEqual({});
});

it("tries again after 429 and does not hold it against the service", async () => {
  const calls = new CallLog();
  const slowDown = { type: "urn:muster:problem:rate_limited" };
  const url = await aServer(answering([429, slowDown], [200, { hello: "again" }]));
  expect(await aTransport(url, calls).send(GREETING)).toEqual({ hello: "again" });
  expect(calls.errors).toEqual({ "greet: 429 rate_limited": 1 });
  expect(calls.unexpectedErrors).toBe(0);
});

it("tries again after 503 and holds it against the service", async () => {
  const calls = new CallLog();
  const url = await aServer(answering([503, { type: "urn:x:region_unavailable" }], [200, { hello: "again" }]));
  expect(await aTransport(url, calls).send(GREETING)).toEqual({ hello: "again" });
  expect(calls.errors).toEqual({ "greet: 503 region_unavailable": 1 });
  expect(calls.unexpectedErrors).toBe(1);
});

it("holds it against the service when 429 does not end", async () => {
  const calls = new CallLog();
  const url = await aServer((_request, response) => response.writeHead(429, { "retry-after": "0" }).end("{}"));
  await expect(aTransport(url, calls).send(GREETING)).rejects.toThrow(CallError);
  expect(calls.errors).toEqual({ "greet: 429 no problem document": 5 });
  expect(calls.unexpectedErrors).toBe(1);
});

it("does not try a refused call again", async () => {
  const calls = new CallLog();
  const url = await aServer(answering([404, { type: "urn:x:unknown_player" }], [200, { hello: "never" }]));
  await expect(aTransport(url, calls).send(GREETING)).rejects.toThrow(CallError);
  expect(calls.errors).toEqual({ "greet: 404 unknown_player": 1 });
});

it("takes a refusal that the call accepts for an answer", async () => {
  const url = await aServer(answering([409, { hello: "too late" }]));
  const calls = new CallLog();
  expect(await aTransport(url, calls).send({ ...GREETING, accepts: [409] })).toEqual({ hello: "too late" });
  expect(calls.errors).toEqual({});
});

it("holds an answer of another shape against the service", async () => {
  const calls = new CallLog();
  const url = await aServer(answering([200, { hello: 7 }]));
  await expect(aTransport(url, calls).send(GREETING)).rejects.toThrow("hello");
  expect(calls.unexpectedErrors).toBe(1);
});

it("never has more calls in flight than allowed", async () => {
  let inFlight = 0;
  let most = 0;
  const url = await aServer((_request, response) => {
    inFlight += 1;
    most = Math.max(most, inFlight);
    setTimeout(() => {
      inFlight -= 1;
      response.end(JSON.stringify({ hello: "world" }));
    }, 5);
  });
  const transport = aTransport(url, new CallLog(), 3);
  await Promise.all(Array.from({ length: 12 }, () => transport.send(GREETING)));
  expect(most).toBe(3);
});
