import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { BackfillAsk } from "../../core/backfill-calls.ts";
import { findMatch } from "../../db/matches.ts";
import { regionOfMatch } from "../../region/match-id.ts";
import { timestamp } from "../../wire/common.ts";
import type { AppEnv } from "../app-env.ts";
import { backfillStatusBody, findBackfill } from "../backfill-status.ts";
import { callRegion } from "../call-region.ts";
import { documentedProblems } from "../documented-problems.ts";
import { requireSystem } from "../middleware/require-system.ts";
import { note } from "../note.ts";
import { askDatabase } from "../outside-failures.ts";
import { problem } from "../problem.ts";
import { answerRefusal } from "../refusal.ts";
import type { BackfillAskBody } from "../schemas/backfills.ts";
import {
  BackfillAskSchema,
  BackfillCancelledSchema,
  BackfillQueuedSchema,
  BackfillStatusSchema,
} from "../schemas/backfills.ts";
import { MatchPathSchema } from "../schemas/matches.ts";
import { SYSTEM } from "../security.ts";

const PATH = "/matchmaking/match/{match_id}/backfill";

const askRoute = createRoute({
  method: "post",
  path: PATH,
  tags: ["matches"],
  summary: "Ask for players while the match is running",
  description:
    "The match waits in line with a ticket of its own. Each place is filled as soon as somebody suits, by the rules and " +
    "the closeness of every match; a party comes whole. Whoever comes gets `match.found` and is in the match at once, " +
    "without a ready check, also in modes that have one: a place in a running match cannot wait for an answer. They show " +
    "as `filled_in` and are not rated. The same call again is answered with the same ticket; another wish replaces the " +
    "first and keeps ticket and place in line. It ends when all places are filled, when it is cancelled, or when the " +
    "match is over.",
  security: SYSTEM,
  middleware: [requireSystem],
  request: {
    params: MatchPathSchema,
    body: { required: true, content: { "application/json": { schema: BackfillAskSchema } } },
  },
  responses: {
    200: { description: "In line", content: { "application/json": { schema: BackfillQueuedSchema } } },
    ...documentedProblems(400, 403, 404, 409, 415, 422),
  },
});

const statusRoute = createRoute({
  method: "get",
  path: PATH,
  tags: ["matches"],
  summary: "What a match still asks for, and who has come",
  security: SYSTEM,
  middleware: [requireSystem],
  request: { params: MatchPathSchema },
  responses: {
    200: {
      description: "Also of a match that is over",
      content: { "application/json": { schema: BackfillStatusSchema } },
    },
    ...documentedProblems(403, 404),
  },
});

const cancelRoute = createRoute({
  method: "delete",
  path: PATH,
  tags: ["matches"],
  summary: "Stop asking for players",
  description: "Players who left stay out. The receipt is always true: the region decides one thing after the other.",
  security: SYSTEM,
  middleware: [requireSystem],
  request: { params: MatchPathSchema },
  responses: {
    200: { description: "Not in line any more", content: { "application/json": { schema: BackfillCancelledSchema } } },
    ...documentedProblems(403, 404),
  },
});

export const backfillRoutes = new OpenAPIHono<AppEnv>()
  .openapi(askRoute, async (c) => {
    const { match_id } = c.req.valid("param");
    const region = regionOfMatch(match_id, c.get("config").knownRegions);
    if (region === null) return problem(c, "unknown_match");
    const ask = askOf(c.req.valid("json"));
    const outcome = await callRegion(c.env, region, (stub) => stub.askBackfill(match_id, ask));
    if (outcome.ok) {
      const { ticketId, places, enqueuedAtMs } = outcome.value;
      note(c, "backfill_asked", { match_id, region, ticket_id: ticketId });
      const enqueued_at = timestamp(enqueuedAtMs);
      return c.json(
        { status: "queued" as const, match_id, ticket_id: ticketId, places: { ...places }, enqueued_at },
        200,
      );
    }
    if (outcome.refusal.reason !== "unknown_match") return answerRefusal(c, outcome.refusal);
    // A region lets go of a match when it is rated, or a day after it was given up.
    const stored = await askDatabase(findMatch(c.env.DB, match_id));
    return stored === null
      ? problem(c, "unknown_match")
      : answerRefusal(c, { reason: "not_fillable", status: stored.status });
  })
  .openapi(statusRoute, async (c) => {
    const { match_id } = c.req.valid("param");
    const region = regionOfMatch(match_id, c.get("config").knownRegions);
    const known = region === null ? null : await findBackfill(c.env, match_id, region);
    return known === null ? problem(c, "unknown_match") : c.json(backfillStatusBody(known, Date.now()), 200);
  })
  .openapi(cancelRoute, async (c) => {
    const { match_id } = c.req.valid("param");
    const region = regionOfMatch(match_id, c.get("config").knownRegions);
    if (region === null) return problem(c, "unknown_match");
    const outcome = await callRegion(c.env, region, (stub) => stub.cancelBackfill(match_id));
    if (!outcome.ok) return c.json({ status: "not_found" as const, match_id, ticket_id: null, places: {} }, 200);
    const { ticketId, places } = outcome.value;
    note(c, "backfill_cancelled", { match_id, region, ticket_id: ticketId });
    return c.json({ status: "dequeued" as const, match_id, ticket_id: ticketId, places: { ...places } }, 200);
  });

function askOf({ places, replaces, attributes, locations }: BackfillAskBody): BackfillAsk {
  return {
    ...(places !== undefined && { places }),
    ...(replaces !== undefined && { replaces }),
    ...(attributes !== undefined && { attributes }),
    ...(locations !== undefined && { locations }),
  };
}
