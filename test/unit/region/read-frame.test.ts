import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../src/core/limits.ts";
import { readFrame } from "../../../src/region/read-frame.ts";

describe("reading a frame", () => {
  it.each([
    ['{"type":"enqueue"}', { type: "enqueue" }],
    ['{"type":"enqueue","mode":null,"constraints":null}', { type: "enqueue", mode: null, constraints: null }],
    [
      '{"type":"enqueue","ref":"1","mode":"2v2","constraints":{"max_rating_gap":6}}',
      { type: "enqueue", ref: "1", mode: "2v2", constraints: { max_rating_gap: 6 } },
    ],
    ['{"type":"cancel","ref":"x"}', { type: "cancel", ref: "x" }],
    [' {"type" : "ping"}\n', { type: "ping" }],
  ])("takes %s", (frame, value) => {
    expect(readFrame(frame)).toEqual({ ok: true, value });
  });

  it.each([
    ["null", "unknown_message"],
    ["7", "unknown_message"],
    ['"cancel"', "unknown_message"],
    ["{}", "unknown_message"],
    ['{"type":["cancel"]}', "unknown_message"],
    ['{"type":"__proto__"}', "unknown_message"],
    ["", "malformed_json"],
    ['{"type":"cancel","ref":""}', "invalid_input"],
    [`{"type":"cancel","ref":"${"x".repeat(65)}"}`, "invalid_input"],
    ['{"type":"enqueue","party":["a","b"]}', "invalid_input"],
    ['{"type":"enqueue","mode":2}', "invalid_input"],
  ])("refuses %s as %s", (frame, reason) => {
    expect(readFrame(frame)).toMatchObject({ ok: false, refusal: { reason } });
  });

  it("counts bytes, not characters, and takes a frame of exactly the limit", () => {
    const padded = (bytes: number) => '{"type":"cancel"}'.padEnd(bytes, " ");
    expect(readFrame(padded(LIMITS.frameBytes))).toMatchObject({ ok: true });
    expect(readFrame(padded(LIMITS.frameBytes + 1))).toMatchObject({ refusal: { reason: "frame_too_large" } });
    const wide = `{"type":"cancel","ref":"${"ü".repeat(LIMITS.frameBytes / 2)}"}`;
    expect(wide.length).toBeLessThan(LIMITS.frameBytes);
    expect(readFrame(wide)).toMatchObject({ refusal: { reason: "frame_too_large" } });
  });

  it("never throws, whatever comes", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.json(),
          fc.uint8Array().map((bytes) => bytes.slice().buffer),
        ),
        (frame) => {
          const read = readFrame(frame);
          expect(read.ok || read.refusal.reason.length > 0).toBe(true);
        },
      ),
    );
  });
});
