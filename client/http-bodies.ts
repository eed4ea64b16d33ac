import type {
  Connection,
  Constraints,
  CoolDown,
  EstimatedWait,
  Explanation,
  ReadyCheck,
  TicketParty,
} from "./wire-types.ts";

/**
 * What the service says over HTTP only, where it and the socket do not share a shape. A test holds these against the
 * schemas that the service answers with.
 */

export interface PlayerToken {
  player_id: string;
  access_token: string;
  token_type: "bearer";
  /** Seconds. */
  expires_in: number;
}

export interface RegisteredPlayer extends PlayerToken {
  region: string;
}

export interface Standing {
  mu: number;
  sigma: number;
  /** mu − 3·sigma. */
  conservative_rating: number;
  /** Rated ones. */
  matches: number;
  wins: number;
}

export interface Profile extends Standing {
  player_id: string;
  username: string;
  region: string;
  created_at: string;
  /** The last rated match in any mode, or the registration. */
  last_active: string;
  /** By mode; the fields beside it are those of the default mode. */
  ratings: Record<string, Standing>;
}

export interface LeaderboardEntry extends Standing {
  rank: number;
  player_id: string;
  username: string;
  region: string;
}

export interface Enqueued {
  status: "enqueued";
  player_id: string;
  region: string;
  ticket_id: string;
  mode: string;
  /** The place in line. */
  enqueued_at: string;
}

/** Where a player stands. What does not apply is null. */
export interface QueueStatus {
  player_id: string;
  enqueued: boolean;
  /** `proposed`: asked by a ready check, and queued as well. Null: neither queued nor in a match. */
  state: "queued" | "proposed" | "matched" | null;
  region: string | null;
  mode: string | null;
  ticket_id: string | null;
  enqueued_at: string | null;
  /** Seconds in line. */
  waited_s: number | null;
  estimated_wait_s: EstimatedWait | null;
  explain: Explanation | null;
  /** The match that holds the player, or that they are asked about. */
  match_id: string | null;
  party: TicketParty | null;
  ready_check: ReadyCheck | null;
  /** Null: the player may queue. */
  cool_down: CoolDown | null;
  /** To the match's game server; null: none so far. */
  connection: Connection | null;
}

export interface Dequeued {
  status: "dequeued" | "not_found";
  player_id: string;
}

export interface Accepted {
  status: "accepted";
  match_id: string;
  player_id: string;
  round: number;
}

export interface Declined {
  status: "declined";
  match_id: string;
  player_id: string;
  round: number;
  /** Before the player may queue again; null: at once. */
  cool_down: CoolDown | null;
}

export interface Assigned {
  status: "assigned";
  match_id: string;
}

/** A match asks for players. Teams that ask for none are absent from `places`. */
export interface BackfillQueued {
  status: "queued";
  match_id: string;
  ticket_id: string;
  places: Record<string, number>;
  /** The place in line, which a change of the wish keeps. */
  enqueued_at: string;
}

export interface BackfillStatus {
  status: "queued" | "not_queued";
  match_id: string;
  ticket_id: string | null;
  places: Record<string, number>;
  enqueued_at: string | null;
  /** Seconds in line. */
  waited_s: number | null;
  /** Who came while the match was running, by team. */
  filled_in: Record<string, string[]>;
}

export interface BackfillCancelled {
  /** `not_found`: it asked for nobody, or every place was filled. */
  status: "dequeued" | "not_found";
  match_id: string;
  ticket_id: string | null;
  /** What stays empty. */
  places: Record<string, number>;
}

export interface Reported {
  status: "queued";
  match_id: string;
  /** Null for a draw. */
  winner_team: string | null;
  placements: Record<string, number>;
}

export interface Left {
  status: "left";
  code: string;
  player_id: string;
}

export interface Disbanded {
  status: "disbanded";
  code: string;
}

/** What a ticket may, or must, say of an attribute in its constraints. */
export type AttributeRule =
  | { rule: "overlap"; values: string[] }
  | { rule: "same"; default?: string | number | boolean | undefined }
  | { rule: "range"; min: number; max: number };

/** In seconds. */
export interface ReadyCheckRules {
  accept_s: number;
  /** For a connected client to `ack`; null: as long as the player has. */
  ack_s: number | null;
  /** For somebody else to be found where a place falls empty. */
  repair_s: number;
  /** Out of the queue after the first, second … offence; the last one repeats. */
  cool_downs_s: number[];
  forgiven_after_s: number;
}

export interface Mode {
  name: string;
  is_default: boolean;
  teams: string[];
  team_size: number;
  /** How many players a ticket may hold. */
  party_sizes: number[];
  /** How many rating points one second of waiting is worth. */
  points_per_second: number;
  /** The mean wait that points_per_second is moved towards; null: it stays. */
  target_wait_s: number | null;
  /** 0 to 1: how much more is tolerated where few players are. */
  equity: number;
  tick_period_s: number;
  /** From which age on a ticket takes any match that its rules allow. */
  overdue: { natural_waits: number; least_s: number; most_s: number };
  overdue_after_s: number;
  max_rating_gap: number | null;
  /** Players of each role that every team needs. */
  roles: Record<string, number>;
  attributes: Record<string, AttributeRule>;
  max_latency_ms: number | null;
  /** What players are asked before a match is made; null: nothing. */
  ready_check: ReadyCheckRules | null;
  /** So long a place in line outlives its player's last socket. */
  socket_grace_s: number;
  /** So long a place in line that was taken over HTTP outlives the last call about it. */
  http_lease_s: number;
  /** A match without a game server after this is cancelled; null: nobody waits for one. */
  assign_within_s: number | null;
  /** Whether places in running matches are filled before new matches are made. */
  is_backfill_preferred: boolean;
  match_timeout_s: number;
  rating: { mu: number; sigma: number; beta: number; tau: number; draw_probability: number };
}

export interface RegistrationWish {
  username: string;
  /** The first configured region if absent. */
  region?: string | null | undefined;
}

export interface EnqueueHttpWish {
  player_id: string;
  /** If absent: the mode the player already waits in, else the default mode. */
  mode?: string | null | undefined;
  constraints?: Constraints | null | undefined;
  /** System only: take the player out of a match without a result at once, not after 10 s. */
  release?: boolean | null | undefined;
  /** System only: players who have one place in line and play on one team. */
  party?: string[] | null | undefined;
  /** System only: keep the place for so many seconds without a sign of life; if absent, until it is cancelled. */
  lease_s?: number | null | undefined;
}

export interface LeaderboardQuery {
  /** 1 to 100; 20 if absent. */
  limit?: number | undefined;
  mode?: string | undefined;
  region?: string | undefined;
  /** Rated matches at least. */
  min_matches?: number | undefined;
}

export interface LatestQuery {
  /** 1 to 50; 5 if absent. */
  limit?: number | undefined;
  mode?: string | undefined;
}

/** A party's member. With the API key `player_id` says who is meant; with a player's token it is that player. */
export interface PartyMemberWish {
  player_id?: string | null | undefined;
  /** Roles that the player offers, in modes that have them; absent: any. */
  roles?: string[] | null | undefined;
}

/** An answer to a ready check. With the API key `player_id` says whose it is. */
export interface AnswerWish {
  round: number;
  player_id?: string | null | undefined;
}

export type ReportWish = { winner_team: string } | { placements: Record<string, number> };

/** At least one of `places` and `replaces`. */
export interface BackfillWish {
  /** All open places by team, besides those of `replaces`; if absent, those that are asked for already. */
  places?: Record<string, number> | undefined;
  /** Players who left for good. */
  replaces?: string[] | undefined;
  /** What the game is played by, where the match's own leave a choice. */
  attributes?: Record<string, string | number | boolean> | undefined;
  /** Where it runs, where the match's own leave a choice. */
  locations?: string[] | undefined;
}
