import { z } from "@hono/zod-openapi";
import { ModeNameSchema } from "./common.ts";

export const HealthSchema = z
  .object({ status: z.literal("ok"), environment: z.enum(["production", "development"]) })
  .openapi("Health");

export const ModesSchema = z
  .array(
    z.object({
      name: ModeNameSchema,
      is_default: z.boolean(),
      teams: z.array(z.string()).openapi({ example: ["teamA", "teamB"] }),
      team_size: z.int().openapi({ example: 2 }),
      points_per_second: z
        .number()
        .openapi({ description: "How many rating points one second of waiting is worth", example: 0.5 }),
      tick_period_s: z.number().openapi({ example: 1 }),
      overdue_after_s: z
        .number()
        .openapi({ description: "From this age on a ticket takes any match that its rules allow", example: 30 }),
      match_timeout_s: z
        .number()
        .openapi({ description: "Then a match without a result is abandoned", example: 3_600 }),
      rating: z
        .object({
          mu: z.number(),
          sigma: z.number(),
          beta: z.number(),
          tau: z.number(),
          draw_probability: z.number(),
        })
        .openapi({ description: "The TrueSkill environment; mu and sigma are those of a new player" }),
    }),
  )
  .openapi("Modes");
