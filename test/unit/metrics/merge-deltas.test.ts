import { describe, expect, it } from "vitest";
import { parseDelta } from "../../../src/metrics/delta.ts";
import { mergeDeltas, textOf } from "../../../src/metrics/merge-deltas.ts";
import { aCounter, aGauge, aHistogram, samplesOf } from "./builders.ts";

const EUW = { region: "EUW" };

describe("merging deltas", () => {
  it("sums counters series by series", () => {
    const one = [aCounter("c_total", { value: 1, labels: EUW })];
    const other = [aCounter("c_total", { value: 2, labels: EUW }, { value: 5, labels: { region: "NA" } })];
    expect(samplesOf(mergeDeltas([one, other]))).toEqual({ 'c_total{region="EUW"}': 3, 'c_total{region="NA"}': 5 });
  });

  it("takes label sets for the same whatever the order of their labels", () => {
    const one = [aCounter("c_total", { value: 1, labels: { mode: "2v2", region: "EUW" } })];
    const other = [aCounter("c_total", { value: 2, labels: { region: "EUW", mode: "2v2" } })];
    expect(samplesOf(mergeDeltas([one, other]))).toEqual({ 'c_total{mode="2v2",region="EUW"}': 3 });
  });

  it("sums histograms bucket by bucket", () => {
    const merged = samplesOf(mergeDeltas([[aHistogram("h", { 1: 2, 5: 3 })], [aHistogram("h", { 1: 0, 5: 4 })]]));
    expect(merged).toEqual({
      'h_bucket{le="1"}': 2,
      'h_bucket{le="5"}': 7,
      'h_bucket{le="+Inf"}': 7,
      "h_sum{}": 7,
      "h_count{}": 7,
    });
  });

  it("keeps the newest value of a gauge and the values of series that the newest does not name", () => {
    const newest = [aGauge("g", { value: 0, labels: EUW })];
    const older = [aGauge("g", { value: 9, labels: EUW }, { value: 4, labels: { region: "NA" } })];
    expect(samplesOf(mergeDeltas([newest, older]))).toEqual({ 'g{region="EUW"}': 0, 'g{region="NA"}': 4 });
  });

  it("drops older values of other buckets, which cannot be added", () => {
    const merged = mergeDeltas([[aHistogram("h", { 1: 1, 10: 2 })], [aHistogram("h", { 1: 50, 5: 60 })]]);
    expect(merged).toEqual(mergeDeltas([[aHistogram("h", { 1: 1, 10: 2 })]]));
  });

  it("drops older values of another type", () => {
    const merged = mergeDeltas([[aGauge("x", { value: 2, labels: EUW })], [aHistogram("x", { 1: 50 })]]);
    expect(samplesOf(merged)).toEqual({ 'x{region="EUW"}': 2 });
  });

  it("changes none of its inputs", () => {
    const deltas = [[aCounter("c_total", { value: 1, labels: EUW })], [aCounter("c_total", { value: 2, labels: EUW })]];
    const before = structuredClone(deltas);
    mergeDeltas(deltas);
    expect(deltas).toEqual(before);
  });
});

describe("the page for Prometheus", () => {
  it("has help, type and samples of every metric, sorted by name", async () => {
    const page = await textOf([aGauge("b", { value: 2, labels: EUW }), aCounter("a_total", { value: 1, labels: {} })]);
    expect(page).toBe(
      [
        "# HELP a_total A counter.",
        "# TYPE a_total counter",
        "a_total 1",
        "",
        "# HELP b A gauge.",
        "# TYPE b gauge",
        'b{region="EUW"} 2',
        "",
      ].join("\n"),
    );
  });

  it("escapes what a label's value may hold", async () => {
    const page = await textOf([aGauge("g", { value: 1, labels: { route: 'a"b\\c\nd' } })]);
    expect(page).toContain('g{route="a\\"b\\\\c\\nd"} 1');
  });
});

describe("reading a delta", () => {
  it.each([
    ["no list", { name: "c_total" }],
    ["nothing", undefined],
    ["a name with a space", [{ ...aCounter("c_total"), name: "c total" }]],
    ["a type that is not known", [{ ...aCounter("c_total"), type: "summary" }]],
    ["a value that is no number", [aCounter("c_total", { value: Number.NaN, labels: {} })]],
    ["a counter that goes down", [aCounter("c_total", { value: -1, labels: {} })]],
    ["a label name that breaks the text format", [aCounter("c_total", { value: 1, labels: { 'a="': "b" } })]],
    ["a sample under a foreign name", [aCounter("c_total", { value: 1, labels: {}, metricName: "other_total" })]],
    [
      "a bucket without its bound",
      [{ ...aHistogram("h", { 1: 1 }), values: [{ value: 1, labels: {}, metricName: "h_bucket" }] }],
    ],
  ])("refuses %s", (_, input) => {
    expect(parseDelta(input)).toEqual({ delta: [], refused: 1 });
  });

  it("keeps the good metrics beside a bad one", () => {
    const good = aCounter("good_total", { value: 1, labels: EUW });
    expect(parseDelta([{ name: "bad" }, good])).toEqual({ delta: [good], refused: 1 });
  });

  it("takes a metric that this version does not know, and fields of a later one", () => {
    const later = { ...aGauge("muster_of_tomorrow", { value: 1, labels: EUW }), unit: "seconds" };
    expect(parseDelta([later]).delta.map(({ name }) => name)).toEqual(["muster_of_tomorrow"]);
  });
});
