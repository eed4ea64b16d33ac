import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import type { Identity } from "../auth/caller.ts";
import { credentialsOf } from "../auth/credentials.ts";
import { documentedProblems } from "../documented-problems.ts";
import { rememberHomeRegion } from "../home-region.ts";
import { issueToken, NOT_STORED, sameToken } from "../issue-token.ts";
import { limitRegistrations } from "../middleware/limit-rate.ts";
import { note } from "../note.ts";
import { problem } from "../problem.ts";
import { registerIdentity } from "../register-identity.ts";
import type { RegisteredPlayer, RegistrationRefusal } from "../register-player.ts";
import { registerPlayer } from "../register-player.ts";
import { RegisteredPlayerSchema, RegistrationHeadersSchema, RegistrationSchema } from "../schemas/players.ts";
import { ANYBODY_OR_IDENTITY } from "../security.ts";
import { answerUnknownRegion } from "../unknown-name.ts";

const registerRoute = createRoute({
  method: "post",
  path: "/players/register",
  tags: ["players"],
  summary: "Register a player",
  description:
    "With a token of the game's identity provider the player becomes that identity's: registering again gives the same " +
    "player whatever the body says, so no idempotency key is needed (one that is sent does nothing), and `access_token` " +
    "is the token that was sent, which every other call then takes.",
  security: ANYBODY_OR_IDENTITY,
  middleware: [limitRegistrations],
  request: {
    headers: RegistrationHeadersSchema,
    body: { required: true, content: { "application/json": { schema: RegistrationSchema } } },
  },
  responses: {
    200: { description: "The player and a token", content: { "application/json": { schema: RegisteredPlayerSchema } } },
    ...documentedProblems(400, 409, 415, 422, 429),
  },
});

export const registerRoutes = new OpenAPIHono<AppEnv>().openapi(registerRoute, async (c) => {
  const { username, region: wanted } = c.req.valid("json");
  const { regions } = c.get("config");
  const region = wanted ?? regions[0];
  if (region === undefined || !regions.includes(region)) return answerUnknownRegion(c, "/region");
  const { identity } = c.get("caller");
  if (identity !== null) return answerIdentity(c, identity, { username, region });
  const idempotencyKey = c.req.valid("header")["x-idempotency-key"] ?? null;
  const registered = await registerPlayer(c, { username, region, idempotencyKey }, Date.now());
  if (!registered.ok) return answerRegistrationRefusal(c, registered.refusal);
  const { playerId, region: home, isNew } = registered.value;
  rememberHomeRegion(playerId, home);
  note(c, isNew ? "player_registered" : "registration_repeated", { player_id: playerId, region: home });
  return c.json({ ...(await issueToken(c, playerId, home)), region: home }, 200, NOT_STORED);
});

function answerRegistrationRefusal(c: Context<AppEnv>, refusal: RegistrationRefusal) {
  if (refusal.reason !== "player_revoked") return problem(c, refusal.reason);
  return problem(c, refusal.reason, { detail: TAKEN_BACK, player_ids: [...refusal.playerIds] });
}

const TAKEN_BACK = "The player's tokens were taken back since. The game's server can ask for a fresh one.";

async function answerIdentity(c: Context<AppEnv>, identity: Identity, wanted: { username: string; region: string }) {
  const { player } = c.get("caller");
  const registered: RegisteredPlayer =
    player === null ? await registerIdentity(c, identity, wanted, Date.now()) : { ...player, isNew: false };
  const { playerId, region, isNew } = registered;
  const { providerTokens } = await credentialsOf(c.get("config"));
  providerTokens?.rememberPlayer(identity, { playerId, region });
  rememberHomeRegion(playerId, region);
  note(c, isNew ? "player_registered" : "registration_repeated", { player_id: playerId, region });
  return c.json({ ...sameToken(c, playerId, identity), region }, 200, NOT_STORED);
}
