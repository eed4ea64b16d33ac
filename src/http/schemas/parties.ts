import { z } from "@hono/zod-openapi";
import type { Party } from "../../core/party.ts";
import { leaderOf } from "../../core/party.ts";
import { PlayerIdSchema, RegionSchema, TimestampSchema, timestamp } from "./common.ts";

const PartyCodeSchema = z.string().openapi({
  description: "Names its region. Whoever knows it may join; letters in either case",
  example: "EUW-7K3M9XQ2TD",
});

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

export const PartySchema = z
  .object({
    code: PartyCodeSchema,
    leader_id: PlayerIdSchema.openapi({ description: "The longest-standing member" }),
    members: z.array(
      z.object({
        player_id: PlayerIdSchema,
        roles: z.array(z.string()).nullable().openapi({ description: "Null: any" }),
      }),
    ),
    region: RegionSchema,
    expires_at: TimestampSchema.openapi({
      description: "Four hours after it was made, joined, left or queued for the last time",
    }),
  })
  .openapi("Party");

export const LeftSchema = z
  .object({ status: z.literal("left"), code: PartyCodeSchema, player_id: PlayerIdSchema })
  .openapi("Left");

export const DisbandedSchema = z.object({ status: z.literal("disbanded"), code: PartyCodeSchema }).openapi("Disbanded");

export type PartyBody = z.infer<typeof PartySchema>;

export function partyBody(party: Party, region: string): PartyBody {
  return {
    code: party.code,
    leader_id: leaderOf(party),
    members: party.members.map(({ playerId, roles }) => ({
      player_id: playerId,
      roles: roles === undefined ? null : [...roles],
    })),
    region,
    expires_at: timestamp(party.expiresAtMs),
  };
}
