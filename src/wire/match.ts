import { z } from "zod";
import type { AttributeValue } from "../core/attribute.ts";
import { isValueList } from "../core/attribute.ts";
import { MATCH_STATUSES, winnerOf } from "../core/match.ts";
import type { MatchTerms } from "../core/match-terms.ts";
import type { MatchRecord, StoredPlayer } from "../db/match-row.ts";
import {
  AttributeValueSchema,
  MatchIdSchema,
  ModeNameSchema,
  MuSchema,
  PlayerIdSchema,
  RegionSchema,
  SigmaSchema,
  TimestampSchema,
  timestamp,
  timestampOrNull,
} from "./common.ts";

const MatchPlayerSchema = z.object({
  player_id: PlayerIdSchema,
  mu: MuSchema.meta({ description: "When the match was made" }),
  sigma: SigmaSchema,
  role: z.string().nullable().optional().meta({
    description: "In a mode with roles: what the player is to play; null: no role in particular",
    example: "tank",
  }),
  left: z.literal(true).optional().meta({
    description: "Left while the match was running, and the game asked for somebody else. Rated like those who stayed",
  }),
  filled_in: z.literal(true).optional().meta({
    description: "Came into an empty place while the match was running. Not rated",
  }),
  after: z.object({ mu: MuSchema, sigma: SigmaSchema }).optional().meta({ description: "The rating it led to" }),
});

export const PlacementsSchema = z
  .record(z.string(), z.number())
  .meta({ description: "Place by team: 1 is best, equal is a draw", example: { teamA: 1, teamB: 2 } });

export const MatchSchema = z
  .object({
    match_id: MatchIdSchema,
    region: RegionSchema,
    mode: ModeNameSchema,
    status: z.enum(MATCH_STATUSES),
    quality: z.number().meta({ description: "TrueSkill's draw quality, 0 to 1; 0 while `proposed`", example: 0.447 }),
    players: z.record(z.string(), z.array(MatchPlayerSchema)).meta({
      description: "By team: teamA, teamB, … Nobody is named while the match is `proposed`",
    }),
    attributes: z
      .record(z.string(), AttributeValueSchema)
      .optional()
      .meta({
        description:
          "In a mode with attributes, what all tickets of the match agree on: the values of `overlap` that all accept, the " +
          "value of `same`, the common `range`",
        example: { map: ["dust"], build: "1.4.2", stakes: { min: 20, max: 50 } },
      }),
    locations: z
      .array(RegionSchema)
      .optional()
      .meta({
        description: "Server locations within reach of everybody, best first. Absent: any location will do",
        example: ["EUW", "EUNE"],
      }),
    placements: PlacementsSchema.nullable(),
    winner_team: z.string().nullable().meta({ description: "Null without a result, and for a draw" }),
    created_at: TimestampSchema,
    reported_at: TimestampSchema.nullable(),
    finished_at: TimestampSchema.nullable(),
  })
  .meta({ id: "Match" });

type AttributeValueBody = z.infer<typeof AttributeValueSchema>;
export type MatchBody = z.infer<typeof MatchSchema>;

/** A match as the API shows it. */
export function matchBody(match: MatchRecord): MatchBody {
  return {
    match_id: match.matchId,
    region: match.region,
    mode: match.mode,
    status: match.status,
    quality: match.quality,
    players: Object.fromEntries(match.teams.map(({ name, players }) => [name, players.map(matchPlayerBody)])),
    ...termsBody(match.terms),
    placements: match.placements,
    winner_team: match.placements === null ? null : winnerOf(match.placements),
    created_at: timestamp(match.createdAtMs),
    reported_at: timestampOrNull(match.reportedAtMs),
    finished_at: timestampOrNull(match.finishedAtMs),
  };
}

/** Only where the mode has such rules: clients that know of none see what they always saw. */
function termsBody(terms: MatchTerms | null): Pick<MatchBody, "attributes" | "locations"> {
  if (terms === null) return {};
  const { attributes, locations } = terms;
  return {
    ...(attributes !== undefined && {
      attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, valueBody(value)])),
    }),
    ...(locations !== undefined && { locations: [...locations] }),
  };
}

function valueBody(value: AttributeValue): AttributeValueBody {
  return isValueList(value) ? [...value] : value;
}

function matchPlayerBody(player: StoredPlayer): MatchBody["players"][string][number] {
  const { player_id, mu, sigma, role, left, filled_in, after } = player;
  return {
    player_id,
    mu,
    sigma,
    ...(role !== undefined && { role }),
    ...(left !== undefined && { left }),
    ...(filled_in !== undefined && { filled_in }),
    ...(after !== undefined && { after: { mu: after.mu, sigma: after.sigma } }),
  };
}
