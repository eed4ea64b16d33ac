import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { recordOf } from "../../db/match-row.ts";
import { regionOfMatch } from "../../region/match-id.ts";
import { matchBody } from "../../wire/match.ts";
import type { AppEnv } from "../app-env.ts";
import { writeDown } from "../audit.ts";
import { callRegion } from "../call-region.ts";
import { documentedProblems } from "../documented-problems.ts";
import { requireSystem } from "../middleware/require-system.ts";
import { note } from "../note.ts";
import { problem } from "../problem.ts";
import { answerRefusal } from "../refusal.ts";
import { FailedMatchesQuerySchema, FailedMatchesSchema, MatchPathSchema, RedrivenSchema } from "../schemas/matches.ts";
import { SYSTEM } from "../security.ts";
import { answerUnknownRegion } from "../unknown-name.ts";

const failedRoute = createRoute({
  method: "get",
  path: "/matchmaking/matches/rating-failed",
  tags: ["operator"],
  summary: "Matches whose result could not be rated",
  description: "From the regions themselves, oldest first in each.",
  security: SYSTEM,
  middleware: [requireSystem],
  request: { query: FailedMatchesQuerySchema },
  responses: {
    200: {
      description: "With the reason in `failure`",
      content: { "application/json": { schema: FailedMatchesSchema } },
    },
    ...documentedProblems(403, 422),
  },
});

const redriveRoute = createRoute({
  method: "post",
  path: "/matchmaking/match/{match_id}/redrive",
  tags: ["operator"],
  summary: "Rate a failed match again",
  description: "Once its cause is mended. The match itself is sent again, not an old message.",
  security: SYSTEM,
  middleware: [requireSystem],
  request: { params: MatchPathSchema },
  responses: {
    200: { description: "On its way", content: { "application/json": { schema: RedrivenSchema } } },
    ...documentedProblems(403, 404, 409),
  },
});

export const failedMatchRoutes = new OpenAPIHono<AppEnv>()
  .openapi(failedRoute, async (c) => {
    const { region: wanted } = c.req.valid("query");
    const { regions } = c.get("config");
    if (wanted !== undefined && !regions.includes(wanted)) return answerUnknownRegion(c, "#/query/region");
    const asked = wanted === undefined ? regions : [wanted];
    const failed = await Promise.all(
      asked.map(async (region) => {
        const matches = await callRegion(c.env, region, (stub) => stub.failedMatches());
        return matches.map((match) => ({ ...matchBody(recordOf(match, region)), failure: match.failure }));
      }),
    );
    return c.json(failed.flat(), 200);
  })
  .openapi(redriveRoute, async (c) => {
    const matchId = c.req.valid("param").match_id;
    const region = regionOfMatch(matchId, c.get("config").regions);
    if (region === null) return problem(c, "unknown_match");
    await writeDown(c, "match_redriven", matchId);
    const outcome = await callRegion(c.env, region, (stub) => stub.redrive(matchId));
    if (!outcome.ok) return answerRefusal(c, outcome.refusal);
    note(c, "match_redriven", { match_id: matchId, region });
    return c.json({ status: "queued" as const, match_id: matchId }, 200);
  });
