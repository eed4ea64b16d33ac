import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { HealthSchema } from "../schemas/service.ts";

const healthRoute = createRoute({
  method: "get",
  path: "/healthz",
  tags: ["service"],
  summary: "Whether the Worker answers",
  description: "Says nothing of the database or the regions: those are in the metrics.",
  responses: {
    200: { description: "It does", content: { "application/json": { schema: HealthSchema } } },
    ...documentedProblems(),
  },
});

export const healthRoutes = new OpenAPIHono<AppEnv>().openapi(healthRoute, (c) => {
  const environment = c.get("config").isDevelopment ? ("development" as const) : ("production" as const);
  return c.json({ status: "ok" as const, environment }, 200);
});
