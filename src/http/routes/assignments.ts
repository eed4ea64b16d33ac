import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { regionOfMatch } from "../../region/match-id.ts";
import { AssignmentSchema } from "../../wire/assignment.ts";
import { addAllocatorWebhook } from "../allocator-webhook.ts";
import type { AppEnv } from "../app-env.ts";
import { assignServer } from "../assign-server.ts";
import { documentedProblems } from "../documented-problems.ts";
import { requireSystem } from "../middleware/require-system.ts";
import { note } from "../note.ts";
import { problem } from "../problem.ts";
import { answerRefusal } from "../refusal.ts";
import { AssignedSchema } from "../schemas/assignments.ts";
import { MatchPathSchema } from "../schemas/matches.ts";
import { SYSTEM } from "../security.ts";

const assignRoute = createRoute({
  method: "post",
  path: "/matchmaking/match/{match_id}/assignment",
  tags: ["matches"],
  summary: "Claim a match for a game server",
  description:
    "Its players, and nobody else, are told how to get there: as `match.assigned`, and in `connection` of their status. Taken " +
    "while the match is pending, in every mode; where the mode has `assign_within_s`, a match without a server after that " +
    "is cancelled, and its players are back in line. The same connection again is answered like the first time; another " +
    "one is refused.",
  security: SYSTEM,
  middleware: [requireSystem],
  request: {
    params: MatchPathSchema,
    body: { required: true, content: { "application/json": { schema: AssignmentSchema } } },
  },
  responses: {
    200: { description: "The match is this server's", content: { "application/json": { schema: AssignedSchema } } },
    ...documentedProblems(400, 403, 404, 409, 415, 422),
  },
});

export const assignmentRoutes = new OpenAPIHono<AppEnv>().openapi(assignRoute, async (c) => {
  const { match_id } = c.req.valid("param");
  const region = regionOfMatch(match_id, c.get("config").knownRegions);
  if (region === null) return problem(c, "unknown_match");
  const outcome = await assignServer(c.env, match_id, region, c.req.valid("json").connection);
  if (!outcome.ok) return answerRefusal(c, outcome.refusal);
  note(c, "match_claimed", { match_id, region });
  return c.json({ status: "assigned" as const, match_id }, 200);
});
addAllocatorWebhook(assignmentRoutes);
