import type { Registry } from "prom-client";
import { Counter, Gauge } from "prom-client";

const PREFIX = "muster_";

/** What one metric is called, says and is told apart by. */
export interface MetricDefinition<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labelNames: readonly Label[];
}

export function newCounter<Label extends string>(
  registry: Registry,
  { name, ...definition }: MetricDefinition<Label>,
): Counter<Label> {
  return new Counter({ name: PREFIX + name, ...definition, registers: [registry] });
}

/** Deltas are merged newest first, so with `first` the newest value wins. */
export function newGauge<Label extends string>(
  registry: Registry,
  { name, ...definition }: MetricDefinition<Label>,
): Gauge<Label> {
  return new Gauge({ name: PREFIX + name, ...definition, aggregator: "first", registers: [registry] });
}
