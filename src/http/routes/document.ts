import { createRoute, type OpenAPIHono, z } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { SECURITY_SCHEMES } from "../security.ts";

const INDEX = {
  name: "Muster",
  docs: "/docs",
  openapi: "/openapi.json",
  health: "/healthz",
} as const;

const indexRoute = createRoute({
  method: "get",
  path: "/",
  tags: ["service"],
  summary: "Where to read on",
  responses: {
    200: {
      description: "Paths of this service",
      content: { "application/json": { schema: z.record(z.string(), z.string()).openapi({ example: INDEX }) } },
    },
    ...documentedProblems(),
  },
});

const documentRoute = createRoute({
  method: "get",
  path: "/openapi.json",
  tags: ["service"],
  summary: "This document",
  responses: {
    200: {
      description: "OpenAPI 3.1",
      content: { "application/json": { schema: z.any().openapi({ type: "object" }) } },
    },
    ...documentedProblems(),
  },
});

const DESCRIPTION = `Matchmaking at the edge: players register, queue in their region, are matched every second, play, and a reported
result changes their ratings.

Errors are \`application/problem+json\` (RFC 9457): \`type\` ends in a stable reason, \`detail\` says what to do, \`instance\`
is the request id. A credential that is sent must be valid, even where none is needed. Times are ISO 8601 in UTC.`;

/** The description of the API, and the way to it. `GET /docs`, which shows it to a person, is a static page. */
export function addDocumentRoutes(app: OpenAPIHono<AppEnv>): void {
  for (const [name, scheme] of Object.entries(SECURITY_SCHEMES)) {
    app.openAPIRegistry.registerComponent("securitySchemes", name, scheme);
  }
  app.openapi(indexRoute, (c) => c.json(INDEX, 200));
  let document: ReturnType<typeof app.getOpenAPI31Document> | undefined;
  app.openapi(documentRoute, (c) => {
    document ??= app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: { title: "Muster", version: "1", description: DESCRIPTION },
      servers: [{ url: "/" }],
      tags: ["players", "queue", "parties", "ready checks", "matches", "operator", "service"].map((name) => ({ name })),
    });
    return c.json(document, 200);
  });
}
