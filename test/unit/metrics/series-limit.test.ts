import { describe, expect, it } from "vitest";
import { SeriesLimit } from "../../../src/metrics/series-limit.ts";
import { aCounter, aHistogram } from "./builders.ts";

const inRegion = (region: string) => ({ value: 1, labels: { region } });

/** One sample `inRegion` takes about 60 bytes with the room to grow. */
const ROOM_FOR_TWO = { bytesPerMetric: 150, bytes: 10_000 };

describe("SeriesLimit", () => {
  it("lets series in while there is room and says how many it refused", () => {
    const limit = new SeriesLimit(ROOM_FOR_TWO);
    const { metric, refused } = limit.admit(aCounter("c_total", ...["A", "B", "C", "D"].map(inRegion)));
    expect(metric?.values).toEqual([inRegion("A"), inRegion("B")]);
    expect(refused).toBe(2);
  });

  it("goes on counting known series when it is full", () => {
    const limit = new SeriesLimit(ROOM_FOR_TWO);
    limit.admit(aCounter("c_total", inRegion("A"), inRegion("B")));
    const { metric, refused } = limit.admit(aCounter("c_total", inRegion("C"), inRegion("B")));
    expect(metric?.values).toEqual([inRegion("B")]);
    expect(refused).toBe(1);
  });

  it("gives no metric at all when none of its series is let in", () => {
    const limit = new SeriesLimit({ bytesPerMetric: 10, bytes: 10 });
    expect(limit.admit(aCounter("c_total", inRegion("A")))).toEqual({ metric: null, refused: 1 });
  });

  it("leaves other metrics their room", () => {
    const limit = new SeriesLimit(ROOM_FOR_TWO);
    limit.admit(aCounter("c_total", ...["A", "B", "C"].map(inRegion)));
    expect(limit.admit(aCounter("d_total", inRegion("A"))).refused).toBe(0);
  });

  it("bounds all metrics together", () => {
    const limit = new SeriesLimit({ bytesPerMetric: 150, bytes: 150 });
    limit.admit(aCounter("c_total", inRegion("A"), inRegion("B")));
    expect(limit.admit(aCounter("d_total", inRegion("A"))).metric).toBeNull();
  });

  it("never takes a part of a histogram", () => {
    const limit = new SeriesLimit({ bytesPerMetric: 200, bytes: 10_000 });
    expect(limit.admit(aHistogram("h", { 1: 1, 2: 1, 5: 1 }))).toEqual({ metric: null, refused: 1 });
  });
});
