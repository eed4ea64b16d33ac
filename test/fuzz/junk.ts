import fc from "fast-check";
import type { Json } from "./json.ts";

function nested(depth: number): Json {
  let value: Json = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { a: value };
  return value;
}

/** Values that programs send by mistake, and people on purpose. */
const AWKWARD: readonly Json[] = [
  null,
  true,
  0,
  -0,
  -1,
  1.5,
  1e308,
  -1e308,
  5e-324,
  2 ** 31,
  2 ** 53,
  -(2 ** 63),
  "",
  " ",
  "0",
  "null",
  "__proto__",
  "constructor",
  "toString",
  "\u0000",
  "\ud800",
  "\udfff\ud800",
  "\u202e\u200b\ufeff",
  "👩‍👩‍👧‍👦".repeat(8),
  "ﷺ".repeat(65),
  "Z̸̡".repeat(300),
  "x".repeat(64),
  "x".repeat(65),
  "x".repeat(5_000),
  "' OR 1=1 --",
  "{{7*7}}",
  "../../etc/passwd",
  "%00%0a",
  "2026-11-02T12:00:00Z",
  [],
  {},
  [[]],
  [null],
  Array<Json>(500).fill("x"),
  Array<Json>(70).fill({}),
  { "": "" },
  { length: 3 },
  { constructor: { prototype: {} } },
  Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`key${index}`, index])),
  nested(9),
  nested(500),
  nested(1_000),
];

export const awkwardJson: fc.Arbitrary<Json> = fc.oneof(
  { arbitrary: fc.constantFrom(...AWKWARD), weight: 6 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 80 }), weight: 1 },
  { arbitrary: fc.jsonValue({ maxDepth: 3 }).map(asJson), weight: 1 },
);

export const awkwardText: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...AWKWARD.filter((value) => typeof value === "string")),
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ maxLength: 20 }),
);

/** fast-check's own type for JSON, in ours: what went through text is nothing else. */
function asJson(value: unknown): Json {
  const copy: Json = JSON.parse(JSON.stringify(value));
  return copy;
}
