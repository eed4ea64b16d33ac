import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Mode } from "../../core/mode.ts";
import { teamName } from "../../core/mode.ts";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { limitAddress } from "../middleware/limit-rate.ts";
import { ModesSchema } from "../schemas/service.ts";

const modesRoute = createRoute({
  method: "get",
  path: "/modes",
  tags: ["service"],
  summary: "The ways to play, and their rules",
  middleware: [limitAddress],
  responses: {
    200: { description: "The default mode first", content: { "application/json": { schema: ModesSchema } } },
    ...documentedProblems(429),
  },
});

export const modeRoutes = new OpenAPIHono<AppEnv>().openapi(modesRoute, (c) => {
  const { byName, defaultMode } = c.get("config").modes;
  return c.json(
    [...byName.values()].map((mode) => modeBody(mode, mode === defaultMode)),
    200,
  );
});

function modeBody(mode: Mode, isDefault: boolean) {
  const { mu, sigma, beta, tau, drawProbability } = mode.rating;
  return {
    name: mode.name,
    is_default: isDefault,
    teams: Array.from({ length: mode.teams }, (_, index) => teamName(index)),
    team_size: mode.teamSize,
    points_per_second: mode.pointsPerSecond,
    tick_period_s: mode.tickPeriodMs / 1_000,
    overdue_after_s: mode.overdueAfterMs / 1_000,
    match_timeout_s: mode.matchTimeoutMs / 1_000,
    rating: { mu, sigma, beta, tau, draw_probability: drawProbability },
  };
}
