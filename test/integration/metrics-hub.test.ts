import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import type { MetricsHub } from "../../src/metrics/metrics-hub.ts";
import { aCounter, aGauge, aHistogram } from "../unit/metrics/builders.ts";

const EUW = { region: "EUW" };

/** A hub of the test's own, so that tests do not see each other's counts. */
function aHub() {
  return env.METRICS_HUB.getByName(crypto.randomUUID());
}

/** The value that the page shows for a series, or null if it does not show it. */
function shown(page: string, series: string): number | null {
  const line = page.split("\n").find((text) => text.startsWith(`${series} `));
  return line === undefined ? null : Number(line.slice(series.length + 1));
}

describe("MetricsHub", () => {
  it("shows the sum of what its sources pushed", async () => {
    const hub = aHub();
    await hub.push([aCounter("c_total", { value: 2, labels: EUW })]);
    await hub.push([aCounter("c_total", { value: 3, labels: EUW }, { value: 1, labels: { region: "NA" } })]);
    const page = await hub.scrape();
    expect(shown(page, 'c_total{region="EUW"}')).toBe(5);
    expect(shown(page, 'c_total{region="NA"}')).toBe(1);
  });

  it("shows the newest value of a gauge, also when it was scraped in between", async () => {
    const hub = aHub();
    await hub.push([aGauge("g", { value: 9, labels: EUW })]);
    await hub.push([aGauge("g", { value: 4, labels: EUW })]);
    expect(shown(await hub.scrape(), 'g{region="EUW"}')).toBe(4);
    await hub.push([aGauge("g", { value: 0, labels: EUW })]);
    expect(shown(await hub.scrape(), 'g{region="EUW"}')).toBe(0);
  });

  it("keeps what it has shown when it is taken out of memory", async () => {
    const hub = aHub();
    await hub.push([aCounter("c_total", { value: 2, labels: EUW }), aHistogram("h", { 1: 3, 5: 4 })]);
    const page = await hub.scrape();
    await evictDurableObject(hub);
    expect(await hub.scrape()).toBe(page);
  });

  it("goes on counting from where it was before it was taken out of memory", async () => {
    const hub = aHub();
    await hub.push([aCounter("c_total", { value: 2, labels: EUW })]);
    await hub.scrape();
    await evictDurableObject(hub);
    await hub.push([aCounter("c_total", { value: 3, labels: EUW })]);
    expect(shown(await hub.scrape(), 'c_total{region="EUW"}')).toBe(5);
  });

  it("writes down by its alarm what nobody scraped", async () => {
    const hub = aHub();
    await hub.push([aCounter("c_total", { value: 2, labels: EUW })]);
    expect(await runDurableObjectAlarm(hub)).toBe(true);
    await evictDurableObject(hub);
    expect(shown(await hub.scrape(), 'c_total{region="EUW"}')).toBe(2);
  });

  it("sleeps when nothing waits to be written", async () => {
    const hub = aHub();
    await hub.push([aCounter("c_total", { value: 2, labels: EUW })]);
    await runDurableObjectAlarm(hub);
    expect(await runDurableObjectAlarm(hub)).toBe(false);
  });

  it("loses nothing when many pushes come between two writes", async () => {
    const hub = aHub();
    for (let pushed = 0; pushed < 250; pushed++) {
      await hub.push([aCounter("c_total", { value: 1, labels: EUW }), aGauge("g", { value: pushed, labels: EUW })]);
    }
    const page = await hub.scrape();
    expect(shown(page, 'c_total{region="EUW"}')).toBe(250);
    expect(shown(page, 'g{region="EUW"}')).toBe(249);
  });

  it("shows only what is on disk: a failed write changes nothing and is made up for later", async () => {
    const hub = aHub();
    await hub.push([aCounter("c_total", { value: 2, labels: EUW })]);
    const page = await hub.scrape();
    await runInDurableObject<MetricsHub, void>(hub, (_, { storage }) => {
      storage.sql.exec("ALTER TABLE totals RENAME TO totals_away");
    });
    await hub.push([aCounter("c_total", { value: 3, labels: EUW })]);
    expect(await hub.scrape()).toBe(page);
    await runInDurableObject<MetricsHub, void>(hub, (_, { storage }) => {
      storage.sql.exec("ALTER TABLE totals_away RENAME TO totals");
    });
    expect(shown(await hub.scrape(), 'c_total{region="EUW"}')).toBe(5);
  });
});

describe("MetricsHub beside other versions and bugs", () => {
  it("shows a metric that it does not know", async () => {
    const hub = aHub();
    await hub.push([aGauge("muster_of_tomorrow", { value: 7, labels: EUW })]);
    expect(shown(await hub.scrape(), 'muster_of_tomorrow{region="EUW"}')).toBe(7);
  });

  it("starts a histogram again when its buckets change and leaves the other metrics alone", async () => {
    const hub = aHub();
    await hub.push([aHistogram("h", { 1: 3, 5: 4 }), aCounter("c_total", { value: 2, labels: EUW })]);
    await hub.scrape();
    await hub.push([aHistogram("h", { 1: 1, 10: 2 }), aCounter("c_total", { value: 1, labels: EUW })]);
    const page = await hub.scrape();
    expect(shown(page, 'h_bucket{le="5"}')).toBeNull();
    expect(shown(page, 'h_bucket{le="10"}')).toBe(2);
    expect(shown(page, "h_count")).toBe(2);
    expect(shown(page, 'c_total{region="EUW"}')).toBe(3);
  });

  it("starts a metric again when its type changes", async () => {
    const hub = aHub();
    await hub.push([aCounter("x", { value: 50, labels: EUW })]);
    await hub.scrape();
    await hub.push([aGauge("x", { value: 2, labels: EUW })]);
    const page = await hub.scrape();
    expect(page).toContain("# TYPE x gauge");
    expect(shown(page, 'x{region="EUW"}')).toBe(2);
  });

  it("drops and counts a metric that is malformed and takes the rest of its push", async () => {
    const hub = aHub();
    await hub.push([
      aCounter("bad_total", { value: -1, labels: EUW }),
      aCounter("good_total", { value: 1, labels: EUW }),
    ]);
    const page = await hub.scrape();
    expect(page).not.toContain("bad_total");
    expect(shown(page, 'good_total{region="EUW"}')).toBe(1);
    expect(shown(page, 'muster_metrics_dropped_total{reason="malformed"}')).toBe(1);
  });

  it("refuses and counts series past its limit and goes on counting those it knows", async () => {
    const hub = aHub();
    const many = Array.from({ length: 30_000 }, (_, number) => ({ value: 1, labels: { player: `p${number}` } }));
    await hub.push([aCounter("c_total", ...many)]);
    const first = await hub.scrape();
    const refused = shown(first, 'muster_metrics_dropped_total{reason="series_limit"}') ?? 0;
    expect(refused).toBeGreaterThan(0);
    expect(first.match(/^c_total/gm)).toHaveLength(30_000 - refused);
    await hub.push([aCounter("c_total", { value: 1, labels: { player: "p0" } })]);
    expect(shown(await hub.scrape(), 'c_total{player="p0"}')).toBe(2);
  });
});
