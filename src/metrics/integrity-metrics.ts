import { Registry } from "prom-client";
import { newGauge } from "./new-metric.ts";

/** Metrics of the books that are kept beside the service's own state, and of the audit of D1. */
export class IntegrityMetrics {
  readonly registry = new Registry();

  /** `entry` is `accepted`, `unbooked`, `waiting`, `asked` or an ending; see `region/ledger-gauges.ts`. */
  readonly ledgerTickets = newGauge(this.registry, {
    name: "ledger_tickets",
    help: "A region's books of tickets, kept with its storage: accepted + unbooked = waiting + asked + all endings. Unbooked is what came minus what went between the last save and a restart.",
    labelNames: ["region", "entry"],
  });
  /** `entry` is `reported`, `unbooked`, `rated`, `failed` or `on_their_way`. */
  readonly ledgerResults = newGauge(this.registry, {
    name: "ledger_results",
    help: "A region's books of results: reported + unbooked = rated + failed + on_their_way.",
    labelNames: ["region", "entry"],
  });
}
