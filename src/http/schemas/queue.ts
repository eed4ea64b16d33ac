import { z } from "@hono/zod-openapi";
import { LIMITS } from "../../core/limits.ts";
import { MAX_PLAYERS_PER_MATCH } from "../../core/mode.ts";
import { MatchIdSchema, ModeNameSchema, PlayerIdSchema, RegionSchema, TimestampSchema } from "../../wire/common.ts";
import { ConstraintsSchema } from "../../wire/constraints.ts";
import { ConnectionSchema, CoolDownSchema, ReadyCheckSchema } from "../../wire/ready-check.ts";
import { EstimatedWaitSchema, ExplanationSchema, TicketPartySchema } from "../../wire/search.ts";

/** Duplicates would make a party look larger than it is; each one is named. */
const PartyListSchema = z
  .array(PlayerIdSchema)
  .min(1)
  .max(MAX_PLAYERS_PER_MATCH)
  .superRefine((playerIds, c) => {
    playerIds.forEach((playerId, index) => {
      if (playerIds.indexOf(playerId) === index) return;
      c.addIssue({ code: "custom", path: [index], message: "This player is in the list already." });
    });
  })
  .openapi({
    uniqueItems: true,
    description:
      "System only: players who have one place in line and play on one team. `player_id` is one of them, or is added. " +
      "Players make a party of their own with `POST /parties`",
  });

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
    party: PartyListSchema.nullish(),
    lease_s: z
      .int()
      .min(LIMITS.shortestLeaseS)
      .max(LIMITS.longestLeaseS)
      .nullish()
      .openapi({
        description:
          "System only: keep the place for so many seconds after the last call about whoever took it (`player_id`), or the " +
          "end of their last socket. Absent: the system's tickets are kept until they are cancelled",
      }),
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
    state: z.enum(["queued", "proposed", "matched"]).nullable().openapi({
      description: "`proposed`: queued, and asked in a ready check. Null: neither queued nor in a match",
    }),
    region: RegionSchema.nullable(),
    mode: ModeNameSchema.nullable(),
    ticket_id: z.string().nullable(),
    enqueued_at: TimestampSchema.nullable(),
    waited_s: z.number().nullable().openapi({ description: "Seconds in line", example: 4.2 }),
    estimated_wait_s: EstimatedWaitSchema.nullable(),
    explain: ExplanationSchema.nullable(),
    match_id: MatchIdSchema.nullable().openapi({
      description: "The match that holds the player, or that they are asked about",
    }),
    party: TicketPartySchema,
    ready_check: ReadyCheckSchema.nullable().openapi({ description: "What the player is asked; null: nothing" }),
    connection: ConnectionSchema.nullable().openapi({
      description: "How to get to the match's game server; null: in no match, or none is assigned so far",
    }),
    cool_down: CoolDownSchema.nullable().openapi({ description: "Null: nothing keeps the player from queueing" }),
  })
  .openapi("QueueStatus");

export const DequeuedSchema = z
  .object({ status: z.enum(["dequeued", "not_found"]), player_id: PlayerIdSchema })
  .openapi("Dequeued");

export type Enqueue = z.infer<typeof EnqueueSchema>;
export type QueueStatus = z.infer<typeof QueueStatusSchema>;
