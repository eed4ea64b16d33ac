import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RunningNumbers } from "../../../src/region/running-numbers.ts";

const NOON_MS = Date.UTC(2026, 10, 2, 12);

describe("running numbers", () => {
  it("are whole, positive and exact for a century", () => {
    const number = new RunningNumbers(0).take(1, Date.UTC(2126, 0, 1));
    expect(Number.isSafeInteger(number)).toBe(true);
    expect(number).toBeGreaterThan(0);
  });

  it("only grow and are never given twice, however many are taken and whatever the clock does", () => {
    const takes = fc.array(fc.record({ count: fc.nat(5_000), clockMs: fc.integer({ min: -10_000, max: 10_000 }) }));
    fc.assert(
      fc.property(takes, (calls) => {
        const numbers = new RunningNumbers(NOON_MS);
        let free = 0;
        for (const { count, clockMs } of calls) {
          const first = numbers.take(count, NOON_MS + clockMs);
          expect(first).toBeGreaterThanOrEqual(free);
          free = first + count;
        }
      }),
    );
  });

  it("of a new life come after those of the last, which ran ahead of the clock", () => {
    const last = new RunningNumbers(0).take(1_999, NOON_MS) + 1_998;
    expect(new RunningNumbers(0).take(1, NOON_MS + 2)).toBeGreaterThan(last);
  });

  it("of a new life come after the newest time in storage, even if the clock was set back", () => {
    const before = new RunningNumbers(0).take(1, NOON_MS);
    expect(new RunningNumbers(NOON_MS).take(1, NOON_MS - 60_000)).toBeGreaterThan(before);
  });
});
