import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Revocation } from "../../core/revocations.ts";
import { findRegionOfPlayer } from "../../db/players.ts";
import { timestampOrNull } from "../../wire/common.ts";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { requireJson } from "../middleware/require-json.ts";
import { requireSystem } from "../middleware/require-system.ts";
import { note } from "../note.ts";
import { askDatabase } from "../outside-failures.ts";
import { problem } from "../problem.ts";
import { letPlayerIn, revokePlayer } from "../revoke-player.ts";
import { RevocationSchema, RevocationWishSchema } from "../schemas/operator.ts";
import { PlayerPathSchema } from "../schemas/players.ts";
import { SYSTEM } from "../security.ts";

const revokeRoute = createRoute({
  method: "post",
  path: "/players/player/{player_id}/revoke",
  tags: ["operator"],
  summary: "Take a player's tokens back",
  description:
    "Every token that was issued before is void, the player's sockets are closed (4007), their ticket is taken out of " +
    "line, for all who are on it, and they leave their party. A match that is on goes on. And they are locked out: no " +
    "token lets them in, and nobody can queue them, until they are let in again. The player's region refuses at once, " +
    "every other part within ten seconds. Safe to repeat.",
  security: SYSTEM,
  middleware: [requireSystem, requireJson],
  request: {
    params: PlayerPathSchema,
    body: { required: false, content: { "application/json": { schema: RevocationWishSchema } } },
  },
  responses: {
    200: { description: "Revoked", content: { "application/json": { schema: RevocationSchema } } },
    ...documentedProblems(400, 403, 404, 415, 422),
  },
});

const letInRoute = createRoute({
  method: "delete",
  path: "/players/player/{player_id}/revoke",
  tags: ["operator"],
  summary: "Let a player in again",
  description: "Tokens that were taken back stay void; POST /players/player/{player_id}/token makes a new one.",
  security: SYSTEM,
  middleware: [requireSystem],
  request: { params: PlayerPathSchema },
  responses: {
    200: { description: "Let in", content: { "application/json": { schema: RevocationSchema } } },
    ...documentedProblems(403, 404, 422),
  },
});

export const revocationRoutes = new OpenAPIHono<AppEnv>()
  .openapi(revokeRoute, async (c) => {
    const playerId = c.req.valid("param").player_id;
    const isLockedOut = c.req.valid("json").lock_out ?? true;
    const region = await homeOf(c, playerId);
    if (region === null) return problem(c, "unknown_player");
    const revocation = await revokePlayer(c, { playerId, region, isLockedOut }, Date.now());
    note(c, isLockedOut ? "player_revoked" : "player_tokens_voided", { player_id: playerId, region });
    return c.json({ status: "revoked" as const, ...revocationBody(playerId, revocation) }, 200);
  })
  .openapi(letInRoute, async (c) => {
    const playerId = c.req.valid("param").player_id;
    const region = await homeOf(c, playerId);
    if (region === null) return problem(c, "unknown_player");
    const revocation = await letPlayerIn(c, { playerId, region }, Date.now());
    note(c, "player_let_in", { player_id: playerId, region });
    return c.json({ status: "let_in" as const, ...revocationBody(playerId, revocation) }, 200);
  });

/** From D1, never from memory: a region that the player has left would be told in vain. Null: nobody has this id. */
function homeOf(c: Context<AppEnv>, playerId: string): Promise<string | null> {
  return askDatabase(findRegionOfPlayer(c.env.DB, playerId));
}

function revocationBody(playerId: string, revocation: Revocation | null) {
  return {
    player_id: playerId,
    is_locked_out: revocation?.isLockedOut ?? false,
    tokens_from: timestampOrNull(revocation?.tokensFromMs ?? null),
  };
}
