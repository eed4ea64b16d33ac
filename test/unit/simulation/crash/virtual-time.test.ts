import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { VirtualTime } from "../../../../simulation/crash/platform/virtual-time.ts";

function runUntil(time: VirtualTime, untilMs: number): void {
  for (let next = time.takeNext(untilMs); next !== null; next = time.takeNext(untilMs)) next.act();
}

describe("virtual time", () => {
  it("lets things happen in the order of their times, and of the same time in the order in which they were asked for", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20), { maxLength: 60 }), (delays) => {
        const time = new VirtualTime(0);
        const happened: [number, number][] = [];
        for (const [index, delayMs] of delays.entries()) time.after(delayMs, () => happened.push([time.nowMs, index]));
        runUntil(time, 100);
        const expected = delays
          .map((delayMs, index) => [delayMs, index])
          .sort(([a = 0, i = 0], [b = 0, j = 0]) => a - b || i - j);
        expect(happened).toEqual(expected);
      }),
    );
  });

  it("stands where it was to go when nothing is left to happen until then", () => {
    const time = new VirtualTime(1_000);
    time.after(500, () => {});
    expect(time.takeNext(1_400)).toBeNull();
    expect(time.nowMs).toBe(1_400);
  });

  it("forgets what was cancelled", () => {
    const time = new VirtualTime(0);
    const happened: string[] = [];
    time.after(1, () => happened.push("kept"));
    time.after(1, () => happened.push("cancelled")).isCancelled = true;
    runUntil(time, 10);
    expect(happened).toEqual(["kept"]);
  });

  it("lets what is due in the past happen now, and never goes back", () => {
    const time = new VirtualTime(100);
    time.after(-50, () => {});
    expect(time.takeNext(200)?.dueMs).toBe(100);
    expect(time.nowMs).toBe(100);
  });

  it("also takes what is asked for while things happen", () => {
    const time = new VirtualTime(0);
    const happened: number[] = [];
    time.after(1, () => time.after(1, () => happened.push(time.nowMs)));
    runUntil(time, 5);
    expect(happened).toEqual([2]);
  });
});
