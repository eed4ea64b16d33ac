import type { ErrorHandler, NotFoundHandler } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ProblemReason } from "../wire/problem-kinds.ts";
import type { AppEnv } from "./app-env.ts";
import { ProviderUnavailable } from "./auth/provider-keys.ts";
import { DatabaseUnavailable, MetricsUnavailable, RegionUnavailable, UnknownRefusal } from "./outside-failures.ts";
import { problem } from "./problem.ts";

/** The one place where exceptions end: failures outside become 503, what the validators throw 4xx, a bug 500. */
export const onError: ErrorHandler<AppEnv> = (error, c) => {
  const reason = reasonOf(error);
  if (reason === "internal_error" || !(error instanceof HTTPException)) {
    c.get("log").error(reason, error, { request_id: c.get("requestId") });
  }
  return problem(c, reason);
};

export const onNotFound: NotFoundHandler<AppEnv> = (c) => problem(c, "unknown_route");

function reasonOf(error: Error): ProblemReason {
  if (error instanceof DatabaseUnavailable) return "database_unavailable";
  if (error instanceof RegionUnavailable || error instanceof UnknownRefusal) return "region_unavailable";
  if (error instanceof ProviderUnavailable) return "identity_provider_unavailable";
  if (error instanceof MetricsUnavailable) return "metrics_unavailable";
  if (error instanceof HTTPException && error.status === 400) return "malformed_json";
  if (error instanceof HTTPException && error.status === 415) return "unsupported_media_type";
  return "internal_error";
}
