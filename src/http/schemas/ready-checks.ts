import { z } from "@hono/zod-openapi";
import { MatchIdSchema, PlayerIdSchema } from "../../wire/common.ts";
import { CoolDownSchema, RoundSchema } from "../../wire/ready-check.ts";

export const AnswerSchema = z
  .object({
    round: RoundSchema,
    player_id: PlayerIdSchema.nullish().openapi({
      description: "Who answers: the holder of the token if absent. Required with the API key",
    }),
  })
  .openapi("Answer", { example: { round: 1 } });

export const AcceptedSchema = z
  .object({ status: z.literal("accepted"), match_id: MatchIdSchema, player_id: PlayerIdSchema, round: RoundSchema })
  .openapi("Accepted");

export const DeclinedSchema = z
  .object({
    status: z.literal("declined"),
    match_id: MatchIdSchema,
    player_id: PlayerIdSchema,
    round: RoundSchema,
    cool_down: CoolDownSchema.nullable().openapi({ description: "Before the player may queue again; null: at once" }),
  })
  .openapi("Declined");
