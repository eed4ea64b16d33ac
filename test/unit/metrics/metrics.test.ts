import { describe, expect, it } from "vitest";
import { collectDelta } from "../../../src/metrics/collect-delta.ts";
import { Metrics } from "../../../src/metrics/metrics.ts";
import { samplesOf } from "./builders.ts";

describe("Metrics", () => {
  it("names every metric as Prometheus asks: a prefix, counters end in _total, times are in seconds", () => {
    for (const { name, type } of new Metrics().registry.getMetricsAsArray()) {
      expect(name).toMatch(/^muster_[a-z_]+$/);
      expect(name.endsWith("_total"), name).toBe(String(type) === "counter");
      expect(name).not.toMatch(/_(ms|milliseconds|minutes)/);
    }
  });

  it("is a source of its own: two instances share no counts", async () => {
    const [one, other] = [new Metrics(), new Metrics()];
    one.exportErrors.inc({ region: "EUW" });
    expect(await collectDelta(other)).toEqual([]);
  });
});

describe("collecting a delta", () => {
  it("gives nothing when nothing was counted", async () => {
    expect(await collectDelta(new Metrics())).toEqual([]);
  });

  it("gives each increment once", async () => {
    const metrics = new Metrics();
    metrics.matchesFormed.inc({ region: "EUW", mode: "2v2", pass: "exact" }, 3);
    expect(samplesOf(await collectDelta(metrics))).toEqual({
      'muster_matches_formed_total{mode="2v2",pass="exact",region="EUW"}': 3,
    });
    expect(await collectDelta(metrics)).toEqual([]);
  });

  it("loses nothing that is counted while it reads", async () => {
    const metrics = new Metrics();
    metrics.tickDuration.observe({ region: "EUW" }, 0.5);
    const reading = collectDelta(metrics);
    metrics.tickDuration.observe({ region: "EUW" }, 0.25);
    metrics.exportErrors.inc({ region: "EUW" });
    const [first, second] = [samplesOf(await reading), samplesOf(await collectDelta(metrics))];
    expect(first['muster_tick_duration_seconds_sum{region="EUW"}']).toBe(0.5);
    expect(second).toMatchObject({
      'muster_tick_duration_seconds_sum{region="EUW"}': 0.25,
      'muster_export_errors_total{region="EUW"}': 1,
    });
  });

  it("keeps a zero that was meant, so that a series can be shown before its first event", async () => {
    const metrics = new Metrics();
    metrics.invariantViolations.inc({ region: "EUW", invariant: "conserved" }, 0);
    expect(samplesOf(await collectDelta(metrics))).toEqual({
      'muster_invariant_violations_total{invariant="conserved",region="EUW"}': 0,
    });
  });

  it("leaves out and counts a metric that holds no number", async () => {
    const metrics = new Metrics();
    metrics.exportBacklog.set({ region: "EUW" }, Number.NaN);
    expect(await collectDelta(metrics)).toEqual([]);
    expect(samplesOf(await collectDelta(metrics))).toEqual({ 'muster_metrics_dropped_total{reason="malformed"}': 1 });
  });

  it("survives a structured clone unchanged, as it crosses RPC", async () => {
    const metrics = new Metrics();
    metrics.waitSeconds.observe({ region: "EUW", mode: "2v2" }, 4);
    metrics.exportBacklog.set({ region: "EUW" }, 7);
    const delta = await collectDelta(metrics);
    expect(structuredClone(delta)).toEqual(delta);
    expect(JSON.parse(JSON.stringify(delta))).toEqual(delta);
  });
});
