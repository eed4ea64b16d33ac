import type { Match, MatchStatus, Placements } from "./match.ts";
import type { Mode } from "./mode.ts";
import type { Constraints, Ticket, TicketPlayer } from "./ticket.ts";

export interface EnqueueRequest {
  readonly player: TicketPlayer;
  readonly mode: Mode;
  readonly constraints: Constraints;
  /** The game's backend, which may release a player from an unreported match; a player may not. */
  readonly isSystem: boolean;
  /** Release at once, however young the match is. Only the system's wish counts. */
  readonly release: boolean;
}

export type EnqueueRefusal =
  | { readonly reason: "in_match"; readonly matchId: string }
  | { readonly reason: "queued_in_other_mode"; readonly mode: string }
  | { readonly reason: "region_full" };

export type CancelRefusal =
  | { readonly reason: "not_queued" }
  | { readonly reason: "in_match"; readonly matchId: string };

export type RedriveRefusal =
  | { readonly reason: "unknown_match" }
  | { readonly reason: "not_failed"; readonly status: MatchStatus };

export type ReportRefusal =
  | { readonly reason: "unknown_match" }
  | { readonly reason: "unknown_team" | "missing_team"; readonly team: string; readonly teams: readonly string[] }
  | { readonly reason: "not_reportable"; readonly status: MatchStatus }
  | { readonly reason: "already_reported"; readonly placements: Placements };

/** What holds a player now. */
export type PlayerState =
  | { readonly type: "free" }
  | { readonly type: "queued"; readonly ticket: Ticket }
  | { readonly type: "matched"; readonly match: Match };
