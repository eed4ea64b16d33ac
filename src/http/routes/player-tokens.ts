import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import { isVoid } from "../../core/revocations.ts";
import { findTokenGround } from "../../db/players.ts";
import type { AppEnv } from "../app-env.ts";
import { writeDown } from "../audit.ts";
import { TAKEN_BACK } from "../auth/check-revoked.ts";
import { documentedProblems } from "../documented-problems.ts";
import { issueToken, NOT_STORED } from "../issue-token.ts";
import { limitPlayer } from "../middleware/limit-rate.ts";
import { requireCaller } from "../middleware/require-caller.ts";
import { requireSystem } from "../middleware/require-system.ts";
import { note } from "../note.ts";
import { askDatabase } from "../outside-failures.ts";
import { problem } from "../problem.ts";
import { PlayerPathSchema, PlayerTokenSchema } from "../schemas/players.ts";
import { PLAYER, SYSTEM } from "../security.ts";

const freshTokenRoute = createRoute({
  method: "post",
  path: "/players/token",
  tags: ["players"],
  summary: "A fresh token for a valid one",
  description: "Only for tokens that were issued here: the game's identity provider renews its own.",
  security: PLAYER,
  middleware: [requireCaller, limitPlayer],
  responses: {
    200: { description: "The fresh token", content: { "application/json": { schema: PlayerTokenSchema } } },
    ...documentedProblems(403, 404, 429),
  },
});

const tokenOfPlayerRoute = createRoute({
  method: "post",
  path: "/players/player/{player_id}/token",
  tags: ["players"],
  summary: "A token for a player whose own has expired",
  security: SYSTEM,
  middleware: [requireSystem],
  request: { params: PlayerPathSchema },
  responses: {
    200: { description: "The token", content: { "application/json": { schema: PlayerTokenSchema } } },
    ...documentedProblems(403, 404, 409, 422),
  },
});

export const playerTokenRoutes = new OpenAPIHono<AppEnv>()
  .openapi(freshTokenRoute, async (c) => {
    const { player, identity } = c.get("caller");
    if (identity !== null) return problem(c, "renewed_elsewhere");
    if (player === null) {
      return problem(c, "credentials_needed", {
        detail: "Send the player's valid token as Authorization: Bearer <token>.",
      });
    }
    const { playerId, issuedAtMs } = player;
    const ground = await askDatabase(findTokenGround(c.env.DB, playerId));
    if (ground === null) return problem(c, "unknown_player");
    // What D1 says now counts, not what this isolate has heard of: a token that was taken back must not beget another.
    const { region, revocation } = ground;
    if (revocation?.isLockedOut === true) return problem(c, "player_revoked", { player_ids: [playerId] });
    if (revocation !== null && isVoid(revocation, issuedAtMs))
      return problem(c, "invalid_credentials", { detail: TAKEN_BACK });
    note(c, "token_issued", { player_id: playerId });
    return c.json(await issueToken(c, playerId, region), 200, NOT_STORED);
  })
  .openapi(tokenOfPlayerRoute, async (c) => {
    const playerId = c.req.valid("param").player_id;
    const ground = await askDatabase(findTokenGround(c.env.DB, playerId));
    if (ground === null) return problem(c, "unknown_player");
    const { region, revocation } = ground;
    if (revocation?.isLockedOut === true) return problem(c, "player_locked_out");
    await writeDown(c, "token_issued", playerId);
    note(c, "token_issued", { player_id: playerId });
    return c.json(await issueToken(c, playerId, region, revocation?.tokensFromMs), 200, NOT_STORED);
  });
