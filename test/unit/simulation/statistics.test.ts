import { expect, it } from "vitest";
import { distribution, mean, percentile, rankCorrelation } from "../../../simulation/statistics.ts";

it("has no mean of nothing", () => {
  expect(mean([])).toBeNull();
});

it("takes percentiles by nearest rank, whatever the order", () => {
  const values = [50, 15, 40, 20, 35];
  // The worked example of the nearest-rank method: 5, 30, 40, 50 and 100 %.
  expect([0.05, 0.3, 0.4, 0.5, 1].map((share) => percentile(values, share))).toEqual([15, 20, 20, 35, 50]);
});

it("has no percentile of nothing", () => {
  expect(percentile([], 0.5)).toBeNull();
});

it("finds the same order in two lists perfectly correlated, whatever the distances", () => {
  expect(rankCorrelation([1, 2, 3, 4], [1, 10, 100, 1_000])).toBeCloseTo(1);
});

it("finds opposite orders perfectly anticorrelated", () => {
  expect(rankCorrelation([1, 2, 3], [9, 5, 1])).toBeCloseTo(-1);
});

it("agrees with the textbook's example of ten pupils", () => {
  // Intelligence quotient and hours of television a week; Spearman's rho is −29/165.
  const quotients = [106, 100, 86, 101, 99, 103, 97, 113, 112, 110];
  const hours = [7, 27, 2, 50, 28, 29, 20, 12, 6, 17];
  expect(rankCorrelation(quotients, hours)).toBeCloseTo(-29 / 165, 10);
});

it("gives equal values their mean rank", () => {
  // Ranks 1, 2.5, 2.5, 4 against 1, 2, 3, 4: Pearson's correlation of these is 4.5 / √(4.5 · 5).
  expect(rankCorrelation([1, 2, 2, 3], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5), 10);
});

it("has no correlation with something that does not vary", () => {
  expect(rankCorrelation([1, 2, 3], [5, 5, 5])).toBeNull();
});

it("describes a distribution by its percentiles and its end; nothing has none", () => {
  expect(distribution([4, 1, 3, 2])).toEqual({ count: 4, p50: 2, p95: 4, p99: 4, max: 4 });
  expect(distribution([])).toBeNull();
});
