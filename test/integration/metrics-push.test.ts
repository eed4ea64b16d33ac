import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { Log } from "../../src/log.ts";
import { hubStub } from "../../src/metrics/hub-stub.ts";
import { MetricsSource } from "../../src/metrics/metrics-source.ts";
import { WorkerMetrics } from "../../src/metrics/worker-metrics.ts";

it("brings what a request counted to the hub after the answer has gone out", async () => {
  const worker = new WorkerMetrics();
  const ctx = createExecutionContext();
  worker.metrics.httpRequests.inc({ method: "GET", route: "/healthz", status: "200" });
  worker.pushSoon(env, ctx);
  await waitOnExecutionContext(ctx);
  expect(await hubStub(env).scrape()).toContain(
    'muster_http_requests_total{method="GET",route="/healthz",status="200"} 1\n',
  );
});

it("carries the counts of all requests in one push", async () => {
  const worker = new WorkerMetrics();
  const contexts = [createExecutionContext(), createExecutionContext()];
  for (const ctx of contexts) {
    worker.metrics.ratingUpdates.inc({ mode: "2v2" });
    worker.pushSoon(env, ctx);
  }
  await Promise.all(contexts.map(waitOnExecutionContext));
  expect(await hubStub(env).scrape()).toContain('muster_rating_updates_total{mode="2v2"} 2\n');
});

it("brings a batch's counts to the hub before the batch ends", async () => {
  const worker = new WorkerMetrics();
  worker.metrics.ratingErrors.inc({ reason: "unknown_mode" });
  await worker.pushNow(env);
  expect(await hubStub(env).scrape()).toContain('muster_rating_errors_total{reason="unknown_mode"} 1\n');
});

it("adds histograms of several sources up bucket by bucket", async () => {
  const [one, other] = [new MetricsSource(), new MetricsSource()];
  one.metrics.waitSeconds.observe({ region: "EUW", mode: "2v2" }, 0.4);
  other.metrics.waitSeconds.observe({ region: "EUW", mode: "2v2" }, 700);
  await Promise.all([one, other].map((source) => source.push(hubStub(env), 0, new Log("off"))));
  const page = await hubStub(env).scrape();
  expect(page).toContain('muster_ticket_wait_seconds_bucket{le="0.25",region="EUW",mode="2v2"} 0\n');
  expect(page).toContain('muster_ticket_wait_seconds_bucket{le="0.5",region="EUW",mode="2v2"} 1\n');
  expect(page).toContain('muster_ticket_wait_seconds_bucket{le="+Inf",region="EUW",mode="2v2"} 2\n');
});
