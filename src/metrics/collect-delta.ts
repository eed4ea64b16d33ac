import type { MetricsDelta } from "./delta.ts";
import { parseDelta } from "./delta.ts";
import type { Metrics } from "./metrics.ts";

/**
 * Takes everything counted since the last call and sets the registry back to nothing, gauges too: set them right
 * before. Empty when nothing was counted.
 *
 * The reset must follow in the same turn, without an await in between: `getMetricsAsJSON()` reads all values before
 * it first yields, and what another request counted after that would be reset without ever having been read.
 */
export async function collectDelta(metrics: Metrics): Promise<MetricsDelta> {
  const reading = metrics.registry.getMetricsAsJSON();
  metrics.registry.resetMetrics();
  const { delta, refused } = parseDelta(withoutUntouched(await reading));
  if (refused > 0) metrics.metricsDropped.inc({ reason: "malformed" }, refused);
  return delta;
}

/** A counter without labels reports 0 although nobody touched it; with labels a 0 was meant. */
function withoutUntouched<Snapshot extends { values: { value: number; labels: object }[] }>(
  snapshots: readonly Snapshot[],
): Snapshot[] {
  return snapshots.map((snapshot) => ({
    ...snapshot,
    values: snapshot.values.filter(({ value, labels }) => value !== 0 || Object.keys(labels).length > 0),
  }));
}
