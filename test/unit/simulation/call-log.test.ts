import { expect, it } from "vitest";
import { CallLog } from "../../../simulation/call-log.ts";

it("keeps the latencies of each kind of call apart", () => {
  const log = new CallLog();
  for (const latencyMs of [1, 2, 3, 4]) log.answered("status", latencyMs);
  log.answered("report", 9);
  expect(log.latencies()).toEqual({
    status: { count: 4, p50_ms: 2, p95_ms: 4, p99_ms: 4 },
    report: { count: 1, p50_ms: 9, p95_ms: 9, p99_ms: 9 },
  });
  expect(log.requests).toBe(5);
});

it("counts errors by kind of call and reason", () => {
  const log = new CallLog();
  log.failed("status", "503 region_unavailable", true);
  log.failed("status", "503 region_unavailable", true);
  log.failed("register", "429 rate_limited", false);
  expect(log.errors).toEqual({ "status: 503 region_unavailable": 2, "register: 429 rate_limited": 1 });
});

it("holds only unexpected errors against the service", () => {
  const log = new CallLog();
  log.failed("register", "429 rate_limited", false);
  expect(log.unexpectedErrors).toBe(0);
  log.failed("status", "500 internal_error", true);
  expect(log.unexpectedErrors).toBe(1);
});
