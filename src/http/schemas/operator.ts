import { z } from "@hono/zod-openapi";
import { PlayerIdSchema, TimestampSchema } from "../../wire/common.ts";
import { limitSchema } from "./page-size.ts";

export const RevocationWishSchema = z
  .object({
    lock_out: z.boolean().nullish().openapi({
      description: "false: only void the tokens there are; the game's server may issue new ones. Absent: true",
      example: true,
    }),
  })
  .openapi("RevocationWish");

export const RevocationSchema = z
  .object({
    status: z.enum(["revoked", "let_in"]),
    player_id: PlayerIdSchema,
    is_locked_out: z.boolean(),
    tokens_from: TimestampSchema.nullable().openapi({
      description: "Tokens issued before this are void; null: none were ever taken back",
    }),
  })
  .openapi("Revocation");

const EntryIdSchema = z.string().regex(/^[0-9A-HJKMNP-TV-Z]{26}$/, "A ULID");

export const AuditQuerySchema = z.object({
  limit: limitSchema(100, 50),
  cursor: EntryIdSchema.optional().openapi({
    description: "Only entries before this one: the last entry_id of the page before",
    example: "01JBZ8M3T2X4V6C8B0N2M4K6H8",
  }),
});

export const AuditLogSchema = z
  .array(
    z.object({
      entry_id: EntryIdSchema.openapi({ description: "Sorts by time", example: "01JBZ8M3T2X4V6C8B0N2M4K6H8" }),
      at: TimestampSchema,
      key_id: z.string().openapi({
        description: "Which API key: the first 8 hexadecimal digits of SHA-256 of muster-key:<key>; also in the log",
        example: "5e884898",
      }),
      action: z.string().openapi({ example: "player_revoked" }),
      target: z.string().openapi({
        description: "The player, match or party; of many matches, region and reason, `*` for all",
        example: "0c7b2a52-9d8f-4b0e-8a55-7f1d3a0f5c11",
      }),
      request_id: z.string().openapi({ description: "As in the log, which says what became of the call" }),
    }),
  )
  .openapi("AuditLog");
