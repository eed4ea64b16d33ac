import type { MetricsDelta } from "./delta.ts";

/** What sources and the scrape route may ask of the MetricsHub. A deploy mixes versions: see `parseDelta`. */
export interface MetricsHubRpc {
  push(delta: MetricsDelta): Promise<void>;
  /** The whole system's metrics in Prometheus' text format. */
  scrape(): Promise<string>;
}
