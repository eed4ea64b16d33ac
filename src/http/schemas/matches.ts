import { z } from "@hono/zod-openapi";
import { MATCH_STATUSES, winnerOf } from "../../core/match.ts";
import type { MatchRecord, StoredPlayer } from "../../db/match-row.ts";
import {
  limitSchema,
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
  mu: MuSchema.openapi({ description: "When the match was made" }),
  sigma: SigmaSchema,
  after: z.object({ mu: MuSchema, sigma: SigmaSchema }).optional().openapi({ description: "The rating it led to" }),
});

export const PlacementsSchema = z
  .record(z.string(), z.number())
  .openapi({ description: "Place by team: 1 is best, equal is a draw", example: { teamA: 1, teamB: 2 } });

export const MatchSchema = z
  .object({
    match_id: MatchIdSchema,
    region: RegionSchema,
    mode: ModeNameSchema,
    status: z.enum(MATCH_STATUSES),
    quality: z.number().openapi({ description: "TrueSkill's draw quality, 0 to 1", example: 0.447 }),
    players: z.record(z.string(), z.array(MatchPlayerSchema)).openapi({ description: "By team: teamA, teamB, …" }),
    placements: PlacementsSchema.nullable(),
    winner_team: z.string().nullable().openapi({ description: "Null without a result, and for a draw" }),
    created_at: TimestampSchema,
    reported_at: TimestampSchema.nullable(),
    finished_at: TimestampSchema.nullable(),
  })
  .openapi("Match");

export const LatestMatchesSchema = z.array(MatchSchema).openapi("LatestMatches");

export const LatestQuerySchema = z.object({
  limit: limitSchema(50, 5),
  mode: ModeNameSchema.optional().openapi({ description: "Only this mode, among the newest 2,000 matches" }),
});

export const MatchPathSchema = z.object({
  match_id: MatchIdSchema.openapi({ param: { name: "match_id", in: "path" } }),
});

export const FailedMatchesSchema = z
  .array(
    MatchSchema.extend({
      failure: z.string().nullable().openapi({ description: "Why it cannot be rated", example: "unknown_player" }),
    }),
  )
  .openapi("FailedMatches");

export const FailedMatchesQuerySchema = z.object({
  region: RegionSchema.optional().openapi({ description: "Only this region; every region if absent" }),
});

export const RedrivenSchema = z.object({ status: z.literal("queued"), match_id: MatchIdSchema }).openapi("Redriven");

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
    placements: match.placements,
    winner_team: match.placements === null ? null : winnerOf(match.placements),
    created_at: timestamp(match.createdAtMs),
    reported_at: timestampOrNull(match.reportedAtMs),
    finished_at: timestampOrNull(match.finishedAtMs),
  };
}

function matchPlayerBody({ player_id, mu, sigma, after }: StoredPlayer): MatchBody["players"][string][number] {
  return after === undefined
    ? { player_id, mu, sigma }
    : { player_id, mu, sigma, after: { mu: after.mu, sigma: after.sigma } };
}
