import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { readLeaderboard } from "../../db/leaderboard.ts";
import { nearestReplica } from "../../db/nearest-replica.ts";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { limitAddress } from "../middleware/limit-rate.ts";
import { askDatabase } from "../outside-failures.ts";
import { LeaderboardQuerySchema, LeaderboardSchema } from "../schemas/leaderboard.ts";
import { answerUnknownMode, answerUnknownRegion } from "../unknown-name.ts";

const leaderboardRoute = createRoute({
  method: "get",
  path: "/players/leaderboard",
  tags: ["players"],
  summary: "The best players of a mode",
  description: "By conservative rating, mu − 3·sigma. May be a moment behind.",
  middleware: [limitAddress],
  request: { query: LeaderboardQuerySchema },
  responses: {
    200: { description: "Best first", content: { "application/json": { schema: LeaderboardSchema } } },
    ...documentedProblems(422, 429),
  },
});

export const leaderboardRoutes = new OpenAPIHono<AppEnv>().openapi(leaderboardRoute, async (c) => {
  const { limit, mode: wantedMode, region = null, min_matches: leastMatches } = c.req.valid("query");
  const { modes, regions } = c.get("config");
  const mode = wantedMode ?? modes.defaultMode.name;
  if (!modes.byName.has(mode)) return answerUnknownMode(c, "#/query/mode");
  if (region !== null && !regions.includes(region)) return answerUnknownRegion(c, "#/query/region");
  const rows = await askDatabase(readLeaderboard(nearestReplica(c.env.DB), { mode, limit, region, leastMatches }));
  return c.json(
    rows.map((row, index) => ({
      rank: index + 1,
      player_id: row.playerId,
      username: row.username,
      region: row.region,
      mu: row.mu,
      sigma: row.sigma,
      conservative_rating: row.conservative,
      matches: row.matches,
      wins: row.wins,
    })),
    200,
  );
});
