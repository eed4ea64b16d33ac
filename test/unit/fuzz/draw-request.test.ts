import fc from "fast-check";
import { expect, test } from "vitest";
import { BEARER_PROTOCOL_PREFIX } from "../../../src/region/socket-constants.ts";
import { DocumentSchema, operationsOf } from "../../fuzz/http/document.ts";
import { DocumentedSchemas } from "../../fuzz/http/documented-schemas.ts";
import { requestsFor } from "../../fuzz/http/draw-request.ts";
import type { PlannedRequest } from "../../fuzz/http/planned-request.ts";
import type { SentRequest } from "../../fuzz/http/request-of.ts";
import { requestOf } from "../../fuzz/http/request-of.ts";
import { World } from "../../fuzz/world.ts";

const problem = { content: { "application/problem+json": {} } };
const ULID = { type: "string", pattern: "^[0-9A-HJKMNP-TV-Z]{26}$" };
const document = DocumentSchema.parse({
  paths: {
    "/entries": {
      get: {
        security: [{ apiKey: [] }],
        parameters: [{ name: "cursor", in: "query", schema: ULID }],
        responses: { 200: { content: { "application/json": {} } }, 422: problem },
      },
    },
    "/socket": { get: { security: [{ socketToken: [] }], responses: { 101: {}, 401: problem } } },
    "/future": { get: { security: [{ schemeOfTomorrow: [] }], responses: { 200: {}, 401: problem } } },
  },
  components: { schemas: {} },
});

const identity = { playerId: "id-1", token: "i.i.i" };
const secrets = { apiKey: "the-key", metricsToken: "metrics", identity, identityElsewhere: "e.e.e" };

function drawn(path: string, seed = 1): { readonly planned: PlannedRequest; readonly sent: SentRequest }[] {
  const world = new World();
  for (const number of [0, 1, 2]) world.learn(`{"player_id":"p-${number}","access_token":"a.b.${number}"}`);
  return fc
    .sample(requestsFor(operationsOf(document), new DocumentedSchemas(document)), { seed, numRuns: 2_000 })
    .filter(({ operation }) => operation?.path === path)
    .map((planned) => ({ planned, sent: requestOf(planned, world, secrets) }));
}

test("the same seed draws the same requests, another one others", () => {
  expect(drawn("/entries", 7)).toEqual(drawn("/entries", 7));
  expect(drawn("/entries", 8)).not.toEqual(drawn("/entries", 7));
});

test("values that no random text would be are made from their pattern", () => {
  const cursors = drawn("/entries").map(({ sent }) => /[?&]cursor=([^&]*)/.exec(sent.path)?.[1]);
  expect(cursors.filter((cursor) => /^[0-9A-HJKMNP-TV-Z]{26}$/.test(cursor ?? "")).length).toBeGreaterThan(50);
});

test("an operation that opens a socket is asked for by an upgrade, and shown tokens as subprotocols", () => {
  const requests = drawn("/socket");
  const upgrades = requests.filter(({ sent }) => sent.headers.some(([name]) => name === "upgrade"));
  expect(upgrades.length).toBeGreaterThan(requests.length / 2);
  const kinds = new Set(
    upgrades.flatMap(({ planned, sent }) => {
      const protocols = sent.headers.find(([name]) => name === "sec-websocket-protocol")?.[1] ?? "";
      return protocols.includes(BEARER_PROTOCOL_PREFIX) ? [planned.credential] : [];
    }),
  );
  for (const kind of ["player", "identity", "tampered token", "identity elsewhere"]) expect(kinds).toContain(kind);
  for (const { sent } of requests) expect(sent.headers.map(([name]) => name)).not.toContain("authorization");
});

test("an operation whose credential nobody has heard of is asked for all the same", () => {
  expect(drawn("/future").length).toBeGreaterThan(100);
});

test("each kind of credential is shown", () => {
  const credentials = new Set(drawn("/entries").map(({ planned }) => planned.credential));
  expect(credentials.size).toBe(15);
});
