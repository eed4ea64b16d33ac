import type { Registry } from "prom-client";
import { Counter, Gauge } from "prom-client";

/** How a region keeps itself alive when there is too much to do. */
export function overloadedGauge(name: string, registry: Registry): Gauge<"region"> {
  return new Gauge({
    name,
    help: "1 while a region lets nobody new in, because it runs late or is full; else 0.",
    labelNames: ["region"],
    aggregator: "first",
    registers: [registry],
  });
}

/** `kind` is `enqueue`, `party` or `socket`. */
export function callsShedCounter(name: string, registry: Registry): Counter<"region" | "kind"> {
  return new Counter({
    name,
    help: "Calls that a region turned away because it had too much to do.",
    labelNames: ["region", "kind"],
    registers: [registry],
  });
}
