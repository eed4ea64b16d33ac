import { z } from "zod";
import { TimestampSchema } from "./common.ts";

export const InputErrorSchema = z
  .object({
    pointer: z.string().meta({
      description:
        "Where: a JSON pointer (RFC 6901) into the body; for other inputs `#/path/…`, `#/query/…` or `#/header/…` and the name",
      example: "/constraints/max_rating_gap",
    }),
    detail: z.string().meta({ example: "Too small: expected number to be >=0" }),
  })
  .meta({ id: "InputError" });

/** RFC 9457, with this API's extension members. */
export const ProblemSchema = z
  .object({
    type: z.string().meta({ description: "Stable; ends in the reason", example: "urn:muster:problem:in_match" }),
    title: z.string().meta({ example: "The player is in a match" }),
    status: z.int().meta({ example: 409 }),
    detail: z.string().meta({
      description: "What a person can do about it",
      example: "The match in match_id has no result yet. Report it, or queue again when it has ended.",
    }),
    instance: z.string().meta({
      description: "The request id, also in the `x-request-id` header",
      example: "6f1e0b9c-2f57-4d0c-9a83-4f4f5a0a5b8e",
    }),
    errors: z.array(InputErrorSchema).optional().meta({ description: "With bad input: everything that is wrong" }),
    match_id: z.string().optional().meta({ description: "With `in_match`: the match that holds the player" }),
    match_status: z
      .string()
      .optional()
      .meta({ description: "With `not_reportable`, `not_assignable`, `not_fillable` and `not_failed`" }),
    player_ids: z.array(z.string()).optional().meta({
      description:
        "With `party_member_busy`, `party_busy`, `party_in_other_region`, `unknown_player`, `cooling_down` and `player_revoked`: who is meant",
    }),
    party_code: z.string().optional().meta({ description: "With `in_party`: the party that the player is in" }),
    mode: z.string().optional().meta({ description: "With `queued_in_other_mode`: the mode the player waits in" }),
    round: z.int().optional().meta({ description: "With `stale_round`: the round that can be answered" }),
    until: TimestampSchema.optional().meta({
      description: "With `cooling_down`: when the last of them may queue again. With `overloaded`: when to come back",
    }),
    placements: z
      .record(z.string(), z.number())
      .optional()
      .meta({ description: "With `already_reported`: the result that stands" }),
  })
  .meta({ id: "Problem" });

export type Problem = z.infer<typeof ProblemSchema>;
