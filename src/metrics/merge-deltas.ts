import { AggregatorRegistry } from "prom-client";
import type { MetricSnapshot, MetricsDelta } from "./delta.ts";
import { parseDelta } from "./delta.ts";

/**
 * Adds deltas up: counters and histograms are summed series by series, gauges keep the newest value.
 *
 * Two versions of this code may push the same name with another type or other buckets while a deploy is under way.
 * Such values cannot be added, so the newest shape wins and values of another shape are dropped: to Prometheus the
 * metric starts again from zero, which it takes for a restart.
 *
 * @param newestFirst the order decides which gauge value and which shape is kept
 */
export function mergeDeltas(newestFirst: readonly MetricsDelta[]): MetricsDelta {
  const shapes = new Map<string, string>();
  const addable = newestFirst.map((delta) =>
    delta.filter((metric) => {
      const shape = shapeOf(metric);
      const newest = shapes.get(metric.name) ?? shape;
      shapes.set(metric.name, newest);
      return shape === newest;
    }),
  );
  return parseDelta(AggregatorRegistry.aggregate(addable).getMetricsAsArray()).delta;
}

/** The page that Prometheus reads, in its text format. Metrics are sorted by name, so that two pages can be compared. */
export async function textOf(metrics: Iterable<MetricSnapshot>): Promise<string> {
  const sorted = [...metrics].sort((one, other) => (one.name < other.name ? -1 : 1));
  return AggregatorRegistry.aggregate([sorted]).metrics();
}

/** Two snapshots of a metric can be added when their shapes are equal: type, way of adding, bounds of the buckets. */
function shapeOf({ type, aggregator, values }: MetricSnapshot): string {
  const bounds = new Set(values.flatMap(({ labels }) => (labels.le === undefined ? [] : [String(labels.le)])));
  return [type, aggregator, ...bounds].join(" ");
}
