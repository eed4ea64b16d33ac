import { z } from "@hono/zod-openapi";
import { LIMITS } from "../../core/limits.ts";
import { MAX_PLAYERS_PER_MATCH } from "../../core/mode.ts";
import {
  AttributeValueSchema,
  MatchIdSchema,
  ModeNameSchema,
  PlayerIdSchema,
  RegionSchema,
  TimestampSchema,
} from "./common.ts";

const RoleListSchema = z.array(z.string().max(32)).max(16);

/** Which roles and attributes there are, and what fits them, the mode knows: the region checks that. */
export const ConstraintsSchema = z
  .strictObject({
    max_rating_gap: z
      .number()
      .min(0)
      .nullish()
      .openapi({ description: "The match's highest mu minus its lowest is at most this", example: 6 }),
    avoid: z
      .array(PlayerIdSchema)
      .max(LIMITS.avoidedPlayers)
      .nullish()
      .openapi({ description: "No match with any of these players" }),
    roles: z
      .union([RoleListSchema, z.record(PlayerIdSchema, RoleListSchema)], {
        error: "A list of roles, or such lists by player id.",
      })
      .nullish()
      .openapi({
        description:
          "Roles that the players offer, in a mode that has roles; who offers none plays any. A list holds for every " +
          "player of the ticket who said nothing of their own; an object says them by player id",
        example: ["tank", "healer"],
      }),
    latency_ms: z
      .record(RegionSchema, z.number().min(0).max(LIMITS.latencyMs))
      .nullish()
      .openapi({
        description:
          "Milliseconds by server location (the game's regions), in a mode with a latency limit; a location that is not " +
          "named is out of reach. Absent: any location will do",
        example: { EUW: 30, EUNE: 55 },
      }),
    attributes: z
      .record(z.string().max(32), AttributeValueSchema)
      .nullish()
      .openapi({
        description:
          "By the names that `GET /modes` shows: a list for `overlap`, a value for `same`, a number or a range for " +
          "`range`. Absent: any, or the mode's default; a `same` attribute without a default must be said",
        example: { map: ["dust", "mirage"], build: "1.4.2", stakes: { min: 10, max: 50 } },
      }),
  })
  .openapi("Constraints", { example: { max_rating_gap: 6 } });

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
    type: "array",
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

const EstimatedWaitSchema = z
  .object({
    low: z.number().openapi({ example: 4 }),
    high: z.number().nullable().openapi({
      description: "Null: the ticket has waited longer than nearly all that were matched lately",
      example: 17,
    }),
  })
  .openapi({
    description:
      "Seconds of the whole search, counted like waited_s, from those that were matched lately near this rating: four of " +
      "five lie between. Null: not queued, or too few were matched so far",
  });

const ExplanationSchema = z
  .object({
    tolerance: z.number().openapi({ description: "The cost in rating points that a match may have now", example: 3.1 }),
    tolerance_in: z
      .object({ "10": z.number(), "30": z.number(), "60": z.number() })
      .openapi({ description: "And in so many seconds", example: { "10": 3.6, "30": 5.9, "60": 11.2 } }),
    compatible: z.int().openapi({
      description:
        "Other tickets that no rule keeps out of a match with this one; at most 500 are looked at, those who wait longest",
      example: 14,
    }),
    near_enough: z.int().openapi({ description: "Those of them whose rating is within the tolerance", example: 2 }),
    needed: z.int().openapi({ description: "Players that a match needs besides this ticket's", example: 3 }),
    held_back_by: z
      .object({
        rule: z.string().openapi({ description: "An attribute of the mode, or a constraint", example: "map" }),
        excludes: z.int().openapi({ example: 9 }),
      })
      .nullable()
      .openapi({ description: "The rule that keeps most tickets out; null: none keeps any out" }),
    relaxes_at: TimestampSchema.nullable().openapi({
      description: "From then on any match that the rules allow is taken; null: that is so already",
    }),
  })
  .openapi({ description: "Why the search takes as long as it does, from the code that decides. Null: not queued" });

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
    estimated_wait_s: EstimatedWaitSchema.nullable(),
    explain: ExplanationSchema.nullable(),
    match_id: MatchIdSchema.nullable().openapi({ description: "The match that holds the player" }),
    party: z
      .object({
        code: z.string().nullable().openapi({ example: "EUW-7K3M9XQ2TD" }),
        leader_id: PlayerIdSchema.nullable(),
        players: z.array(PlayerIdSchema),
      })
      .nullable()
      .openapi({
        description:
          "Who waits on the same ticket; null: nobody else. Code and leader are null if the system put them together",
      }),
  })
  .openapi("QueueStatus");

export const DequeuedSchema = z
  .object({ status: z.enum(["dequeued", "not_found"]), player_id: PlayerIdSchema })
  .openapi("Dequeued");

export type Enqueue = z.infer<typeof EnqueueSchema>;
export type QueueStatus = z.infer<typeof QueueStatusSchema>;
