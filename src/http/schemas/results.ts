import { z } from "@hono/zod-openapi";
import { MAX_TEAMS } from "../../core/mode.ts";
import { MatchIdSchema } from "../../wire/common.ts";
import { PlacementsSchema } from "../../wire/match.ts";

const PlaceSchema = z.int().min(1).max(MAX_TEAMS);

export const ReportSchema = z
  .object({
    winner_team: z.string().optional().openapi({ description: "Every other team is second", example: "teamA" }),
    placements: z
      .record(z.string(), PlaceSchema)
      .optional()
      .openapi({ description: "The place of every team: 1 is best, equal is a draw" }),
  })
  .refine(({ winner_team, placements }) => (winner_team === undefined) !== (placements === undefined), {
    path: ["winner_team"],
    error: "Send either winner_team or placements.",
  })
  .openapi("Report", { example: { winner_team: "teamA" } });

export const ReportedSchema = z
  .object({
    status: z.literal("queued").openapi({ description: "The result will be rated within seconds" }),
    match_id: MatchIdSchema,
    winner_team: z.string().nullable().openapi({ description: "Null for a draw", example: "teamA" }),
    placements: PlacementsSchema,
  })
  .openapi("Reported");

export type ReportBody = z.infer<typeof ReportSchema>;
