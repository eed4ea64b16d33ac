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

export const RedriveAllQuerySchema = FailedMatchesQuerySchema.extend({
  failure: z
    .string()
    .min(1)
    .max(64)
    .optional()
    .openapi({ description: "Only those that failed for this reason; all if absent", example: "retries_exhausted" }),
});

export const RedrivenAllSchema = z
  .object({
    status: z.literal("queued"),
    redriven: z.int().min(0).openapi({ description: "On their way now" }),
    remaining: z.int().min(0).openapi({ description: "More of them: send the call again" }),
  })
  .openapi("RedrivenAll");

export const RedrivenSchema = z.object({ status: z.literal("queued"), match_id: MatchIdSchema }).openapi("Redriven");
