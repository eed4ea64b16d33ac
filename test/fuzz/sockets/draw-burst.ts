import fc from "fast-check";
import { z } from "zod";
import { LIMITS } from "../../../src/core/limits.ts";
import { ClientMessageSchema } from "../../../src/region/protocol.ts";
import { hintFor, keysFor } from "../http/hints.ts";
import type { Json } from "../json.ts";
import { isJsonObject } from "../json.ts";
import { awkwardJson, awkwardText } from "../junk.ts";
import { mutate, mutation } from "../mutate.ts";
import { valuesOf } from "../values-of-schema.ts";
import type { PlannedBurst, PlannedFrame } from "./planned-burst.ts";

/** Texts that are no message, each for a reason of its own. */
const BAD_TEXTS: readonly string[] = [
  "",
  " ",
  "\u0000",
  "ping",
  "pong",
  "null",
  "NaN",
  "-",
  "{",
  '{"type":',
  "{'type':'ping'}",
  '{"type":"ping"} {"type":"ping"}',
  '{"type":"ping",}',
  '\ufeff{"type":"ping"}',
  '{"type":"ping","type":"cancel","ref":"twice"}',
  '{"type":"cancel","type":7}',
  '{"type":"cancel","ref":"\\ud800"}',
  '{"type":"\\u0063ancel","ref":"escaped"}',
  '{"__proto__":{"type":"cancel"}}',
  '{"type":"__proto__"}',
  '{"type":"constructor"}',
  '{"type":["cancel"]}',
  '{"type":"state","seq":1}',
  '{"type":"ping","ref":"not on a ping"}',
  '{"type":"accept","match_id":"x","round":1e400}',
  '{"type":"accept","match_id":"x","round":9007199254740993}',
  "[".repeat(8_000),
  `${"[".repeat(8_000)}${"]".repeat(8_000)}`,
  `{"type":"cancel","ref":"${"é".repeat(LIMITS.frameBytes / 2)}"}`,
  "x".repeat(LIMITS.frameBytes),
  "x".repeat(LIMITS.frameBytes + 1),
  "x".repeat(200_000),
];

/** What a socket may say, with ids of matches that there are. */
const message: fc.Arbitrary<Json> = valuesOf(clientSchema(), {
  resolve: (schema) => schema,
  hint: hintFor,
  keys: keysFor,
});

const frame: fc.Arbitrary<PlannedFrame> = fc.oneof(
  { arbitrary: message.map((value): PlannedFrame => ({ kind: "message", value })), weight: 6 },
  {
    arbitrary: fc
      .tuple(message, mutation)
      .map(([whole, fault]): PlannedFrame => ({ kind: "message", value: mutate(whole, fault) })),
    weight: 6,
  },
  { arbitrary: awkwardJson.map((value): PlannedFrame => ({ kind: "message", value })), weight: 1 },
  {
    arbitrary: fc
      .oneof(fc.constantFrom(...BAD_TEXTS), awkwardText)
      .map((text): PlannedFrame => ({ kind: "text", text })),
    weight: 4,
  },
  {
    arbitrary: fc.uint8Array({ maxLength: 200 }).map((bytes): PlannedFrame => ({ kind: "binary", bytes })),
    weight: 1,
  },
);

const actor = fc.nat({ max: 59 });

/** Mostly as many frames as a socket may send at once; sometimes far more, which it must not. */
export const burst: fc.Arbitrary<PlannedBurst> = fc.oneof(
  {
    arbitrary: fc.record({
      actor,
      frames: fc.array(frame, { minLength: 1, maxLength: LIMITS.socketBurst, size: "max" }),
    }),
    weight: 30,
  },
  {
    arbitrary: fc.record({
      actor,
      frames: fc.array(frame, { minLength: 1, maxLength: 5 * LIMITS.socketBurst, size: "max" }),
    }),
    weight: 1,
  },
);

function clientSchema() {
  const schema: Json = JSON.parse(JSON.stringify(z.toJSONSchema(ClientMessageSchema, { io: "input" })));
  if (!isJsonObject(schema)) throw new Error("the client's messages have no schema");
  return schema;
}
