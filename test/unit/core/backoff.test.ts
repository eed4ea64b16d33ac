import { expect, it } from "vitest";
import { backoffMs } from "../../../src/core/backoff.ts";

it("doubles the wait after each attempt, up to the longest", () => {
  expect([1, 2, 3, 4, 5].map((attempts) => backoffMs(attempts, 100, 1_000))).toEqual([100, 200, 400, 800, 1_000]);
});

it("waits like the first time when nothing was tried yet", () => {
  expect(backoffMs(0, 100, 1_000)).toBe(100);
});

it("stays at the longest wait after any number of attempts", () => {
  expect(backoffMs(100_000, 100, 1_000)).toBe(1_000);
});
