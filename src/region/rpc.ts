import type { Match, Report } from "../core/match.ts";
import type { CancelRefusal, EnqueueRefusal, PlayerState, RedriveRefusal, ReportRefusal } from "../core/queue-calls.ts";
import type { PlayerRating } from "../core/rating/player-rating.ts";
import type { Result } from "../core/result.ts";
import type { Constraints, Ticket } from "../core/ticket.ts";

/**
 * What the Worker and the consumer may ask of a region. Refusals are data, never exceptions. A deploy mixes versions,
 * so new fields are optional and nothing that the release before sends or expects is taken away.
 */
export interface RegionRpc {
  enqueue(call: EnqueueCall): Promise<Result<TicketReceipt, EnqueueCallRefusal>>;
  stateOf(playerId: string): Promise<PlayerState>;
  cancel(playerId: string): Promise<Result<TicketReceipt, CancelRefusal>>;
  match(matchId: string): Promise<Match | null>;
  report(matchId: string, report: Report): Promise<Result<Match, ReportRefusal>>;
  /** From the consumer: these results are in D1. Safe to repeat. */
  rated(outcomes: readonly RatedOutcome[]): Promise<void>;
  /** From the consumer: these results cannot be rated. Safe to repeat. */
  ratingFailed(failures: readonly RatingFailure[]): Promise<void>;
  failedMatches(): Promise<readonly Match[]>;
  redrive(matchId: string): Promise<Result<Match, RedriveRefusal>>;
  /** From the watchdog: makes sure that a region with work has an alarm. */
  wake(): Promise<void>;
}

/** What the caller needs to know of a ticket; every field more is copied between objects on each call. */
export type TicketReceipt = Pick<Ticket, "ticketId" | "mode" | "enqueuedAtMs">;

export interface EnqueueCall {
  readonly playerId: string;
  /** Absent: the default mode, or the one the player already waits in. */
  readonly mode?: string;
  readonly constraints: Constraints;
  readonly isSystem: boolean;
  readonly release: boolean;
}

export type EnqueueCallRefusal =
  | EnqueueRefusal
  | { readonly reason: "unknown_player" }
  | { readonly reason: "unknown_mode" }
  /** The player's home is another region; the caller follows. */
  | { readonly reason: "elsewhere"; readonly region: string }
  /** D1 did not answer and the player's rating is not in memory. */
  | { readonly reason: "profile_unavailable" };

export interface RatedOutcome {
  readonly matchId: string;
  readonly mode: string;
  readonly ratings: readonly PlayerRating[];
}

export interface RatingFailure {
  readonly matchId: string;
  /** A short reason in `snake_case`, shown to the operator. */
  readonly reason: string;
}
