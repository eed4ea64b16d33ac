import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { readAuditLog } from "../../db/audit-log.ts";
import { timestamp } from "../../wire/common.ts";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { requireSystem } from "../middleware/require-system.ts";
import { askDatabase } from "../outside-failures.ts";
import { AuditLogSchema, AuditQuerySchema } from "../schemas/operator.ts";
import { SYSTEM } from "../security.ts";

const auditLogRoute = createRoute({
  method: "get",
  path: "/audit-log",
  tags: ["operator"],
  summary: "Who ordered what",
  description:
    "Calls of consequence that were made with an API key, the newest first: `player_revoked`, `player_tokens_voided`, " +
    "`player_let_in`, `token_issued`, `match_redriven`, `matches_redriven`, `party_disbanded`. Each was written before it was " +
    "carried out. " +
    "Enqueues and results are in the service's log only, with the key's id.",
  security: SYSTEM,
  middleware: [requireSystem],
  request: { query: AuditQuerySchema },
  responses: {
    200: { description: "Newest first", content: { "application/json": { schema: AuditLogSchema } } },
    ...documentedProblems(403, 422),
  },
});

export const auditLogRoutes = new OpenAPIHono<AppEnv>().openapi(auditLogRoute, async (c) => {
  const { limit, cursor = null } = c.req.valid("query");
  const rows = await askDatabase(readAuditLog(c.env.DB, limit, cursor));
  return c.json(
    rows.map(({ entryId, atMs, keyId, action, target, requestId }) => ({
      entry_id: entryId,
      at: timestamp(atMs),
      key_id: keyId,
      action,
      target,
      request_id: requestId,
    })),
    200,
  );
});
