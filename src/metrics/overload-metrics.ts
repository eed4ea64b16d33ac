import type { Counter, Gauge, Registry } from "prom-client";
import { newCounter, newGauge } from "./new-metric.ts";

/** How a region keeps itself alive when there is too much to do. */
export function overloadedGauge(registry: Registry): Gauge<"region"> {
  return newGauge(registry, {
    name: "overloaded",
    help: "1 while a region lets nobody new in, because it runs late or is full; else 0.",
    labelNames: ["region"],
  });
}

/** `kind` is `enqueue`, `party` or `socket`. */
export function callsShedCounter(registry: Registry): Counter<"region" | "kind"> {
  return newCounter(registry, {
    name: "calls_shed_total",
    help: "Calls that a region turned away because it had too much to do.",
    labelNames: ["region", "kind"],
  });
}
