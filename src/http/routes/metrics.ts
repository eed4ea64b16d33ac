import { createRoute, OpenAPIHono, z } from "@hono/zod-openapi";
import { hubStub } from "../../metrics/hub-stub.ts";
import type { AppEnv } from "../app-env.ts";
import { bearerToken, credentialsOf } from "../auth/credentials.ts";
import { documentedProblems } from "../documented-problems.ts";
import { askHub } from "../outside-failures.ts";
import { problem } from "../problem.ts";
import { SYSTEM_OR_PROMETHEUS } from "../security.ts";

const CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

const metricsRoute = createRoute({
  method: "get",
  path: "/metrics",
  tags: ["service"],
  summary: "Every metric, for Prometheus",
  security: SYSTEM_OR_PROMETHEUS,
  responses: {
    200: { description: "Prometheus text format 0.0.4", content: { "text/plain": { schema: z.string() } } },
    ...documentedProblems(),
  },
});

/** Mounted before `authenticate`: here Authorization carries Prometheus's token, not a player's. */
export const metricsRoutes = new OpenAPIHono<AppEnv>().openapi(metricsRoute, async (c) => {
  const apiKey = c.req.header("x-api-key");
  const authorization = c.req.header("authorization");
  if (apiKey === undefined && authorization === undefined) return problem(c, "credentials_needed", { detail: NEEDED });
  const { apiKeys, metricsTokens } = await credentialsOf(c.get("config"));
  const keyId = apiKey === undefined ? null : apiKeys.idOf(apiKey);
  const isKeyRight = apiKey === undefined || keyId !== null;
  const isTokenRight = authorization === undefined || metricsTokens.has(bearerToken(authorization) ?? "");
  if (!isKeyRight || !isTokenRight) return problem(c, "invalid_credentials");
  if (keyId !== null) c.get("notes").key_id = keyId;
  return c.text(await askHub(hubStub(c.env).scrape()), 200, { "content-type": CONTENT_TYPE });
});

const NEEDED = "Send METRICS_TOKEN as Authorization: Bearer <token>, or the API key as x-api-key.";
