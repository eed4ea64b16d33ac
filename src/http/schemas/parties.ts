import { z } from "@hono/zod-openapi";
import { PlayerIdSchema } from "../../wire/common.ts";
import { PartyCodeSchema } from "../../wire/party.ts";

/** Any text, so that a code nobody could have made is an unknown party and no fault of its own. */
export const PartyPathSchema = z.object({
  code: PartyCodeSchema.openapi({ param: { name: "code", in: "path" } }),
});

const ActorSchema = PlayerIdSchema.nullish().openapi({
  description: "With the API key: who is meant. With a player's token: that player, and may be left out",
});

export const MemberSchema = z
  .object({
    player_id: ActorSchema,
    roles: z
      .array(z.string().max(32))
      .min(1)
      .max(16)
      .nullish()
      .openapi({
        description: "Roles that the player offers, in modes that have them; absent: any",
        example: ["tank"],
      }),
  })
  .openapi("Member");

export const LeaverSchema = z.object({ player_id: ActorSchema }).openapi("Leaver");

export const LeftSchema = z
  .object({ status: z.literal("left"), code: PartyCodeSchema, player_id: PlayerIdSchema })
  .openapi("Left");

export const DisbandedSchema = z.object({ status: z.literal("disbanded"), code: PartyCodeSchema }).openapi("Disbanded");
