import { z } from "zod";
import type { Party } from "../core/party.ts";
import { leaderOf } from "../core/party.ts";
import { PlayerIdSchema, RegionSchema, TimestampSchema, timestamp } from "./common.ts";

export const PartyCodeSchema = z.string().meta({
  description: "Names its region. Whoever knows it may join; letters in either case",
  example: "EUW-7K3M9XQ2TD",
});

export const PartySchema = z
  .object({
    code: PartyCodeSchema,
    leader_id: PlayerIdSchema.meta({ description: "The longest-standing member" }),
    members: z.array(
      z.object({
        player_id: PlayerIdSchema,
        roles: z.array(z.string()).nullable().meta({ description: "Null: any" }),
      }),
    ),
    region: RegionSchema,
    expires_at: TimestampSchema.meta({
      description: "Four hours after it was made, joined, left or queued for the last time",
    }),
  })
  .meta({ id: "Party" });

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
