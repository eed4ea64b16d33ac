import { z } from "@hono/zod-openapi";
import { LIMITS } from "../../core/limits.ts";
import { MatchIdSchema, ModeNameSchema, PlayerIdSchema, RegionSchema, TimestampSchema } from "./common.ts";

/** A field that has a name already but no mode uses; whoever sends it must hear that it would have no effect. */
function notOffered(why: string) {
  return z.never({ error: why }).nullish().openapi({ type: "null", description: why });
}

export const ConstraintsSchema = z
  .strictObject({
    max_rating_gap: z
      .number()
      .min(0)
      .optional()
      .openapi({ description: "The match's highest mu minus its lowest is at most this", example: 6 }),
    avoid: z
      .array(PlayerIdSchema)
      .max(LIMITS.avoidedPlayers)
      .optional()
      .openapi({ description: "No match with any of these players" }),
    roles: notOffered("No mode of this game has roles."),
    latency_ms: notOffered("No mode of this game looks at latencies."),
    attributes: z
      .record(z.string(), z.never({ error: "Known attributes: none." }))
      .optional()
      .openapi({ type: "object", description: "No mode of this game declares an attribute" }),
  })
  .openapi("Constraints", { example: { max_rating_gap: 6 } });

export const EnqueueSchema = z
  .object({
    player_id: PlayerIdSchema,
    mode: ModeNameSchema.nullish().openapi({
      description: "If absent: the mode the player already waits in, else the default mode",
    }),
    constraints: ConstraintsSchema.nullish(),
    release: z.boolean().nullish().openapi({
      description: "System only: take the player out of a match without a result at once, not after 10 s",
    }),
    party: notOffered("Parties are not offered: queue each player."),
  })
  .openapi("Enqueue", {
    example: { player_id: "0c7b2a52-9d8f-4b0e-8a55-7f1d3a0f5c11", mode: "2v2", constraints: { max_rating_gap: 6 } },
  });

export const EnqueuedSchema = z
  .object({
    status: z.literal("enqueued"),
    player_id: PlayerIdSchema,
    region: RegionSchema,
    ticket_id: z.string().openapi({ example: "01JBZ8M3T2X4V6C8B0N2M4K6H8" }),
    mode: ModeNameSchema,
    enqueued_at: TimestampSchema.openapi({ description: "The place in line" }),
  })
  .openapi("Enqueued");

export const QueueStatusSchema = z
  .object({
    player_id: PlayerIdSchema,
    enqueued: z.boolean(),
    state: z.enum(["queued", "matched"]).nullable().openapi({ description: "Null: neither queued nor in a match" }),
    region: RegionSchema.nullable(),
    mode: ModeNameSchema.nullable(),
    ticket_id: z.string().nullable(),
    enqueued_at: TimestampSchema.nullable(),
    waited_s: z.number().nullable().openapi({ description: "Seconds in line", example: 4.2 }),
    match_id: MatchIdSchema.nullable().openapi({ description: "The match that holds the player" }),
  })
  .openapi("QueueStatus");

export const DequeuedSchema = z
  .object({ status: z.enum(["dequeued", "not_found"]), player_id: PlayerIdSchema })
  .openapi("Dequeued");

export type Enqueue = z.infer<typeof EnqueueSchema>;
export type QueueStatus = z.infer<typeof QueueStatusSchema>;
