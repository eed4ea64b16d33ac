import type { Match } from "./match.ts";
import type { DensityState } from "./matching/density.ts";
import type { PlayerRating } from "./rating/player-rating.ts";
import type { Ticket, TicketEnding } from "./ticket.ts";

/** What a match went through. `released`: a player was taken out; the match itself goes on. */
export type MatchEvent = "formed" | "released" | "reported" | "abandoned" | "rating_failed" | "redriven";

/**
 * Everything that can happen to a region's durable state. A method of `Queue` records these in order; the shell
 * writes them in one transaction and only then tells anybody.
 */
export type Change =
  | { readonly type: "ticket_added"; readonly ticket: Ticket }
  | { readonly type: "ticket_ended"; readonly ticket: Ticket; readonly ending: TicketEnding }
  /** `playerIds`: those whom the match answers for, and who are therefore told. */
  | {
      readonly type: "match_changed";
      readonly match: Match;
      readonly event: MatchEvent;
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
  /** Arrival densities by mode, saved with the commit of a tick that changed something. */
  | { readonly type: "density_saved"; readonly densities: Readonly<Record<string, DensityState>> };
