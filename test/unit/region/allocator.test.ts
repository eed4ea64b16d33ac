import type { ServerResponse } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import type { AllocatorAnswer } from "../../../src/region/allocator.ts";
import { Allocator } from "../../../src/region/allocator.ts";
import { AllocationSchema, allocationBody } from "../../../src/wire/allocation.ts";
import { aMatch, aSeat, aTeam } from "../builders/a-match.ts";
import type { AllocatorServer } from "../builders/an-allocator-server.ts";
import { anAllocatorServer, expectedSignature } from "../builders/an-allocator-server.ts";

const NOW_MS = Date.parse("2026-11-23T12:00:00.500Z");
const match = aMatch({
  teams: [aTeam("teamA", aSeat("ann", { role: "tank" })), aTeam("teamB", aSeat("bob", { role: null }))],
  terms: { attributes: { map: ["dust"] }, locations: ["EUW"] },
  createdAtMs: 1_000,
  assignment: { type: "awaiting", tickets: [], deadlineMs: 21_000 },
});
const allocation = allocationBody(match, "EUW") ?? never();

let server: AllocatorServer | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function ask(answer: (response: ServerResponse) => void, timeoutMs?: number): Promise<AllocatorAnswer> {
  server = await anAllocatorServer(answer);
  return new Allocator(server.config, () => NOW_MS, timeoutMs).ask(allocation);
}

function says(status: number, body = "", headers: Record<string, string> = {}) {
  return (response: ServerResponse) => response.writeHead(status, headers).end(body);
}

describe("what an allocator is asked", () => {
  it("is all it needs to know of the match", () => {
    expect(AllocationSchema.parse(allocation)).toEqual({
      type: "match.server_needed",
      timestamp: "1970-01-01T00:00:01.000Z",
      match_id: "match-1",
      region: "EUW",
      mode: "2v2",
      players: { teamA: [{ player_id: "ann", role: "tank" }], teamB: [{ player_id: "bob", role: null }] },
      attributes: { map: ["dust"] },
      locations: ["EUW"],
      assign_by: "1970-01-01T00:00:21.000Z",
    });
  });

  it("is nothing for a match that waits for no server", () => {
    expect(allocationBody(aMatch(), "EUW")).toBeNull();
  });

  it("is one POST of JSON, signed under the match's id", async () => {
    await ask(says(202));
    const [call] = server?.received ?? [];
    if (call === undefined) throw new Error("nothing was asked");
    expect(call.path).toBe("/servers");
    expect(JSON.parse(call.body)).toEqual(allocation);
    expect(call.headers).toMatchObject({
      "content-type": "application/json",
      "webhook-id": "match-1",
      "webhook-timestamp": "1795435200",
      "webhook-signature": expectedSignature(call),
    });
  });
});

describe("an answer", () => {
  it.each([200, 201])("of %i with a connection assigns it", async (status) => {
    const body = '{"connection": {"port": 7777, "host": "203.0.113.7"}, "more": 1}';
    expect(await ask(says(status, body))).toEqual({
      type: "assigned",
      status: String(status),
      connection: '{"host":"203.0.113.7","port":7777}',
    });
  });

  it.each([202, 204])("of %i leaves it to a server to claim the match", async (status) => {
    expect(await ask(says(status))).toEqual({ type: "taken", status: String(status) });
  });

  it.each([410, 422])("of %i as a problem document refuses a server for good", async (status) => {
    const headers = { "content-type": "application/problem+json; charset=utf-8" };
    expect(await ask(says(status, "{}", headers))).toEqual({ type: "refused", status: String(status) });
  });

  it.each([301, 307, 400, 401, 404, 410, 422, 429, 500, 503])("of %i alone is a failure", async (status) => {
    const headers = { location: "/elsewhere", "content-type": "application/json" };
    const answer = await ask(says(status, '{"connection": {}}', headers));
    expect(answer).toEqual({ type: "failed", status: String(status), retryAfterMs: 0 });
    expect(server?.received).toHaveLength(1);
  });

  it.each([
    ["seconds", "7", 7_000],
    ["a date", "Mon, 23 Nov 2026 12:00:09 GMT", 8_500],
    ["a date that has passed", "Mon, 23 Nov 2026 11:00:00 GMT", 0],
    ["nonsense", "soon", 0],
  ])("that asks for patience in %s is understood", async (_, header, retryAfterMs) => {
    expect(await ask(says(503, "", { "retry-after": header }))).toEqual({
      type: "failed",
      status: "503",
      retryAfterMs,
    });
  });

  it.each([
    ["no JSON", "connection"],
    ["no connection", "{}"],
    ["a connection that is no object", '{"connection": "203.0.113.7:7777"}'],
    ["a connection past its limits", JSON.stringify({ connection: { text: "x".repeat(4_096) } })],
    ["more than 16 KB", JSON.stringify({ connection: {}, text: "x".repeat(16_384) })],
    ["nothing", ""],
  ])("of 200 with %s is malformed", async (_, body) => {
    expect(await ask(says(200, body))).toEqual({ type: "failed", status: "malformed", retryAfterMs: 0 });
  });

  it("that does not come in time is given up, also in the middle of its body", async () => {
    const late = { type: "failed", status: "timeout", retryAfterMs: 0 };
    expect(await ask(() => {}, 50)).toEqual(late);
    await server?.close();
    expect(await ask((response) => response.writeHead(200).write('{"connection"'), 50)).toEqual(late);
  });

  it("that cannot come is a failure of the network", async () => {
    expect(await ask((response) => response.destroy())).toEqual({
      type: "failed",
      status: "network",
      retryAfterMs: 0,
    });
  });
});

function never(): never {
  throw new Error("the match waits for a server");
}
