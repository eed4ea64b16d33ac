import fc from "fast-check";
import type { Json } from "../json.ts";
import { awkwardJson, awkwardText } from "../junk.ts";
import { mutate, mutation } from "../mutate.ts";
import type { ValueSettings } from "../values-of-schema.ts";
import { valuesOf } from "../values-of-schema.ts";
import { credentialFor } from "./credential.ts";
import type { Operation } from "./document.ts";
import { opensSocket } from "./document.ts";
import type { DocumentedSchemas } from "./documented-schemas.ts";
import { bodySchemaOf } from "./documented-schemas.ts";
import { hintFor, keysFor } from "./hints.ts";
import type { BodyEncoding, PathPart, PlannedBody, PlannedRequest } from "./planned-request.ts";

const METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];
const CONTENT_TYPES = [
  "application/json; charset=utf-8",
  "APPLICATION/JSON",
  "application/json;charset=utf-16",
  "text/plain",
  "application/x-www-form-urlencoded",
  "multipart/form-data; boundary=x",
  "application/xml",
  "application/jsonx",
  "nonsense",
  null,
];
const ENCODINGS: readonly BodyEncoding[] = [
  "truncated",
  "empty",
  "invalid UTF-8",
  "byte order mark",
  "twice",
  "padded",
  "too large",
  "chunked",
];
/** Sent as they are: what a careless client, or a careful attacker, puts where an id belongs. */
const BROKEN_PATHS = [
  "%",
  "%zz",
  "%ff%fe",
  "%00",
  "%2e%2e%2f",
  "..%2f..%2f",
  "a%2Fb",
  ";a=1",
  "%F0%9F",
  "*",
  "@",
  "$&",
];

/** Requests for every operation alike: mostly sound, often with one fault, sometimes with nothing right. */
export function requestsFor(
  operations: readonly Operation[],
  schemas: DocumentedSchemas,
): fc.Arbitrary<PlannedRequest> {
  const settings: ValueSettings = { resolve: (schema) => schemas.resolve(schema), hint: hintFor, keys: keysFor };
  const drawn = operations.map((operation) => requestFor(operation, settings));
  return fc.oneof(
    { arbitrary: fc.oneof(...drawn), weight: 40 },
    { arbitrary: fc.constantFrom(...operations).chain(wrongMethod), weight: 1 },
    { arbitrary: unknownPath, weight: 1 },
  );
}

function requestFor(operation: Operation, settings: ValueSettings): fc.Arbitrary<PlannedRequest> {
  return fc.record({
    operation: fc.constant(operation),
    method: fc.constant(operation.method),
    path: fc.tuple(...pathParts(operation, settings)),
    query: queryFor(operation, settings),
    headers: headersFor(operation, settings),
    credential: credentialFor(operation),
    actor: actors,
    body: bodyFor(operation, settings),
  });
}

const actors = fc.nat({ max: 59 });

/** @throws if the document's path names a parameter that the operation does not describe */
function pathParts(operation: Operation, settings: ValueSettings): fc.Arbitrary<PathPart>[] {
  return operation.path.split(/(\{[^}]+\})/).flatMap((piece): fc.Arbitrary<PathPart>[] => {
    if (piece === "") return [];
    if (!piece.startsWith("{")) return [fc.constant({ text: piece })];
    const name = piece.slice(1, -1);
    const parameter = operation.parameters.find((one) => one.in === "path" && one.name === name);
    if (parameter === undefined) throw new Error(`${operation.name} does not describe ${name}`);
    const sound = valuesOf(parameter.schema, settings, name).map((value) => ({ value: String(value) }));
    return [
      fc.oneof(
        { arbitrary: sound, weight: 10 },
        { arbitrary: awkwardText.map((value) => ({ value })), weight: 1 },
        { arbitrary: fc.constantFrom(...BROKEN_PATHS).map((text) => ({ text })), weight: 1 },
      ),
    ];
  });
}

type Pairs = readonly (readonly [string, string])[];

function queryFor(operation: Operation, settings: ValueSettings): fc.Arbitrary<Pairs> {
  const parameters = operation.parameters.filter((one) => one.in === "query");
  const some = parameters.map(({ name, schema }) => {
    const sound = valuesOf(schema, settings, name).map((value): Pairs => [[name, String(value)]]);
    const awkward = fc.oneof(
      awkwardText,
      fc.constantFrom("-1", "0", "1e3", "0x10", "1.5", "NaN", "99999999999999999999"),
    );
    return fc.oneof(
      { arbitrary: sound, weight: 4 },
      { arbitrary: fc.constant<Pairs>([]), weight: 3 },
      { arbitrary: awkward.map((value): Pairs => [[name, value]]), weight: 2 },
      { arbitrary: fc.tuple(sound, sound).map((pairs): Pairs => pairs.flat()), weight: 1 },
    );
  });
  const unknown = fc.oneof(
    { arbitrary: fc.constant<Pairs>([]), weight: 18 },
    { arbitrary: fc.constant<Pairs>([["padding", "x".repeat(5_000)]]), weight: 1 },
    { arbitrary: fc.tuple(awkwardText, awkwardText).map(([name, value]): Pairs => [[name, value]]), weight: 2 },
  );
  return fc.tuple(...some, unknown).map((parts) => parts.flat());
}

function headersFor(operation: Operation, settings: ValueSettings): fc.Arbitrary<Pairs> {
  const parameters = operation.parameters.filter((one) => one.in === "header");
  const some = parameters.map(({ name, schema }) => {
    const few = fc.constantFrom(
      "repeated-key-1",
      "repeated-key-2",
      "short",
      "",
      "x".repeat(300),
      "a, b",
      "ü".repeat(9),
    );
    return fc.oneof(
      fc.constant<Pairs>([]),
      fc.oneof(valuesOf(schema, settings, name).map(String), few).map((value): Pairs => [[name, asHeader(value)]]),
    );
  });
  const more: Pairs[] = [
    [],
    [],
    [],
    [],
    [["origin", "https://evil.example"]],
    [["x-request-id", "<script>"]],
    [["accept", "text/html"]],
    [["cf-connecting-ip", "not an address"]],
    [["x-http-method-override", "DELETE"]],
    [["range", "bytes=0-1"]],
    [["if-none-match", "*"]],
    [["x-idempotency-key", "x".repeat(8_193)]],
  ];
  return fc.tuple(...some, fc.constantFrom(...more), socketHeadersFor(operation)).map((parts) => parts.flat());
}

/** What makes a request one for a socket; mostly all of it, for an operation that opens one. */
function socketHeadersFor(operation: Operation): fc.Arbitrary<Pairs> {
  if (!opensSocket(operation)) return fc.constant([]);
  const upgrade: Pairs = [["upgrade", "websocket"]];
  const protocols = fc.constantFrom("muster.v1", "muster.v1", "muster.v1", "muster.v2", "", "muster.v1, bearer.other");
  return fc.oneof(
    { arbitrary: protocols.map((value): Pairs => [...upgrade, ["sec-websocket-protocol", value]]), weight: 6 },
    { arbitrary: fc.constantFrom<Pairs[]>([], upgrade), weight: 1 },
  );
}

/** A header holds Latin-1, and no control characters. */
function asHeader(value: string): string {
  return value.replaceAll(/[^\t\x20-\x7e\x80-\xff]/g, "?");
}

/** Null where the operation takes none; the platform's own proxy refuses a GET with a body before we see it. */
function bodyFor(operation: Operation, settings: ValueSettings): fc.Arbitrary<PlannedBody | null> {
  if (operation.method === "GET") return fc.constant(null);
  const schema = bodySchemaOf(operation);
  const sound = schema === null ? awkwardJson : valuesOf(schema, settings);
  const value: fc.Arbitrary<Json> = fc.oneof(
    { arbitrary: sound, weight: 5 },
    { arbitrary: fc.tuple(sound, mutation).map(([whole, fault]) => mutate(whole, fault)), weight: 4 },
    { arbitrary: awkwardJson, weight: 1 },
  );
  const json = fc.constant("application/json");
  const whole = fc.record({ value, contentType: json, encoding: fc.constant<BodyEncoding>("plain") });
  const recoded = fc.record({ value, contentType: json, encoding: fc.constantFrom(...ENCODINGS) });
  const retyped = fc.record({
    value,
    contentType: fc.constantFrom(...CONTENT_TYPES),
    encoding: fc.constant<BodyEncoding>("plain"),
  });
  const none = fc.constant(null);
  return schema === null
    ? fc.oneof({ arbitrary: none, weight: 6 }, { arbitrary: whole, weight: 1 }, { arbitrary: recoded, weight: 1 })
    : fc.oneof(
        { arbitrary: whole, weight: 12 },
        { arbitrary: recoded, weight: 2 },
        { arbitrary: retyped, weight: 1 },
        { arbitrary: none, weight: 1 },
      );
}

/** On a path that others use; one that has an operation by this method is left alone. */
function wrongMethod(operation: Operation): fc.Arbitrary<PlannedRequest> {
  const text = operation.path.replaceAll(/\{[^}]+\}/g, "x");
  return fc.record({
    operation: fc.constant(null),
    method: fc.constantFrom("PUT", "PATCH", "OPTIONS"),
    path: fc.constant([{ text }]),
    query: fc.constant([]),
    headers: fc.constant([]),
    credential: credentialFor(null),
    actor: actors,
    body: fc.constant(null),
  });
}

const unknownPath: fc.Arbitrary<PlannedRequest> = fc.record({
  operation: fc.constant(null),
  method: fc.constantFrom(...METHODS),
  path: fc.tuple(
    fc.constant({ text: "/unknown/" }),
    fc.oneof(
      awkwardText.map((value) => ({ value })),
      fc.constantFrom(...BROKEN_PATHS).map((text) => ({ text })),
    ),
  ),
  query: fc.constant([]),
  headers: fc.constant([]),
  credential: credentialFor(null),
  actor: actors,
  body: fc.constant(null),
});
