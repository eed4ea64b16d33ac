import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Log } from "../../../src/log.ts";
import type { MetricsDelta } from "../../../src/metrics/delta.ts";
import { mergeDeltas } from "../../../src/metrics/merge-deltas.ts";
import { MetricsSource } from "../../../src/metrics/metrics-source.ts";
import { samplesOf } from "./builders.ts";

const LOG = new Log("off");
const EUW = { region: "EUW" };

/** A hub that keeps what it gets, newest first; while it is away, pushes fail before they arrive. */
class KeepingHub {
  readonly received: MetricsDelta[] = [];
  isAway = false;
  failures = 0;

  async push(delta: MetricsDelta): Promise<void> {
    if (this.isAway) {
      this.failures += 1;
      throw new Error("the hub is away");
    }
    this.received.unshift(structuredClone(delta));
  }

  get totals(): Record<string, number> {
    return samplesOf(mergeDeltas(this.received));
  }
}

/** A hub whose answers never come. */
class SilentHub {
  readonly #reached = Promise.withResolvers<void>();

  get reached(): Promise<void> {
    return this.#reached.promise;
  }

  push(): Promise<void> {
    this.#reached.resolve();
    return new Promise(() => {});
  }
}

type Step =
  | { readonly type: "count"; readonly region: string; readonly by: number }
  | { readonly type: "observe"; readonly region: string; readonly eighths: number }
  | { readonly type: "set"; readonly region: string; readonly value: number }
  | { readonly type: "push"; readonly arrives: boolean };

const region = fc.constantFrom("EUW", "NA", "KR");
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constant("count"), region, by: fc.nat(5) }),
  /** Eighths of a second add up without rounding. */
  fc.record({ type: fc.constant("observe"), region, eighths: fc.nat(800) }),
  fc.record({ type: fc.constant("set"), region, value: fc.nat(50) }),
  fc.record({ type: fc.constant("push"), arrives: fc.boolean() }),
);

function count({ metrics }: MetricsSource, step: Step): void {
  if (step.type === "count") metrics.exportErrors.inc({ region: step.region }, step.by);
  if (step.type === "observe") metrics.tickLateness.observe({ region: step.region }, step.eighths / 8);
  if (step.type === "set") metrics.exportBacklog.set({ region: step.region }, step.value);
}

describe("MetricsSource", () => {
  it("brings the same totals however the counting is split into pushes that arrive or fail", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
        const [split, whole] = [new MetricsSource(), new MetricsSource()];
        const [hub, other] = [new KeepingHub(), new KeepingHub()];
        for (const step of steps) {
          count(split, step);
          count(whole, step);
          if (step.type !== "push") continue;
          hub.isAway = !step.arrives;
          await split.push(hub, 0, LOG);
        }
        hub.isAway = false;
        await split.push(hub, 0, LOG);
        await whole.push(other, 0, LOG);
        const { "muster_metrics_push_errors_total{}": failed, ...totals } = hub.totals;
        expect(totals).toEqual(other.totals);
        expect(failed ?? 0).toBe(hub.failures);
      }),
    );
  });

  it("calls nobody when nothing was counted", async () => {
    const hub = new KeepingHub();
    await new MetricsSource().push(hub, 0, LOG);
    expect(hub.received).toEqual([]);
  });

  it("has one push under way at a time and keeps for the next what is counted meanwhile", async () => {
    const source = new MetricsSource();
    const hub = new KeepingHub();
    source.metrics.exportErrors.inc(EUW);
    const first = source.push(hub, 0, LOG);
    source.metrics.exportErrors.inc(EUW);
    await Promise.all([first, source.push(hub, 1, LOG)]);
    expect(hub.totals).toEqual({ 'muster_export_errors_total{region="EUW"}': 1 });
    await source.push(hub, 2, LOG);
    expect(hub.totals).toEqual({ 'muster_export_errors_total{region="EUW"}': 2 });
  });

  it("gives up a push that gets no answer for 10 s and sends its counts again", async () => {
    const source = new MetricsSource();
    const [silent, hub] = [new SilentHub(), new KeepingHub()];
    source.metrics.exportErrors.inc(EUW);
    void source.push(silent, 0, LOG);
    await silent.reached;
    await source.push(hub, 9_999, LOG);
    expect(hub.received).toEqual([]);
    await source.push(hub, 10_000, LOG);
    expect(hub.totals).toMatchObject({
      'muster_export_errors_total{region="EUW"}': 1,
      "muster_metrics_push_errors_total{}": 1,
    });
  });

  it("sends the newer value of a gauge when an older one could not be sent", async () => {
    const source = new MetricsSource();
    const hub = new KeepingHub();
    hub.isAway = true;
    source.metrics.exportBacklog.set(EUW, 9);
    await source.push(hub, 0, LOG);
    hub.isAway = false;
    source.metrics.exportBacklog.set(EUW, 2);
    await source.push(hub, 1, LOG);
    expect(hub.totals['muster_export_backlog_matches{region="EUW"}']).toBe(2);
  });

  it("drops and counts what piles up past its limit while the hub is away", async () => {
    const source = new MetricsSource();
    const hub = new KeepingHub();
    hub.isAway = true;
    for (let number = 0; number <= 20_000; number++) source.metrics.exportErrors.inc({ region: `R${number}` });
    await source.push(hub, 0, LOG);
    hub.isAway = false;
    await source.push(hub, 1, LOG);
    expect(hub.totals).toEqual({
      "muster_metrics_push_errors_total{}": 1,
      'muster_metrics_dropped_total{reason="unsent_limit"}': 20_001,
    });
  });

  it("says when its last push began", async () => {
    const source = new MetricsSource();
    expect(source.lastPushMs).toBe(0);
    await source.push(new KeepingHub(), 1_234, LOG);
    expect(source.lastPushMs).toBe(1_234);
  });
});
