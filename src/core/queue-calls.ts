import type { TicketRefusal } from "./check-ticket.ts";
import type { Match, MatchStatus, Placements } from "./match.ts";
import type { Mode } from "./mode.ts";
import type { LockedOut } from "./revocations.ts";
import type { AskedConstraints, Ticket, TicketPlayer } from "./ticket.ts";

/** How long a place in line is to be kept without a sign of life. */
export interface AskedLease {
  /** What the place is asked for over. */
  readonly kind: "socket" | "http";
  /** Absent: as long as the mode says for that kind. */
  readonly ms?: number;
}

export interface EnqueueRequest {
  readonly player: TicketPlayer;
  readonly mode: Mode;
  readonly constraints: AskedConstraints;
  /** The game's backend, which may release a player from an unreported match; a player may not. */
  readonly isSystem: boolean;
  /** Release at once, however young the match is. Only the system's wish counts. */
  readonly release: boolean;
  /** Absent: the place is kept until it is given up. */
  readonly lease?: AskedLease;
}

/** Several players who are to have one place in line. */
export interface PartyRequest {
  /** The one who asks comes first. */
  readonly players: readonly TicketPlayer[];
  readonly mode: Mode;
  readonly constraints: AskedConstraints;
  /** The players' own party, whose leader asks; null: the system put them together. */
  readonly code: string | null;
  /** The system asks; absent: the leader. */
  readonly isSystem?: boolean;
  /** Absent: the place is kept until it is given up. */
  readonly lease?: AskedLease;
}

/** The operator has closed the region: it takes nobody in any more, and sees its matches to their end. */
export type RegionClosed = { readonly reason: "region_closed" };

/** Why no ticket of these players can stand in line, whoever asks. */
export type AdmissionRefusal =
  /** The mode does not take such a ticket, or nobody could ever match it. */
  | TicketRefusal
  | LockedOut
  | { readonly reason: "region_full" }
  | RegionClosed
  /** These players let others down a moment ago; `untilMs`: when the last of them may queue again. */
  | { readonly reason: "cooling_down"; readonly playerIds: readonly string[]; readonly untilMs: number };

export type EnqueueRefusal =
  | AdmissionRefusal
  | { readonly reason: "in_match"; readonly matchId: string }
  | { readonly reason: "queued_in_other_mode"; readonly mode: string }
  /** A member of a party that somebody else leads. */
  | { readonly reason: "in_party"; readonly code: string }
  /** While the call was under way, somebody joined or left the asker's party. */
  | { readonly reason: "party_changed" };

export type PartyEnqueueRefusal =
  | AdmissionRefusal
  | { readonly reason: "queued_in_other_mode"; readonly mode: string }
  /** They wait elsewhere or play; `matchId`: the match that the one who asks is in. */
  | { readonly reason: "party_member_busy"; readonly playerIds: readonly string[]; readonly matchId?: string }
  | { readonly reason: "party_changed" };

export type CancelRefusal =
  | { readonly reason: "not_queued" }
  | { readonly reason: "in_match"; readonly matchId: string };

export type RedriveRefusal =
  | { readonly reason: "unknown_match" }
  | { readonly reason: "not_failed"; readonly status: MatchStatus };

/** What came of an order to rate many failed matches again. */
export interface Redriven {
  readonly redriven: number;
  /** Those that there was no room for in this call. */
  readonly remaining: number;
}

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
