import { describe, expect, it } from "vitest";
import { judgeProbes } from "../../outage/judge-probes.ts";
import type { Probe } from "../../outage/prober.ts";

function aProbe(overrides: Partial<Probe> = {}): Probe {
  return { asked: "GET /board", atMs: 0, tookMs: 3_000, status: 503, hasRetryAfter: true, ...overrides };
}

const ANSWERED = aProbe({ status: 200, hasRetryAfter: false });

describe("what was answered to those who need D1", () => {
  it("is right when they are asked to come back while it is out, and answered else", () => {
    expect(judgeProbes([aProbe(), ANSWERED], [ANSWERED])).toEqual([]);
  });

  it.each([
    ["no time to come back", { hasRetryAfter: false }, "was answered 503 without Retry-After"],
    ["another fault than 503", { status: 500 }, "was answered 500 with Retry-After"],
    ["no answer", { status: 0, hasRetryAfter: false }, "had no answer"],
    ["an answer that comes late", { tookMs: 15_001 }, "was answered 503 with Retry-After after 15001 ms"],
  ])("is wrong during the outage with %s", (_, overrides, text) => {
    expect(judgeProbes([aProbe(), aProbe(overrides)], [])).toEqual([expect.stringContaining(text)]);
  });

  it("is wrong when nobody was refused: then there was no outage", () => {
    expect(judgeProbes([ANSWERED], [])).toEqual(["GET /board was never refused while D1 was out"]);
  });

  it("is wrong when somebody is refused in peace", () => {
    expect(judgeProbes([aProbe()], [aProbe()])).toEqual([expect.stringContaining("while D1 was well, GET /board")]);
  });
});
