import { expect, it } from "vitest";
import type { MetricSnapshot } from "../../../src/metrics/delta.ts";
import { packRows } from "../../../src/metrics/pack-rows.ts";

function aCounter(name: string): MetricSnapshot {
  return { name, help: "For this test.", type: "counter", aggregator: "sum", values: [{ value: 1, labels: {} }] };
}

const BYTES = JSON.stringify(aCounter("a")).length;

it("puts everything into one row while it fits", () => {
  const metrics = ["a", "b", "c"].map(aCounter);
  expect(packRows(metrics, 10 * BYTES).map((row) => JSON.parse(row))).toEqual([metrics]);
});

it("begins another row where the next metric would not fit, and loses none", () => {
  const metrics = ["a", "b", "c"].map(aCounter);
  const rows = packRows(metrics, 2 * BYTES + 10).map((row) => JSON.parse(row) as unknown[]);
  expect(rows.map((row) => row.length)).toEqual([2, 1]);
  expect(rows.flat()).toEqual(metrics);
});

it("gives a metric that is larger than a row one of its own", () => {
  expect(packRows(["a", "b"].map(aCounter), 1)).toHaveLength(2);
});

it("makes no row of nothing", () => {
  expect(packRows([], 100)).toEqual([]);
});
