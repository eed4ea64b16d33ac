import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { winnerOf } from "../../core/match.ts";
import { regionOfMatch } from "../../region/match-id.ts";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { requireSystem } from "../middleware/require-system.ts";
import { note } from "../note.ts";
import { problem } from "../problem.ts";
import { answerRefusal } from "../refusal.ts";
import { reportOf, reportResult } from "../report-result.ts";
import { MatchPathSchema } from "../schemas/matches.ts";
import { ReportedSchema, ReportSchema } from "../schemas/results.ts";
import { SYSTEM } from "../security.ts";

const reportRoute = createRoute({
  method: "post",
  path: "/matchmaking/match/{match_id}/result",
  tags: ["matches"],
  summary: "Report a result",
  description:
    "Taken while the match is pending, and for 24 hours after it was abandoned. The same report again is answered " +
    "like the first; another one is refused.",
  security: SYSTEM,
  middleware: [requireSystem],
  request: {
    params: MatchPathSchema,
    body: { required: true, content: { "application/json": { schema: ReportSchema } } },
  },
  responses: {
    200: { description: "Taken", content: { "application/json": { schema: ReportedSchema } } },
    ...documentedProblems(400, 403, 404, 409, 415, 422),
  },
});

export const resultRoutes = new OpenAPIHono<AppEnv>().openapi(reportRoute, async (c) => {
  const matchId = c.req.valid("param").match_id;
  const region = regionOfMatch(matchId, c.get("config").knownRegions);
  if (region === null) return problem(c, "unknown_match");
  const outcome = await reportResult(c.env, matchId, region, reportOf(c.req.valid("json")));
  if (!outcome.ok) return answerRefusal(c, outcome.refusal);
  const placements = { ...outcome.value };
  note(c, "result_reported", { match_id: matchId, region });
  return c.json({ status: "queued" as const, match_id: matchId, winner_team: winnerOf(placements), placements }, 200);
});
