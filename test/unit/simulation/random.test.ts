import { expect, it } from "vitest";
import { createRandom } from "../../../simulation/random.ts";
import { mean } from "../../../simulation/statistics.ts";

function normals(seed: number, count: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => random.normal(25, 5));
}

it("gives the same numbers for the same seed", () => {
  expect(normals(1, 10)).toEqual(normals(1, 10));
});

it("gives other numbers for another seed", () => {
  expect(normals(1, 10)).not.toEqual(normals(2, 10));
});

it("draws a normal distribution of the mean and deviation asked for", () => {
  const values = normals(1, 20_000);
  expect(mean(values)).toBeCloseTo(25, 0);
  const withinOneDeviation = values.filter((value) => Math.abs(value - 25) < 5).length / values.length;
  expect(withinOneDeviation).toBeGreaterThan(0.66);
  expect(withinOneDeviation).toBeLessThan(0.7);
});

it("stays within the bounds of an even draw and comes near both", () => {
  const random = createRandom(1);
  const values = Array.from({ length: 1_000 }, () => random.between(3, 5));
  expect(Math.min(...values)).toBeGreaterThanOrEqual(3);
  expect(Math.min(...values)).toBeLessThan(3.1);
  expect(Math.max(...values)).toBeLessThan(5);
  expect(Math.max(...values)).toBeGreaterThan(4.9);
});
