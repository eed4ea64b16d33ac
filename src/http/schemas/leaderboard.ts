import { z } from "@hono/zod-openapi";
import {
  ConservativeSchema,
  ModeNameSchema,
  MuSchema,
  PlayerIdSchema,
  RegionSchema,
  SigmaSchema,
} from "../../wire/common.ts";
import { limitSchema } from "./page-size.ts";

export const LeaderboardQuerySchema = z.object({
  limit: limitSchema(100, 20),
  mode: ModeNameSchema.optional().openapi({ description: "The default mode if absent" }),
  region: RegionSchema.optional().openapi({ description: "Only players whose home this is; ranks count these only" }),
  min_matches: z.coerce
    .number()
    .int()
    .min(0)
    .max(1_000_000)
    .default(0)
    .openapi({ type: "integer", minimum: 0, maximum: 1_000_000, default: 0, description: "Rated matches at least" }),
});

export const LeaderboardSchema = z
  .array(
    z.object({
      rank: z.int().openapi({ example: 1 }),
      player_id: PlayerIdSchema,
      username: z.string().openapi({ example: "ada" }),
      region: RegionSchema,
      mu: MuSchema,
      sigma: SigmaSchema,
      conservative_rating: ConservativeSchema,
      matches: z.int().openapi({ example: 12 }),
      wins: z.int().openapi({ example: 7 }),
    }),
  )
  .openapi("Leaderboard");
