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
import {
  FailedMatchesQuerySchema,
  FailedMatchesSchema,
  MatchPathSchema,
  RedriveAllQuerySchema,
  RedrivenAllSchema,
  RedrivenSchema,
} from "../schemas/matches.ts";
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

const redriveAllRoute = createRoute({
  method: "post",
  path: "/matchmaking/matches/rating-failed/redrive",
  tags: ["operator"],
  summary: "Rate all failed matches again",
  description:
    "All of them, or those of one region or one reason, the oldest first. At most 1,000 of each region in one call. Safe " +
    "to repeat: what is on its way already is left alone.",
  security: SYSTEM,
  middleware: [requireSystem],
  request: { query: RedriveAllQuerySchema },
  responses: {
    200: { description: "How many", content: { "application/json": { schema: RedrivenAllSchema } } },
    ...documentedProblems(403, 422),
  },
});

export const failedMatchRoutes = new OpenAPIHono<AppEnv>()
  .openapi(failedRoute, async (c) => {
    const { region: wanted } = c.req.valid("query");
    // Also closed ones: their matches go on to their end.
    const { knownRegions } = c.get("config");
    if (wanted !== undefined && !knownRegions.includes(wanted)) return answerUnknownRegion(c, "#/query/region");
    const asked = wanted === undefined ? knownRegions : [wanted];
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
    const region = regionOfMatch(matchId, c.get("config").knownRegions);
    if (region === null) return problem(c, "unknown_match");
    await writeDown(c, "match_redriven", matchId);
    const outcome = await callRegion(c.env, region, (stub) => stub.redrive(matchId));
    if (!outcome.ok) return answerRefusal(c, outcome.refusal);
    note(c, "match_redriven", { match_id: matchId, region });
    return c.json({ status: "queued" as const, match_id: matchId }, 200);
  })
  .openapi(redriveAllRoute, async (c) => {
    const { region: wanted, failure = null } = c.req.valid("query");
    // Also closed ones: their matches go on to their end.
    const { knownRegions } = c.get("config");
    if (wanted !== undefined && !knownRegions.includes(wanted)) return answerUnknownRegion(c, "#/query/region");
    const asked = wanted === undefined ? knownRegions : [wanted];
    await writeDown(c, "matches_redriven", `${wanted ?? "*"} ${failure ?? "*"}`);
    const each = await Promise.all(asked.map((name) => callRegion(c.env, name, (stub) => stub.redriveAll(failure))));
    const redriven = each.reduce((sum, region) => sum + region.redriven, 0);
    const remaining = each.reduce((sum, region) => sum + region.remaining, 0);
    note(c, "matches_redriven", { redriven, remaining });
    return c.json({ status: "queued" as const, redriven, remaining }, 200);
  });
