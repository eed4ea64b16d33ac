import type { Learned } from "./learned.ts";
import type { Match } from "./match.ts";
import type { MatchingPass } from "./matching/found-match.ts";
import type { EstimateOutcome } from "./matching/wait-estimates.ts";
import type { Party } from "./party.ts";
import type { PlayerRating } from "./rating/player-rating.ts";
import type { Ticket, TicketEnding } from "./ticket.ts";

/** What a match went through. `released`: a player was taken out; the match itself goes on. */
export type MatchEvent = "formed" | "released" | "reported" | "abandoned" | "rating_failed" | "redriven";

/** `roles_changed`: a member offers other roles. `queued`: its ticket came into line. */
export type PartyEvent = "created" | "joined" | "roles_changed" | "left" | "queued";
export type PartyEnding = "disbanded" | "expired";

/**
 * Everything that can happen to a region's durable state. A method of `Queue` records these in order; the shell
 * writes them in one transaction and only then tells anybody.
 */
export type Change =
  | { readonly type: "ticket_added"; readonly ticket: Ticket }
  /**
   * `cancelledBy`: who took a cancelled ticket out of line; null: the system. `estimate`: how the wait that a matched
   * ticket was told of fared; absent if it was told of none. Neither is kept.
   */
  | {
      readonly type: "ticket_ended";
      readonly ticket: Ticket;
      readonly ending: TicketEnding;
      readonly cancelledBy?: string | null;
      readonly estimate?: EstimateOutcome;
    }
  /**
   * `playerIds`: those whom the match answers for, and who are therefore told. `pass`: what made it, when it was
   * formed; not kept.
   */
  | {
      readonly type: "match_changed";
      readonly match: Match;
      readonly event: "formed";
      readonly pass: MatchingPass;
      readonly playerIds: readonly string[];
    }
  | {
      readonly type: "match_changed";
      readonly match: Match;
      readonly event: Exclude<MatchEvent, "formed">;
      readonly playerIds: readonly string[];
    }
  /** The consumer has rated it and D1 holds its final row, so the region lets go of it. */
  | {
      readonly type: "match_finished";
      readonly match: Match;
      readonly ratings: readonly PlayerRating[];
      readonly playerIds: readonly string[];
    }
  /** Abandoned a day ago: no longer reportable, D1 holds its final row. */
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
  /** Saved with the commit of a tick that made matches or moved a knob. */
  | { readonly type: "learned_saved"; readonly learned: Learned };
