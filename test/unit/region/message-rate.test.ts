import { describe, expect, it } from "vitest";
import { MessageRate } from "../../../src/region/message-rate.ts";

/** How many of so many messages at one time are let through. */
function taken(rate: MessageRate, count: number, nowMs: number): number {
  return Array.from({ length: count }, () => rate.take(nowMs)).filter((isTaken) => isTaken).length;
}

describe("the rate of a socket's messages", () => {
  it("lets a burst through and no more", () => {
    expect(taken(new MessageRate(20, 5, 0), 100, 0)).toBe(20);
  });

  it("fills up again with time, at most to a burst", () => {
    const rate = new MessageRate(20, 5, 0);
    taken(rate, 100, 0);
    expect(taken(rate, 100, 1_000)).toBe(5);
    expect(taken(rate, 100, 3_600_000)).toBe(20);
  });

  it("lets a steady sender go on for ever", () => {
    const rate = new MessageRate(20, 5, 0);
    for (let message = 1; message <= 1_000; message += 1) expect(rate.take(message * 200)).toBe(true);
  });

  it("gives nothing for a clock that was set back", () => {
    const rate = new MessageRate(2, 5, 10_000);
    expect(taken(rate, 3, 5_000)).toBe(2);
    expect(taken(rate, 3, 5_000)).toBe(0);
  });
});
