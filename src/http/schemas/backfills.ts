import { z } from "@hono/zod-openapi";
import { MAX_PLAYERS_PER_MATCH } from "../../core/mode.ts";
import {
  AttributeValueSchema,
  MatchIdSchema,
  PlayerIdSchema,
  RegionSchema,
  TimestampSchema,
} from "../../wire/common.ts";

const PlacesSchema = z
  .record(z.string(), z.int().min(1).max(MAX_PLAYERS_PER_MATCH))
  .openapi({ description: "Open places by team", example: { teamA: 1 } });

export const BackfillAskSchema = z
  .strictObject({
    places: PlacesSchema.optional().openapi({
      description:
        "All open places by team, besides those of `replaces`. Absent: those that are asked for already. A team has room " +
        "for its size less the players whom the match still answers for",
    }),
    replaces: z
      .array(PlayerIdSchema)
      .min(1)
      .max(MAX_PLAYERS_PER_MATCH)
      .optional()
      .openapi({
        description:
          "Players who left for good: their places are open. They are free to queue at once, hear no more of this match, do " +
          "not come back into it, and are rated by its result",
      }),
    attributes: z
      .record(z.string().max(32), AttributeValueSchema)
      .optional()
      .openapi({
        description:
          "What the game is played by, where the match's `attributes` leave a choice. Unless this says so, nobody knows: " +
          "whoever comes must then accept all that was agreed on",
        example: { map: "dust" },
      }),
    locations: z
      .array(RegionSchema)
      .min(1)
      .max(64)
      .optional()
      .openapi({
        description: "Where it runs, where the match's `locations` leave a choice; in a mode that looks at latencies",
        example: ["EUW"],
      }),
  })
  .refine(({ places, replaces }) => places !== undefined || replaces !== undefined, {
    path: ["places"],
    error: "Send places, replaces, or both.",
  })
  .openapi("BackfillAsk", { example: { replaces: ["0c7b2a52-9d8f-4b0e-8a55-7f1d3a0f5c11"] } });

const TicketIdSchema = z.string().openapi({ example: "01JBZ8M3T2X4V6C8B0N2M4K6H8" });

export const BackfillQueuedSchema = z
  .object({
    status: z.literal("queued"),
    match_id: MatchIdSchema,
    ticket_id: TicketIdSchema,
    places: PlacesSchema.openapi({ description: "What is still to be filled" }),
    enqueued_at: TimestampSchema.openapi({ description: "The place in line; kept when the wish changes" }),
  })
  .openapi("BackfillQueued");

export const BackfillStatusSchema = z
  .object({
    status: z.enum(["queued", "not_queued"]),
    match_id: MatchIdSchema,
    ticket_id: TicketIdSchema.nullable(),
    places: PlacesSchema.openapi({ description: "What is still to be filled; empty: nothing" }),
    enqueued_at: TimestampSchema.nullable(),
    waited_s: z.number().nullable().openapi({ example: 4.2 }),
    filled_in: z.record(z.string(), z.array(PlayerIdSchema)).openapi({
      description: "Everybody who came while the match was running, by team, also who left again since",
      example: { teamA: ["7d0c6a36-3f0e-4c5f-9f35-6f6a2f6f0a11"] },
    }),
  })
  .openapi("BackfillStatus");

export const BackfillCancelledSchema = z
  .object({
    status: z.enum(["dequeued", "not_found"]).openapi({
      description:
        "`dequeued`: nobody comes from now on; whoever came before is in the match. `not_found`: it asked for nobody, " +
        "or every place was filled",
    }),
    match_id: MatchIdSchema,
    ticket_id: TicketIdSchema.nullable().openapi({ description: "With `dequeued`" }),
    places: PlacesSchema.openapi({ description: "With `dequeued`: what stays empty" }),
  })
  .openapi("BackfillCancelled");

export type BackfillAskBody = z.infer<typeof BackfillAskSchema>;
export type BackfillStatus = z.infer<typeof BackfillStatusSchema>;
