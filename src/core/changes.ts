import type { Backfill, BackfillEnding } from "./backfill.ts";
import type { CoolDown } from "./cool-downs.ts";
import type { Learned } from "./learned.ts";
import type { LeaseClock } from "./lease-clock.ts";
import type { Match } from "./match.ts";
import type { MatchingPass } from "./matching/found-match.ts";
import type { EstimateOutcome } from "./matching/wait-estimates.ts";
import type { Party } from "./party.ts";
import type { Proposal } from "./proposal.ts";
import type { PlayerRating } from "./rating/player-rating.ts";
import type { Revocation } from "./revocations.ts";
import type { Ticket, TicketEnding } from "./ticket.ts";

/**
 * What a match went through.
 *
 * - `released`: a player was taken out; the match itself goes on
 * - `opened`: it asks for others in the place of players who left, or says what it is played by
 * - `filled`: players came into empty places
 * - `assigned`: it has a game server
 * - `cancelled`: it got none
 */
export type MatchEvent =
  | "formed"
  | "released"
  | "opened"
  | "filled"
  | "assigned"
  | "cancelled"
  | "reported"
  | "abandoned"
  | "rating_failed"
  | "redriven";

/** `asked`: it came into line. `changed`: it asks for other places. `joined`: some of its places are filled. */
export type BackfillEvent = "asked" | "changed" | "joined";

/**
 * - `proposed`: its players are asked
 * - `shown`: players were shown the question, and none of them has answered since
 * - `answered`: somebody accepted
 * - `repairing`: places fell empty
 * - `repaired`: they are filled, by players who are asked
 * - `extended`: the region was away, and those who had not answered have more time
 */
export type ProposalEvent = "proposed" | "shown" | "answered" | "repairing" | "repaired" | "extended";
/** `dissolved`: those who had not left it are back in line. */
export type ProposalOutcome = "confirmed" | "dissolved";

/** What a player is asked. */
export interface Prompt {
  readonly playerId: string;
  readonly round: number;
  readonly deadlineMs: number;
  /** What not accepting would cost the player. */
  readonly coolDownS: number;
}

/** `roles_changed`: a member offers other roles. `queued`: its ticket came into line. */
export type PartyEvent = "created" | "joined" | "roles_changed" | "left" | "queued";
export type PartyEnding = "disbanded" | "expired" | "region_closed";

/**
 * Everything that can happen to a region's durable state. A method of `Queue` records these in order; the shell
 * writes them in one transaction and only then tells anybody.
 */
export type Change =
  /** `clocks`: of its players; absent: it has no lease. */
  | { readonly type: "ticket_added"; readonly ticket: Ticket; readonly clocks?: readonly LeaseClock[] }
  /**
   * `by`: who cancelled or declined; null: the system. `matchId`: the ready check that it was in and that is over for
   * it. `coolDowns`: of its players, for that. `estimate`: how the wait that a matched ticket was told of fared; absent
   * if it was told of none. None of it is kept.
   */
  | {
      readonly type: "ticket_ended";
      readonly ticket: Ticket;
      readonly ending: TicketEnding;
      readonly by?: string | null;
      readonly matchId?: string;
      readonly coolDowns?: readonly CoolDown[];
      readonly estimate?: EstimateOutcome;
    }
  /** Back in line with priority. `clocks`: as they are from now on; absent: as they were. */
  | { readonly type: "ticket_changed"; readonly ticket: Ticket; readonly clocks?: readonly LeaseClock[] }
  /** All clocks of a ticket's players, as they are from now on. */
  | { readonly type: "lease_changed"; readonly ticketId: string; readonly clocks: readonly LeaseClock[] }
  /** `playerIds`: those who have accepted and are told how it stands with the places of others. */
  | {
      readonly type: "proposal_changed";
      readonly proposal: Proposal;
      readonly event: ProposalEvent;
      readonly prompts: readonly Prompt[];
      readonly playerIds: readonly string[];
    }
  /** `playerIds`: those who are back in line. */
  | {
      readonly type: "proposal_ended";
      readonly proposal: Proposal;
      readonly outcome: ProposalOutcome;
      readonly playerIds: readonly string[];
    }
  | { readonly type: "cool_down_started"; readonly coolDown: CoolDown }
  | { readonly type: "cool_down_forgotten"; readonly playerId: string }
  /**
   * `playerIds`: those whom the match answers for, and who are therefore told. `pass`: what made it, when it was
   * formed. `hasAwaited`: until now it waited for a game server. `backInLine`: those of them who wait again. None of it
   * is kept.
   */
  | {
      readonly type: "match_changed";
      readonly match: Match;
      readonly event: "formed";
      readonly hasAwaited?: false;
      readonly pass: MatchingPass;
      readonly playerIds: readonly string[];
    }
  /** `joinedIds`: those of them who just came, and are the ones to be told. */
  | {
      readonly type: "match_changed";
      readonly match: Match;
      readonly event: "filled";
      readonly joinedIds: readonly string[];
      readonly hasAwaited?: boolean;
      readonly playerIds: readonly string[];
    }
  | {
      readonly type: "match_changed";
      readonly match: Match;
      readonly event: Exclude<MatchEvent, "formed" | "filled" | "cancelled">;
      readonly hasAwaited?: boolean;
      readonly playerIds: readonly string[];
    }
  | {
      readonly type: "match_changed";
      readonly match: Match;
      readonly event: "cancelled";
      readonly hasAwaited?: boolean;
      readonly playerIds: readonly string[];
      readonly backInLine: readonly string[];
    }
  | { readonly type: "backfill_changed"; readonly backfill: Backfill; readonly event: BackfillEvent }
  | { readonly type: "backfill_ended"; readonly backfill: Backfill; readonly ending: BackfillEnding }
  /** The consumer has rated it and D1 holds its final row, so the region lets go of it. */
  | {
      readonly type: "match_finished";
      readonly match: Match;
      readonly ratings: readonly PlayerRating[];
      readonly playerIds: readonly string[];
    }
  /** Abandoned or cancelled a day ago, or among too many cancelled ones: D1 holds its final row. */
  | { readonly type: "match_forgotten"; readonly matchId: string }
  /** `playerIds`: those whom it concerns and who are told, also somebody who just left. */
  | {
      readonly type: "party_changed";
      readonly party: Party;
      readonly event: PartyEvent;
      readonly playerIds: readonly string[];
    }
  | {
      readonly type: "party_ended";
      readonly party: Party;
      readonly ending: PartyEnding;
      readonly playerIds: readonly string[];
    }
  /** A player's tokens were taken back, or the player was let in again. */
  | { readonly type: "revocation_changed"; readonly revocation: Revocation }
  /** Saved with the commit of a tick that made matches or moved a knob. */
  | { readonly type: "learned_saved"; readonly learned: Learned };
