import { z } from "@hono/zod-openapi";
import {
  ConservativeSchema,
  ModeNameSchema,
  MuSchema,
  PlayerIdSchema,
  RegionSchema,
  SigmaSchema,
  TimestampSchema,
} from "../../wire/common.ts";

/**
 * Letters of any script. Nothing that is not seen or that turns the text around it: control characters, line breaks,
 * broken surrogates, characters of direction (they would make `ada` of `\u202eada`'s reverse), or fillers. But joiners
 * and variation selectors, which some scripts and emoji are written with.
 */
const PRINTABLE = /^(?:[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{DI}\u2800]|\u200c|\u200d|\ufe0e|\ufe0f)*$/u;
/** Something that shows, so that no name looks empty. */
const VISIBLE = /[\p{L}\p{N}\p{P}\p{S}]/u;

export const RegistrationSchema = z
  .object({
    username: z
      .string()
      .trim()
      .min(1)
      .max(32)
      .regex(PRINTABLE, "No control characters, line breaks, or characters that are not seen")
      .refine((name) => name === "" || VISIBLE.test(name), "At least one character that is seen")
      .openapi({ pattern: PRINTABLE.source, description: "Shown to others; need not be unique", example: "ada" }),
    region: RegionSchema.nullish().openapi({
      description: "Where the player queues; the first configured region if absent",
    }),
  })
  .openapi("Registration");

export const RegistrationHeadersSchema = z.object({
  "x-idempotency-key": z
    .string()
    .min(8)
    .max(255)
    .optional()
    .openapi({
      description:
        "Best a random UUID (version 4 or 7). The same key with the same body within 10 minutes gives the same player and " +
        "a fresh token; later, or with another body, 409. Whoever knows key and body gets the token: keep the key to " +
        "yourself. A key that is no such UUID could be guessed, so it is repeated only from the address that it came " +
        "from first; with the API key any text will do.",
      example: "f6f0a6a6-5c3a-4a0e-9b0e-2f1e5a3c9d77",
    }),
});

export const PlayerTokenSchema = z
  .object({
    player_id: PlayerIdSchema,
    access_token: z.string().openapi({ description: "Send as Authorization: Bearer <token>", example: "eyJhbGciOi…" }),
    token_type: z.literal("bearer"),
    expires_in: z.int().openapi({ description: "Seconds", example: 86_400 }),
  })
  .openapi("PlayerToken");

export const RegisteredPlayerSchema = PlayerTokenSchema.extend({ region: RegionSchema }).openapi("RegisteredPlayer");

export const PlayerPathSchema = z.object({
  player_id: PlayerIdSchema.openapi({ param: { name: "player_id", in: "path" } }),
});

const StandingSchema = z.object({
  mu: MuSchema,
  sigma: SigmaSchema,
  conservative_rating: ConservativeSchema,
  matches: z.int().openapi({ description: "Rated matches", example: 0 }),
  wins: z.int().openapi({ example: 0 }),
});

export const ProfileSchema = z
  .object({
    player_id: PlayerIdSchema,
    username: z.string().openapi({ example: "ada" }),
    region: RegionSchema,
    ...StandingSchema.shape,
    created_at: TimestampSchema,
    last_active: TimestampSchema.openapi({ description: "The last rated match in any mode, or the registration" }),
    ratings: z
      .record(ModeNameSchema, StandingSchema)
      .openapi({ description: "By mode; the fields above are those of the default mode" }),
  })
  .openapi("Profile");

export type ProfileBody = z.infer<typeof ProfileSchema>;
