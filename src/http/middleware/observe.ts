import type { Context, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { Metrics } from "../../metrics/metrics.ts";
import type { AppEnv } from "../app-env.ts";
import { requestIdFactory } from "../request-id.ts";

/**
 * Names the call, and tells of it when it is over: once to the metrics, once to the log. After `next()` it only reads;
 * the answer may be one whose headers cannot be changed any more.
 */
export function observe(metrics: Metrics): MiddlewareHandler<AppEnv> {
  const newRequestId = requestIdFactory();
  return async (c, next) => {
    const startedAtMs = Date.now();
    const requestId = newRequestId();
    c.set("requestId", requestId);
    c.set("notes", {});
    c.set("metrics", metrics);
    c.header("x-request-id", requestId);
    await next();
    const durationMs = Date.now() - startedAtMs;
    const method = c.req.method;
    const route = routeOf(c);
    const status = c.res.status;
    metrics.httpRequests.inc({ method, route, status });
    metrics.httpDuration.observe({ method, route }, durationMs / 1_000);
    const { event = "request", ...ids } = c.get("notes");
    c.get("log").info(String(event), { request_id: requestId, method, route, status, duration_ms: durationMs, ...ids });
  };
}

/**
 * The pattern that matched, never the path itself: labels have to stay few. Middlewares match as well, also those that
 * stand after a route and were not reached.
 */
function routeOf(c: Context<AppEnv>): string {
  return matchedRoutes(c).findLast(({ path }) => path !== "/*")?.path ?? "unmatched";
}
