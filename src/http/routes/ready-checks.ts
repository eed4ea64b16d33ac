import type { z } from "@hono/zod-openapi";
import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Answer } from "../../core/ready-check-calls.ts";
import type { Result } from "../../core/result.ts";
import { accept, refuse } from "../../core/result.ts";
import { regionOfMatch } from "../../region/match-id.ts";
import { coolDownBody } from "../../wire/ready-check.ts";
import type { ProblemExtras } from "../../wire/refusal-extras.ts";
import type { NobodyActs } from "../acting-player.ts";
import { actingPlayer } from "../acting-player.ts";
import type { AppEnv } from "../app-env.ts";
import { callRegion } from "../call-region.ts";
import { documentedProblems } from "../documented-problems.ts";
import { limitPlayer } from "../middleware/limit-rate.ts";
import { requireCaller } from "../middleware/require-caller.ts";
import { note } from "../note.ts";
import { problem } from "../problem.ts";
import { answerRefusal } from "../refusal.ts";
import { MatchPathSchema } from "../schemas/matches.ts";
import { AcceptedSchema, AnswerSchema, DeclinedSchema } from "../schemas/ready-checks.ts";
import { SYSTEM_OR_PLAYER } from "../security.ts";

const acceptRoute = createRoute({
  method: "post",
  path: "/matchmaking/match/{match_id}/accept",
  tags: ["ready checks"],
  summary: "Accept a match",
  description:
    "In a mode with a ready check, `GET /matchmaking/queue/{player_id}` shows what a player is asked, and in which round. " +
    "When all have accepted, the match is made. Again: the same answer.",
  security: SYSTEM_OR_PLAYER,
  middleware: [requireCaller, limitPlayer],
  request: {
    params: MatchPathSchema,
    body: { required: true, content: { "application/json": { schema: AnswerSchema } } },
  },
  responses: {
    200: { description: "Accepted", content: { "application/json": { schema: AcceptedSchema } } },
    ...documentedProblems(400, 403, 404, 409, 415, 422, 429),
  },
});

const declineRoute = createRoute({
  method: "post",
  path: "/matchmaking/match/{match_id}/decline",
  tags: ["ready checks"],
  summary: "Decline a match",
  description:
    "The player's ticket ends, for everybody on it; somebody else is looked for in their place. If the question was shown " +
    "(by a socket's `ack`, or the player had accepted before), the player stays out of the queue for a while.",
  security: SYSTEM_OR_PLAYER,
  middleware: [requireCaller, limitPlayer],
  request: {
    params: MatchPathSchema,
    body: { required: true, content: { "application/json": { schema: AnswerSchema } } },
  },
  responses: {
    200: { description: "Declined", content: { "application/json": { schema: DeclinedSchema } } },
    ...documentedProblems(400, 403, 404, 409, 415, 422, 429),
  },
});

export const readyCheckRoutes = new OpenAPIHono<AppEnv>()
  .openapi(acceptRoute, async (c) => {
    const asked = answerOf(c, c.req.valid("param").match_id, c.req.valid("json"));
    if (!asked.ok) return problem(c, asked.refusal.reason, asked.refusal.extras);
    const { region, answer } = asked.value;
    const outcome = await callRegion(c.env, region, (stub) => stub.accept(answer));
    if (!outcome.ok) return answerRefusal(c, outcome.refusal);
    const { playerId: player_id, matchId: match_id, round } = answer;
    note(c, "ready_check_accepted", { player_id, match_id, region });
    return c.json({ status: "accepted" as const, match_id, player_id, round }, 200);
  })
  .openapi(declineRoute, async (c) => {
    const asked = answerOf(c, c.req.valid("param").match_id, c.req.valid("json"));
    if (!asked.ok) return problem(c, asked.refusal.reason, asked.refusal.extras);
    const { region, answer } = asked.value;
    const outcome = await callRegion(c.env, region, (stub) => stub.decline(answer));
    if (!outcome.ok) return answerRefusal(c, outcome.refusal);
    const { playerId: player_id, matchId: match_id, round } = answer;
    note(c, "ready_check_declined", { player_id, match_id, region });
    const cool_down = coolDownBody(outcome.value, Date.now());
    return c.json({ status: "declined" as const, match_id, player_id, round, cool_down }, 200);
  });

interface Answering {
  /** The one that asks. */
  readonly region: string;
  readonly answer: Answer;
}

interface NoAnswer {
  readonly reason: NobodyActs["reason"] | "unknown_ready_check";
  readonly extras: ProblemExtras;
}

/** Whose answer a call is, and to which question. */
function answerOf(
  c: Context<AppEnv>,
  matchId: string,
  { round, player_id }: z.infer<typeof AnswerSchema>,
): Result<Answering, NoAnswer> {
  const actor = actingPlayer(c, player_id);
  if (!actor.ok) return actor;
  const region = regionOfMatch(matchId, c.get("config").knownRegions);
  if (region === null) return refuse({ reason: "unknown_ready_check", extras: {} });
  return accept({ region, answer: { playerId: actor.value, matchId, round } });
}
