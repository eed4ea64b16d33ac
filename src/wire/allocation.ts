import { z } from "zod";
import { awaitingOf } from "../core/assignment.ts";
import type { Match } from "../core/match.ts";
import { recordOf } from "../db/match-row.ts";
import { MatchIdSchema, ModeNameSchema, PlayerIdSchema, RegionSchema, TimestampSchema, timestamp } from "./common.ts";
import { MatchSchema, matchBody } from "./match.ts";

/** What a game's allocator is asked, in the form that Standard Webhooks advises. The same at every try. */
export const AllocationSchema = z
  .object({
    type: z.literal("match.server_needed"),
    timestamp: TimestampSchema.meta({ description: "When the match was made" }),
    match_id: MatchIdSchema,
    region: RegionSchema,
    mode: ModeNameSchema,
    players: z.record(
      z.string(),
      z.array(z.object({ player_id: PlayerIdSchema, role: z.string().nullable().optional() })),
    ),
    attributes: MatchSchema.shape.attributes,
    locations: MatchSchema.shape.locations,
    assign_by: TimestampSchema.meta({ description: "A server that is not assigned until then is not needed" }),
  })
  .meta({ id: "Allocation" });

export type AllocationBody = z.infer<typeof AllocationSchema>;

/** Null: the match waits for no server. */
export function allocationBody(match: Match, region: string): AllocationBody | null {
  const awaiting = awaitingOf(match);
  if (awaiting === null) return null;
  const { match_id, mode, players, attributes, locations, created_at } = matchBody(recordOf(match, region));
  return {
    type: "match.server_needed",
    timestamp: created_at,
    match_id,
    region,
    mode,
    players: Object.fromEntries(
      Object.entries(players).map(([team, members]) => [
        team,
        members.map(({ player_id, role }) => ({ player_id, ...(role !== undefined && { role }) })),
      ]),
    ),
    ...(attributes !== undefined && { attributes }),
    ...(locations !== undefined && { locations }),
    assign_by: timestamp(awaiting.deadlineMs),
  };
}
