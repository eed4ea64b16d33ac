import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { timestamp } from "../../wire/common.ts";
import type { AppEnv, Notes } from "../app-env.ts";
import { askAtHome } from "../ask-at-home.ts";
import { mayActFor } from "../auth/caller.ts";
import { callRegion } from "../call-region.ts";
import { documentedProblems } from "../documented-problems.ts";
import { enqueueWith } from "../enqueue.ts";
import { homeRegionOf } from "../home-region.ts";
import { limitPlayer } from "../middleware/limit-rate.ts";
import { requireCaller } from "../middleware/require-caller.ts";
import { note } from "../note.ts";
import { problem } from "../problem.ts";
import { queueStatusBody } from "../queue-status.ts";
import { answerRefusal } from "../refusal.ts";
import { PlayerPathSchema } from "../schemas/players.ts";
import type { Enqueue } from "../schemas/queue.ts";
import { DequeuedSchema, EnqueuedSchema, EnqueueSchema, QueueStatusSchema } from "../schemas/queue.ts";
import { SYSTEM_OR_PLAYER } from "../security.ts";
import { answerUnknownMode } from "../unknown-name.ts";

const enqueueRoute = createRoute({
  method: "post",
  path: "/matchmaking/queue",
  tags: ["queue"],
  summary: "Queue a player",
  description:
    "Again while queued: the same ticket, the same place. While in a match without a result: 409; the system gets the " +
    "player released from a match that they have been in for more than 10 s, or at once with `release`. The leader of a " +
    "party queues all of it, a member alone is refused; `party` puts players together without one. Several players have " +
    "one ticket, are never split, and all of them must be free: nobody is released for a party. A place that a player " +
    "took is kept while there are signs of life: it ends `http_lease_s` (see `/modes`) after the last call about them, " +
    "unless they have a socket open.",
  security: SYSTEM_OR_PLAYER,
  middleware: [requireCaller, limitPlayer],
  request: { body: { required: true, content: { "application/json": { schema: EnqueueSchema } } } },
  responses: {
    200: { description: "In line", content: { "application/json": { schema: EnqueuedSchema } } },
    ...documentedProblems(400, 403, 404, 409, 415, 422, 429),
  },
});

const statusRoute = createRoute({
  method: "get",
  path: "/matchmaking/queue/{player_id}",
  tags: ["queue"],
  summary: "Where a player stands",
  description:
    "Also a sign of life: it keeps the place of a player who queued over HTTP for another `http_lease_s` of the mode. When " +
    "nothing is heard of them for so long, the ticket ends for everybody on it, and `state` is null. The system's call does " +
    "not count for a player whose socket was lost, nor for a place that was taken over a socket.",
  security: SYSTEM_OR_PLAYER,
  middleware: [requireCaller, limitPlayer],
  request: { params: PlayerPathSchema },
  responses: {
    200: {
      description: "Queued, in a match, or neither",
      content: { "application/json": { schema: QueueStatusSchema } },
    },
    ...documentedProblems(403, 404, 409, 422, 429),
  },
});

const cancelRoute = createRoute({
  method: "delete",
  path: "/matchmaking/queue/{player_id}",
  tags: ["queue"],
  summary: "Take a player out of the queue",
  description:
    "While the player is asked in a ready check, by their own token this is the same as to decline. The system's call " +
    "costs nobody a cool-down.",
  security: SYSTEM_OR_PLAYER,
  middleware: [requireCaller, limitPlayer],
  request: { params: PlayerPathSchema },
  responses: {
    200: { description: "Not queued any more", content: { "application/json": { schema: DequeuedSchema } } },
    ...documentedProblems(403, 404, 409, 422, 429),
  },
});

export const queueRoutes = new OpenAPIHono<AppEnv>()
  .openapi(enqueueRoute, async (c) => {
    const body = c.req.valid("json");
    const caller = c.get("caller");
    const config = c.get("config");
    const playerId = body.player_id;
    if (!mayActFor(caller, playerId)) return problem(c, "not_your_player");
    const isSystemWish = body.release === true || (body.party ?? null) !== null || (body.lease_s ?? null) !== null;
    if (isSystemWish && !caller.isSystem) return problem(c, "system_only");
    if (typeof body.mode === "string" && !config.modes.byName.has(body.mode)) return answerUnknownMode(c, "/mode");
    const home = await homeRegionOf(c, playerId);
    if (!home.ok) return answerRefusal(c, home.refusal);
    const { region, outcome } = await askAtHome(c, home.value, playerId, enqueueWith(body, caller.isSystem));
    if (!outcome.ok) return answerRefusal(c, outcome.refusal);
    const { ticketId, mode, enqueuedAtMs } = outcome.value;
    note(c, "enqueued", { player_id: playerId, region, ticket_id: ticketId, mode, ...systemWishes(body) });
    const enqueued_at = timestamp(enqueuedAtMs);
    return c.json(
      { status: "enqueued" as const, player_id: playerId, region, ticket_id: ticketId, mode, enqueued_at },
      200,
    );
  })
  .openapi(statusRoute, async (c) => {
    const playerId = c.req.valid("param").player_id;
    const caller = c.get("caller");
    if (!mayActFor(caller, playerId)) return problem(c, "not_your_player");
    const home = await homeRegionOf(c, playerId);
    if (!home.ok) return answerRefusal(c, home.refusal);
    const standing = await callRegion(c.env, home.value, (stub) => stub.stateOf(playerId, caller.isSystem));
    return c.json(queueStatusBody(playerId, home.value, standing, Date.now()), 200);
  })
  .openapi(cancelRoute, async (c) => {
    const playerId = c.req.valid("param").player_id;
    const caller = c.get("caller");
    if (!mayActFor(caller, playerId)) return problem(c, "not_your_player");
    const home = await homeRegionOf(c, playerId);
    if (!home.ok) return answerRefusal(c, home.refusal);
    const outcome = await callRegion(c.env, home.value, (stub) => stub.cancel(playerId, caller.isSystem));
    if (outcome.ok) {
      note(c, "cancelled", { player_id: playerId, region: home.value, ticket_id: outcome.value.ticketId });
      return c.json({ status: "dequeued" as const, player_id: playerId }, 200);
    }
    if (outcome.refusal.reason !== "not_queued") return answerRefusal(c, outcome.refusal);
    return c.json({ status: "not_found" as const, player_id: playerId }, 200);
  });

/** For the log, which is where the game's traffic is looked up: what only the system may ask for. */
function systemWishes({ player_id, party, release }: Enqueue): Notes {
  return {
    ...(release === true && { release }),
    ...((party ?? null) !== null && { party_size: new Set([player_id, ...(party ?? [])]).size }),
  };
}
