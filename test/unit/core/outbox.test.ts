import { describe, expect, it } from "vitest";
import { Outbox } from "../../../src/core/outbox.ts";

describe("Outbox", () => {
  it("sends a new result at once", () => {
    const outbox = new Outbox();
    outbox.add("match-1", 1_000);
    expect(outbox.nextSendMs()).toBe(1_000);
    expect(outbox.due(1_000, 50)).toEqual(["match-1"]);
  });

  it("doubles the wait from five seconds to ten minutes, and stays there", () => {
    const outbox = new Outbox();
    outbox.add("match-1", 0);
    const waitsS = Array.from({ length: 10 }, () => {
      const nowMs = outbox.nextSendMs();
      outbox.sent("match-1", nowMs);
      return (outbox.nextSendMs() - nowMs) / 1000;
    });
    expect(waitsS).toEqual([5, 10, 20, 40, 80, 160, 320, 600, 600, 600]);
  });

  it("still waits ten minutes after thousands of tries", () => {
    const outbox = new Outbox();
    outbox.add("match-1", 0);
    for (let attempt = 0; attempt < 5_000; attempt += 1) outbox.sent("match-1", 0);
    expect(outbox.nextSendMs()).toBe(600_000);
  });

  it("counts from when it was sent, not from when it was due", () => {
    const outbox = new Outbox();
    outbox.add("match-1", 0);
    outbox.sent("match-1", 42_000);
    expect(outbox.nextSendMs()).toBe(47_000);
    expect(outbox.due(46_999, 50)).toEqual([]);
  });

  it("says how often a result was tried before", () => {
    const outbox = new Outbox();
    outbox.add("match-1", 0);
    expect([0, 0, 0].map((nowMs) => outbox.sent("match-1", nowMs))).toEqual([0, 1, 2]);
  });

  it("forgets a result that was confirmed", () => {
    const outbox = new Outbox();
    outbox.add("match-1", 0);
    outbox.remove("match-1");
    expect([outbox.size, outbox.nextSendMs(), outbox.due(1e15, 50)]).toEqual([0, Number.POSITIVE_INFINITY, []]);
  });

  it("does not bring back a result that was confirmed while it was being sent", () => {
    const outbox = new Outbox();
    outbox.add("match-1", 0);
    outbox.remove("match-1");
    outbox.sent("match-1", 100);
    expect(outbox.size).toBe(0);
  });

  it("starts over when a failed result is sent again on an operator's order", () => {
    const outbox = new Outbox();
    outbox.add("match-1", 0);
    for (let attempt = 0; attempt < 9; attempt += 1) outbox.sent("match-1", 0);
    outbox.add("match-1", 1_000);
    expect(outbox.nextSendMs()).toBe(1_000);
  });

  it("sends those that are due longest first, as many as fit", () => {
    const outbox = new Outbox();
    outbox.add("late", 3_000);
    outbox.add("early", 1_000);
    outbox.add("middle", 2_000);
    outbox.add("not yet", 9_000);
    expect(outbox.due(5_000, 50)).toEqual(["early", "middle", "late"]);
    expect(outbox.due(5_000, 2)).toEqual(["early", "middle"]);
  });
});
