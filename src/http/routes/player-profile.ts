import { createRoute, OpenAPIHono } from "@hono/zod-openapi";
import type { Mode } from "../../core/mode.ts";
import { conservativeRating } from "../../core/rating/player-rating.ts";
import { nearestReplica } from "../../db/nearest-replica.ts";
import type { ModeStanding, Profile } from "../../db/players.ts";
import { findProfile } from "../../db/players.ts";
import { timestamp } from "../../wire/common.ts";
import type { AppEnv } from "../app-env.ts";
import { documentedProblems } from "../documented-problems.ts";
import { limitAddress } from "../middleware/limit-rate.ts";
import { askDatabase } from "../outside-failures.ts";
import { problem } from "../problem.ts";
import type { ProfileBody } from "../schemas/players.ts";
import { PlayerPathSchema, ProfileSchema } from "../schemas/players.ts";

const profileRoute = createRoute({
  method: "get",
  path: "/players/player/{player_id}",
  tags: ["players"],
  summary: "A player's profile",
  middleware: [limitAddress],
  request: { params: PlayerPathSchema },
  responses: {
    200: { description: "The profile", content: { "application/json": { schema: ProfileSchema } } },
    ...documentedProblems(404, 422, 429),
  },
});

export const playerProfileRoutes = new OpenAPIHono<AppEnv>().openapi(profileRoute, async (c) => {
  const playerId = c.req.valid("param").player_id;
  const profile =
    (await askDatabase(findProfile(nearestReplica(c.env.DB), playerId))) ??
    // A player who registered a moment ago is known to the primary before any replica.
    (await askDatabase(findProfile(c.env.DB, playerId)));
  if (profile === null) return problem(c, "unknown_player");
  return c.json(profileBody(profile, c.get("config").modes.defaultMode), 200);
});

function profileBody(profile: Profile, defaultMode: Mode): ProfileBody {
  const { playerId, username, region, createdAtMs, standings } = profile;
  const main = standings.find(({ mode }) => mode === defaultMode.name) ?? unplayed(defaultMode);
  const lastActiveMs = Math.max(createdAtMs, ...standings.map(({ lastPlayedAtMs }) => lastPlayedAtMs ?? 0));
  return {
    player_id: playerId,
    username,
    region,
    ...standingBody(main),
    created_at: timestamp(createdAtMs),
    last_active: timestamp(lastActiveMs),
    ratings: Object.fromEntries(standings.map((standing) => [standing.mode, standingBody(standing)])),
  };
}

/** What a player starts from in a mode that became the default after they registered. */
function unplayed({ name, rating }: Mode): ModeStanding {
  const { mu, sigma } = rating;
  return { mode: name, mu, sigma, conservative: conservativeRating(rating), matches: 0, wins: 0, lastPlayedAtMs: null };
}

function standingBody({ mu, sigma, conservative, matches, wins }: ModeStanding): ProfileBody["ratings"][string] {
  return { mu, sigma, conservative_rating: conservative, matches, wins };
}
