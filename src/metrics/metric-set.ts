import { Counter, Gauge, Histogram, Registry } from "prom-client";

const PREFIX = "muster_";

/** A registry of its own, and how a metric comes into it. */
export abstract class MetricSet {
  readonly registry = new Registry();

  protected counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({ name: PREFIX + name, help, labelNames, registers: [this.registry] });
  }

  /** Deltas are merged newest first, so with the aggregator `first` the newest value wins; all else is summed. */
  protected gauge<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Gauge<Label> {
    return new Gauge({ name: PREFIX + name, help, labelNames, aggregator: "first", registers: [this.registry] });
  }

  protected histogram<Label extends string>(
    name: string,
    help: string,
    labelNames: readonly Label[],
    buckets: readonly number[],
  ): Histogram<Label> {
    return new Histogram({ name: PREFIX + name, help, labelNames, buckets: [...buckets], registers: [this.registry] });
  }
}
