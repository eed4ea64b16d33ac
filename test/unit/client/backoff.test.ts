import fc from "fast-check";
import { expect, it } from "vitest";
import { backoffDelayMs, DEFAULT_BACKOFF } from "../../../client/backoff.ts";

const anyBackoff = fc.record({
  firstMs: fc.integer({ min: 1, max: 5_000 }),
  longestMs: fc.integer({ min: 1, max: 60_000 }),
  factor: fc.double({ min: 1, max: 4, noNaN: true }),
});
const anyChance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

it("waits of the defaults are at most 250, 500, 1,000 … and never more than 10,000 ms", () => {
  const longest = [1, 2, 3, 4, 5, 6, 7, 8].map((failures) =>
    backoffDelayMs(failures, { ...DEFAULT_BACKOFF, jitter: "none" }, Math.random),
  );
  expect(longest).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000, 10_000, 10_000]);
});

it("full jitter takes anything from nothing to the longest wait, which never shrinks", () => {
  fc.assert(
    fc.property(anyBackoff, anyChance, fc.integer({ min: 1, max: 2_000 }), (backoff, chance, failures) => {
      const most = (count: number) => backoffDelayMs(count, { ...backoff, jitter: "none" }, () => chance);
      const delay = backoffDelayMs(failures, { ...backoff, jitter: "full" }, () => chance);
      expect(delay).toBeGreaterThanOrEqual(0);
      expect(delay).toBeLessThanOrEqual(Math.min(backoff.longestMs, most(failures)));
      expect(delay).toBe(chance * most(failures));
      expect(most(failures + 1)).toBeGreaterThanOrEqual(most(failures));
    }),
  );
});
