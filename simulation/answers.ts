import { z } from "zod";

/** What the simulation reads of the service's answers. Fields it does not use are not checked here. */
export const RegisteredSchema = z.object({ player_id: z.string(), access_token: z.string() });

export const EnqueuedSchema = z.object({ status: z.literal("enqueued"), enqueued_at: z.iso.datetime() });

export const QueueStatusSchema = z.object({
  enqueued: z.boolean(),
  match_id: z.string().nullish(),
  /** In a mode with a ready check: what the player is asked. */
  ready_check: z.object({ match_id: z.string(), round: z.number(), accepted: z.boolean() }).nullish(),
});

/** The second shape comes with 404 and 409: too late. */
export const AcceptedSchema = z.union([
  z.object({ status: z.literal("accepted") }),
  z.object({ status: z.literal([404, 409]) }),
]);

/** The second shape comes with 409: too late to leave. */
export const LeftSchema = z.union([
  z.object({ status: z.enum(["dequeued", "not_found"]) }),
  z.object({ status: z.literal(409), match_id: z.string() }),
]);

const RatingSchema = z.object({ mu: z.number(), sigma: z.number() });

const MatchPlayerSchema = RatingSchema.extend({
  player_id: z.string(),
  /** In a finished match: the rating it led to. */
  after: RatingSchema.optional(),
});

export const MatchSchema = z.object({
  match_id: z.string(),
  mode: z.string(),
  region: z.string(),
  status: z.string(),
  quality: z.number(),
  players: z.record(z.string(), z.array(MatchPlayerSchema)),
  placements: z.record(z.string(), z.number()).nullable(),
  created_at: z.iso.datetime(),
});

export const ReportedSchema = z.object({ match_id: z.string() });

export const ProfileSchema = z.object({
  player_id: z.string(),
  /** By mode; a mode without rated matches may be absent. */
  ratings: z.record(z.string(), RatingSchema.extend({ matches: z.number() })),
});

/** The second shape comes with 404. */
export const HomeSchema = z.union([z.object({ region: z.string() }), z.object({ status: z.literal(404) })]);

export const LeaderboardSchema = z.array(
  z.object({
    rank: z.number(),
    player_id: z.string(),
    username: z.string(),
    region: z.string(),
    conservative_rating: z.number(),
    matches: z.number(),
    wins: z.number(),
  }),
);

export const ModesSchema = z.array(
  z.object({
    name: z.string(),
    is_default: z.boolean(),
    teams: z.array(z.string()),
    team_size: z.number(),
    /** Players that one ticket may hold; absent: up to a team. */
    party_sizes: z.array(z.number()).optional(),
    rating: z.object({ beta: z.number() }),
    /** Null or absent: a match is made without asking. */
    ready_check: z.object({ accept_s: z.number(), repair_s: z.number(), cool_downs_s: z.array(z.number()) }).nullish(),
    /** How long a place in line is kept without a socket. */
    socket_grace_s: z.number().optional(),
  }),
);

export const ProblemSchema = z.object({ type: z.string() });

export type MatchAnswer = z.infer<typeof MatchSchema>;
export type ModeAnswer = z.infer<typeof ModesSchema>[number];
export type Leaderboard = z.infer<typeof LeaderboardSchema>;
export type Profile = z.infer<typeof ProfileSchema>;
