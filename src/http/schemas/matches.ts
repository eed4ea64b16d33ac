import { z } from "@hono/zod-openapi";
import { MatchIdSchema, ModeNameSchema, RegionSchema } from "../../wire/common.ts";
import { MatchSchema } from "../../wire/match.ts";
import { limitSchema } from "./page-size.ts";

export const LatestMatchesSchema = z.array(MatchSchema).openapi("LatestMatches");

export const LatestQuerySchema = z.object({
  limit: limitSchema(50, 5),
  mode: ModeNameSchema.optional().openapi({ description: "Only this mode, among the newest 2,000 matches" }),
});

export const MatchPathSchema = z.object({
  match_id: MatchIdSchema.openapi({ param: { name: "match_id", in: "path" } }),
});

export const FailedMatchesSchema = z
  .array(
    MatchSchema.and(
      z.object({
        failure: z.string().nullable().openapi({ description: "Why it cannot be rated", example: "unknown_player" }),
      }),
    ),
  )
  .openapi("FailedMatches");

export const FailedMatchesQuerySchema = z.object({
  region: RegionSchema.optional().openapi({ description: "Only this region; every region if absent" }),
});

export const RedrivenSchema = z.object({ status: z.literal("queued"), match_id: MatchIdSchema }).openapi("Redriven");
