import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { readLatestMatches } from "../../db/matches.ts";
import { regionOfMatch } from "../../region/match-id.ts";
import { MatchSchema, matchBody } from "../../wire/match.ts";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { lookUpMatch } from "../look-up-match.ts";
import { limitAddress } from "../middleware/limit-rate.ts";
import { askDatabase } from "../outside-failures.ts";
import { problem } from "../problem.ts";
import { LatestMatchesSchema, LatestQuerySchema, MatchPathSchema } from "../schemas/matches.ts";
import { answerUnknownMode } from "../unknown-name.ts";

const latestRoute = createRoute({
  method: "get",
  path: "/matchmaking/matches/latest",
  tags: ["matches"],
  summary: "The newest matches",
  description:
    "A new match is here within a second of its tick. A match whose ready check is open is not, nor one that " +
    "was cancelled because it got no game server.",
  middleware: [limitAddress],
  request: { query: LatestQuerySchema },
  responses: {
    200: { description: "Newest first", content: { "application/json": { schema: LatestMatchesSchema } } },
    ...documentedProblems(422, 429),
  },
});

const matchRoute = createRoute({
  method: "get",
  path: "/matchmaking/match/{match_id}",
  tags: ["matches"],
  summary: "A match",
  middleware: [limitAddress],
  request: { params: MatchPathSchema },
  responses: {
    200: { description: "The match", content: { "application/json": { schema: MatchSchema } } },
    ...documentedProblems(404, 429),
  },
});

export const matchRoutes = new OpenAPIHono<AppEnv>()
  .openapi(latestRoute, async (c) => {
    const { limit, mode = null } = c.req.valid("query");
    if (mode !== null && !c.get("config").modes.byName.has(mode)) return answerUnknownMode(c, "#/query/mode");
    const latest = await askDatabase(readLatestMatches(c.env.DB, limit, mode));
    return c.json(latest.map(matchBody), 200);
  })
  .openapi(matchRoute, async (c) => {
    const matchId = c.req.valid("param").match_id;
    const region = regionOfMatch(matchId, c.get("config").knownRegions);
    if (region === null) return problem(c, "unknown_match");
    const match = await lookUpMatch(c.env, matchId, region);
    return match === null ? problem(c, "unknown_match") : c.json(matchBody(match), 200);
  });
