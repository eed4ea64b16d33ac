import { expect, test } from "vitest";
import { z } from "zod";
import { inputErrors } from "../../../src/http/invalid-input.ts";

function pointersOf(target: "json" | "query" | "param" | "header", schema: z.ZodType, input: unknown): string[] {
  const { error } = schema.safeParse(input);
  return inputErrors(target, error?.issues ?? []).map(({ pointer }) => pointer);
}

test("a fault in the body is a JSON pointer, with ~ and / escaped", () => {
  const schema = z.object({ "a/b": z.object({ "m~n": z.array(z.string()) }) });
  expect(pointersOf("json", schema, { "a/b": { "m~n": ["x", 1] } })).toEqual(["/a~1b/m~0n/1"]);
});

test("a fault of the whole body points at the whole body", () => {
  expect(pointersOf("json", z.object({}), [])).toEqual([""]);
});

test("a fault elsewhere names the place", () => {
  const schema = z.object({ limit: z.coerce.number() });
  expect(pointersOf("query", schema, { limit: "ten" })).toEqual(["#/query/limit"]);
  expect(pointersOf("param", schema, { limit: "ten" })).toEqual(["#/path/limit"]);
  expect(pointersOf("header", schema, { limit: "ten" })).toEqual(["#/header/limit"]);
});

test("each unknown key is an error of its own", () => {
  const schema = z.object({ inner: z.strictObject({}) });
  expect(pointersOf("json", schema, { inner: { a: 1, b: 2 } })).toEqual(["/inner/a", "/inner/b"]);
});
