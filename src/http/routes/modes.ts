import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { AttributeRule } from "../../core/attribute.ts";
import type { Mode, ReadyCheckRules } from "../../core/mode.ts";
import { teamName } from "../../core/mode.ts";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { limitAddress } from "../middleware/limit-rate.ts";
import type { Modes } from "../schemas/service.ts";
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

function modeBody(mode: Mode, isDefault: boolean): Modes[number] {
  const { overdue, rating } = mode;
  const { mu, sigma, beta, tau, drawProbability } = rating;
  return {
    name: mode.name,
    is_default: isDefault,
    teams: Array.from({ length: mode.teams }, (_, index) => teamName(index)),
    team_size: mode.teamSize,
    party_sizes: [...mode.partySizes],
    points_per_second: mode.pointsPerSecond,
    target_wait_s: mode.targetWaitS,
    equity: mode.equity,
    tick_period_s: mode.tickPeriodMs / 1_000,
    overdue: { natural_waits: overdue.naturalWaits, least_s: overdue.leastS, most_s: overdue.mostS },
    overdue_after_s: overdue.mostS,
    max_rating_gap: mode.maxRatingGap,
    roles: { ...mode.roles },
    attributes: Object.fromEntries(Object.entries(mode.attributes).map(([name, rule]) => [name, ruleBody(rule)])),
    max_latency_ms: mode.maxLatencyMs,
    ready_check: readyCheckBody(mode.readyCheck),
    socket_grace_s: mode.socketGraceS,
    http_lease_s: mode.httpLeaseS,
    assign_within_s: mode.assignWithinS,
    is_backfill_preferred: mode.isBackfillPreferred,
    match_timeout_s: mode.matchTimeoutMs / 1_000,
    rating: { mu, sigma, beta, tau, draw_probability: drawProbability },
  };
}

function readyCheckBody(rules: ReadyCheckRules | null): Modes[number]["ready_check"] {
  if (rules === null) return null;
  return {
    accept_s: rules.acceptS,
    ack_s: rules.ackS,
    repair_s: rules.repairS,
    cool_downs_s: [...rules.coolDownsS],
    forgiven_after_s: rules.forgivenAfterS,
  };
}

/** A copy: an answer's types allow what a mode's do not, such as changing its lists. */
function ruleBody(rule: AttributeRule): Modes[number]["attributes"][string] {
  return rule.rule === "overlap" ? { ...rule, values: [...rule.values] } : { ...rule };
}
