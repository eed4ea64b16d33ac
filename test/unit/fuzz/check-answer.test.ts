import { describe, expect, test } from "vitest";
import type { Answer } from "../../fuzz/http/answer.ts";
import { answerFaults } from "../../fuzz/http/check-answer.ts";
import { DocumentSchema, operationsOf } from "../../fuzz/http/document.ts";
import { DocumentedSchemas } from "../../fuzz/http/documented-schemas.ts";
import type { Json } from "../../fuzz/json.ts";

const problemContent = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
const document = DocumentSchema.parse({
  paths: {
    "/pets/{id}": {
      get: {
        parameters: [{ name: "id", in: "path", required: true, schema: { type: "string" } }],
        responses: {
          200: {
            content: {
              "application/json": {
                schema: {
                  allOf: [
                    { $ref: "#/components/schemas/Pet" },
                    { type: "object", properties: { age: { type: "integer" } }, required: ["age"] },
                  ],
                },
              },
            },
          },
          401: { headers: { "www-authenticate": {} }, content: problemContent },
          404: { content: problemContent },
          422: { content: problemContent },
          429: { headers: { "retry-after": {} }, content: problemContent },
          503: { headers: { "retry-after": {} }, content: problemContent },
        },
      },
    },
  },
  components: {
    schemas: {
      Pet: {
        type: "object",
        properties: { name: { type: "string" }, born: { type: "string", format: "date-time" } },
        required: ["name"],
      },
      Problem: {
        type: "object",
        properties: {
          type: { type: "string" },
          title: { type: "string" },
          status: { type: "integer" },
          detail: { type: "string" },
          instance: { type: "string" },
          errors: { type: "array", items: { type: "object" } },
        },
        required: ["type", "title", "status", "detail", "instance"],
      },
    },
  },
});
const schemas = new DocumentedSchemas(document);
const [getPet] = operationsOf(document);

function anAnswer(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Answer {
  const type = status < 400 ? "application/json" : "application/problem+json";
  return { status, headers: { "content-type": type, "x-request-id": "r1", ...headers }, body: JSON.stringify(body) };
}

function aProblem(reason: string, status: number, extras: object = {}) {
  return { type: `urn:muster:problem:${reason}`, title: "t", status, detail: "d", instance: "r1", ...extras };
}

function kinds(answer: Answer, operation = getPet ?? null): string[] {
  return answerFaults(operation, answer, schemas).map(({ kind }) => kind);
}

describe("nothing is said against", () => {
  test.each([
    ["a documented body", anAnswer(200, { name: "Rex", age: 3, born: "2026-11-02T12:00:00.000Z" })],
    ["a complete problem", anAnswer(404, aProblem("unknown_player", 404))],
    ["a 429 that says when", anAnswer(429, aProblem("rate_limited", 429), { "retry-after": "60" })],
    ["a 422 that names its faults", anAnswer(422, aProblem("invalid_input", 422, { errors: [{}] }))],
  ])("%s", (_, answer) => expect(answerFaults(getPet ?? null, answer, schemas)).toEqual([]));

  test("an unknown path that is a problem of status 404", () => {
    expect(answerFaults(null, anAnswer(404, aProblem("unknown_route", 404)), schemas)).toEqual([]);
  });
});

describe("a service is found out that answers with", () => {
  const good = { name: "Rex", age: 3 };
  test.each([
    ["a fault of its own", anAnswer(500, aProblem("internal_error", 500)), "server error"],
    ["a documented 503", anAnswer(503, aProblem("region_unavailable", 503), { "retry-after": "2" }), "server error"],
    ["a status that is not documented", anAnswer(418, aProblem("teapot", 418)), "undocumented status"],
    ["a success that is not documented", anAnswer(201, good), "undocumented status"],
    ["a page", { ...anAnswer(404, ""), body: "<!DOCTYPE html><p>Not found</p>" }, "leak"],
    ["a stack", { ...anAnswer(404, ""), body: "Error: x\n    at f (index.js:1:2)" }, "leak"],
    ["another content type", anAnswer(200, good, { "content-type": "text/html" }), "wrong content type"],
    [
      "a problem as plain JSON",
      anAnswer(404, aProblem("unknown_player", 404), { "content-type": "application/json" }),
      "wrong content type",
    ],
    ["a missing field", anAnswer(200, { name: "Rex" }), "wrong shape"],
    ["a field of another type", anAnswer(200, { ...good, age: "three" }), "wrong shape"],
    ["a field that nobody documented", anAnswer(200, { ...good, secret: 1 }), "wrong shape"],
    ["a time that is none", anAnswer(200, { ...good, born: "yesterday" }), "wrong shape"],
    ["half a body", { ...anAnswer(200, good), body: '{"name":' }, "wrong shape"],
    ["no request id", { ...anAnswer(200, good), headers: { "content-type": "application/json" } }, "missing header"],
    ["a 429 that says not when", anAnswer(429, aProblem("rate_limited", 429)), "missing header"],
    [
      "a 429 that says when in words",
      anAnswer(429, aProblem("rate_limited", 429), { "retry-after": "soon" }),
      "missing header",
    ],
    ["a 401 that says not how", anAnswer(401, aProblem("credentials_needed", 401)), "missing header"],
    [
      "a problem of another request",
      anAnswer(404, aProblem("unknown_player", 404), { "x-request-id": "r2" }),
      "bad problem",
    ],
    ["a problem of a kind that is not known", anAnswer(404, aProblem("whatever", 404)), "bad problem"],
    ["a problem of another status's kind", anAnswer(404, aProblem("in_match", 404)), "bad problem"],
    ["a problem whose status is another", anAnswer(404, aProblem("unknown_player", 409)), "bad problem"],
    ["a problem without words", anAnswer(404, aProblem("unknown_player", 404, { detail: "" })), "bad problem"],
    ["a 422 that names no fault", anAnswer(422, aProblem("invalid_input", 422)), "bad problem"],
  ])("%s", (_, answer, kind) => expect(kinds(answer)).toContain(kind));

  test("a success where no operation is", () => {
    expect(answerFaults(null, anAnswer(200, {}), schemas).map(({ kind }) => kind)).toEqual(["undocumented status"]);
  });
});
