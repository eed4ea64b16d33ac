import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { rememberHomeRegion } from "../home-region.ts";
import { issueToken, NOT_STORED } from "../issue-token.ts";
import { limitRegistrations } from "../middleware/limit-rate.ts";
import { note } from "../note.ts";
import { problem } from "../problem.ts";
import { registerPlayer } from "../register-player.ts";
import { RegisteredPlayerSchema, RegistrationHeadersSchema, RegistrationSchema } from "../schemas/players.ts";
import { answerUnknownRegion } from "../unknown-name.ts";

const registerRoute = createRoute({
  method: "post",
  path: "/players/register",
  tags: ["players"],
  summary: "Register a player",
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
  const idempotencyKey = c.req.valid("header")["x-idempotency-key"] ?? null;
  const registered = await registerPlayer(c, { username, region, idempotencyKey }, Date.now());
  if (!registered.ok) return problem(c, registered.refusal.reason);
  const { playerId, region: home, isNew } = registered.value;
  rememberHomeRegion(playerId, home);
  note(c, isNew ? "player_registered" : "registration_repeated", { player_id: playerId, region: home });
  return c.json({ ...(await issueToken(c, playerId, home)), region: home }, 200, NOT_STORED);
});
