import type { AssignRefusal } from "../core/assignment.ts";
import type { Backfill } from "../core/backfill.ts";
import type { BackfillAsk, BackfillRefusal, BackfillStanding, CancelBackfillRefusal } from "../core/backfill-calls.ts";
import type { Connection } from "../core/connection.ts";
import type { CoolDown } from "../core/cool-downs.ts";
import type { Overloaded } from "../core/load-shedder.ts";
import type { Match, Report } from "../core/match.ts";
import type { Explanation } from "../core/matching/explain.ts";
import type { WaitInterval } from "../core/matching/recent-waits.ts";
import type { Party, PartyMember } from "../core/party.ts";
import type { CreatePartyRefusal, DisbandPartyRefusal, JoinPartyRefusal, UnknownParty } from "../core/party-calls.ts";
import type {
  AskedLease,
  CancelRefusal,
  EnqueueRefusal,
  PartyEnqueueRefusal,
  PlayerState,
  Redriven,
  RedriveRefusal,
  ReportRefusal,
} from "../core/queue-calls.ts";
import type { PlayerRating } from "../core/rating/player-rating.ts";
import type { Answer, AnswerRefusal, ReadyCheckView } from "../core/ready-check-calls.ts";
import type { Result } from "../core/result.ts";
import type { Revocation } from "../core/revocations.ts";
import type { AskedConstraints, Ticket } from "../core/ticket.ts";

/**
 * What the Worker and the consumer may ask of a region. Refusals are data, never exceptions. A deploy mixes versions,
 * so new fields are optional and nothing that the release before sends or expects is taken away.
 */
export interface RegionRpc {
  /** A player alone, or the leader of a party of players with all of it. */
  enqueue(call: EnqueueCall): Promise<Result<TicketReceipt, EnqueueCallRefusal>>;
  /** Players whom the system puts together. Not a field of `enqueue`: an old region would queue the first one alone. */
  enqueueParty(call: EnqueuePartyCall): Promise<Result<TicketReceipt, EnqueueCallRefusal>>;
  createParty(member: PartyMember): Promise<Result<Party, CreateCallRefusal>>;
  joinParty(code: string, member: PartyMember): Promise<Result<Party, JoinPartyRefusal | ProfileRefusal>>;
  leaveParty(code: string, playerId: string): Promise<Result<Party | null, UnknownParty>>;
  /** @param playerId who wishes it; null: the system */
  disbandParty(code: string, playerId: string | null): Promise<Result<Party, DisbandPartyRefusal>>;
  /** Null if there is none, or none any more. */
  party(code: string): Promise<Party | null>;
  /**
   * Also a sign of life.
   *
   * @param isSystem the system asks, which counts for less: see `Leases`; absent: the player
   */
  stateOf(playerId: string, isSystem?: boolean): Promise<Standing>;
  /** @param isSystem the system takes them out; absent: it was their own wish. */
  cancel(playerId: string, isSystem?: boolean): Promise<Result<TicketReceipt, CancelRefusal>>;
  accept(answer: Answer): Promise<Result<null, AnswerRefusal>>;
  /** @returns what it costs the player; null: nothing */
  decline(answer: Answer): Promise<Result<CoolDown | null, AnswerRefusal>>;
  match(matchId: string): Promise<Match | null>;
  /** A running match asks for players; see `Backfills.ask`. Safe to repeat. */
  askBackfill(matchId: string, ask: BackfillAsk): Promise<Result<Backfill, BackfillRefusal>>;
  cancelBackfill(matchId: string): Promise<Result<Backfill, CancelBackfillRefusal>>;
  /** Null: no live match of this id. */
  backfillOf(matchId: string): Promise<BackfillStanding | null>;
  report(matchId: string, report: Report): Promise<Result<Match, ReportRefusal>>;
  /** A game server claims the match. Safe to repeat. */
  assign(matchId: string, connection: Connection): Promise<Result<null, AssignRefusal>>;
  /** From the consumer: these results are in D1. Safe to repeat. */
  rated(outcomes: readonly RatedOutcome[]): Promise<void>;
  /** From the consumer: these results cannot be rated. Safe to repeat. */
  ratingFailed(failures: readonly RatingFailure[]): Promise<void>;
  failedMatches(): Promise<readonly Match[]>;
  redrive(matchId: string): Promise<Result<Match, RedriveRefusal>>;
  /**
   * Up to `LIMITS.redrivenPerCall` of them, the oldest first.
   *
   * @param failure only those that failed for this reason; null: all
   */
  redriveAll(failure: string | null): Promise<Redriven>;
  /** How it stands with a player who was shut out or let in again; see `Revocations`. Safe to repeat. */
  revoke(revocation: Revocation): Promise<void>;
  /** From the watchdog: makes sure that a region with work has an alarm. */
  wake(): Promise<void>;
}

/** What holds a player and, while they wait, how long and why. A region of the release before says only the first. */
export type Standing = PlayerState & {
  /** Null: too few were matched so far. */
  readonly estimatedWait?: WaitInterval | null;
  readonly explanation?: Explanation | null;
  /** What a player who counts as queued is asked. */
  readonly readyCheck?: ReadyCheckView | null;
  /** How a player in a match gets to its game server; null: none is known so far. */
  readonly connection?: Connection | null;
  /** What keeps the player from queueing. */
  readonly coolDown?: CoolDown | null;
};

/** What the caller needs to know of a ticket; every field more is copied between objects on each call. */
export type TicketReceipt = Pick<Ticket, "ticketId" | "mode" | "enqueuedAtMs">;

export interface EnqueueCall {
  readonly playerId: string;
  /** Absent: the default mode, or the one the player already waits in. */
  readonly mode?: string;
  readonly constraints: AskedConstraints;
  readonly isSystem: boolean;
  readonly release: boolean;
  /** Absent: the place is kept until it is given up. A region of the release before keeps every place so. */
  readonly lease?: AskedLease;
}

export interface EnqueuePartyCall {
  /** The one in whose region they queue comes first. */
  readonly playerIds: readonly string[];
  readonly mode?: string;
  readonly constraints: AskedConstraints;
  /** As in `EnqueueCall`. */
  readonly lease?: AskedLease;
}

/** Why players cannot be taken in here, from what D1 says of them. */
export type ProfileRefusal =
  /** `playerIds`: which of several. */
  | { readonly reason: "unknown_player"; readonly playerIds?: readonly string[] }
  /** The player's home is another region; the caller follows. */
  | { readonly reason: "elsewhere"; readonly region: string }
  /** Those who came with the player belong to other regions. */
  | { readonly reason: "party_in_other_region"; readonly playerIds: readonly string[] }
  /** D1 did not answer and a player's rating is not in memory. */
  | { readonly reason: "profile_unavailable" };

export type CreateCallRefusal = CreatePartyRefusal | ProfileRefusal | Overloaded;

export type EnqueueCallRefusal =
  | Overloaded
  | EnqueueRefusal
  | PartyEnqueueRefusal
  | ProfileRefusal
  | { readonly reason: "unknown_mode" };

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
