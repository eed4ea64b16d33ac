import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { collectDelta } from "../../src/metrics/collect-delta.ts";
import type { MetricsDelta } from "../../src/metrics/delta.ts";
import { Metrics } from "../../src/metrics/metrics.ts";
import { LAST_RELEASE } from "./last-release.ts";

const pushes = LAST_RELEASE.pushes as MetricsDelta;

it("the hub takes all that sources of the last release push, and adds what sources of this one do", async () => {
  const hub = env.METRICS_HUB.getByName("of two releases");
  await hub.push(pushes);
  const own = new Metrics();
  own.ratingErrors.inc({ reason: "unknown_player" }, 2);
  own.overloaded.set({ region: "NA" }, 1);
  await hub.push(await collectDelta(own));
  await hub.push(pushes);
  const page = await hub.scrape();
  expect(page).not.toMatch(/^muster_metrics_dropped_total\{.* [1-9]/m);
  for (const { name } of pushes) expect(page).toContain(`# TYPE ${name} `);
  expect(page).toContain('muster_rating_errors_total{reason="unknown_player"} 4');
  expect(page).toContain('muster_overloaded{region="NA"} 1');
});

it("a metric that both releases have is of the same kind and has the same labels, so that its history goes on", async () => {
  const now = new Map((await new Metrics().registry.getMetricsAsJSON()).map((metric) => [metric.name, metric]));
  const gone = pushes.filter(({ name }) => !now.has(name)).map(({ name }) => name);
  expect(gone).toEqual([]);
  for (const { name, type } of pushes) expect({ name, type: now.get(name)?.type }).toEqual({ name, type });
});
