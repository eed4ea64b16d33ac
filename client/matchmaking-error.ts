import type { Problem } from "./wire-types.ts";

/** Reasons that the client itself gives; all others are the service's: the end of a problem's `type`. */
export type ClientReason =
  /** `close()` was called. */
  | "closed"
  /** No answer in time. Whether the call was served is not known; the next `state`, or asking again, tells. */
  | "timeout"
  /** No connection. */
  | "unreachable"
  /** An answer that this client cannot read: probably something else answers at this address. */
  | "unreadable_answer"
  /** The token has expired, and there is no function to ask for a fresh one. */
  | "token_expired"
  /** The player moved to another region, and there is no function to ask for a fresh token. */
  | "moved"
  /** The player opened more sockets than one player may have, and this one was the oldest. */
  | "replaced"
  /** The reader of `messages()` was too slow; read `state`, and iterate anew. */
  | "fell_behind";

export interface ErrorTerms {
  readonly reason: ClientReason | (string & {});
  readonly title: string;
  readonly detail: string;
  /** HTTP's; 0: the service said nothing. */
  readonly status?: number;
  readonly retryAfterS?: number | undefined;
  /** The request's id, for the service's operator. */
  readonly requestId?: string | undefined;
  readonly problem?: ProblemExtras;
  readonly cause?: unknown;
}

type ProblemExtras = Partial<Omit<Problem, "type" | "title" | "status" | "detail" | "instance">>;

/** Why a call was not served, or why the connection is over. `reason` is for programs, `detail` for people. */
export class MatchmakingError extends Error {
  override readonly name = "MatchmakingError";
  readonly reason: ClientReason | (string & {});
  /** HTTP's, also over the socket; 0: the service said nothing. */
  readonly status: number;
  readonly title: string;
  readonly detail: string;
  /** Seconds after which the same call may work. */
  readonly retryAfterS: number | undefined;
  readonly requestId: string | undefined;
  /** With bad input: everything that is wrong, by JSON pointer. */
  readonly errors: Problem["errors"];
  /** With `in_match`: the match that holds the player. */
  readonly matchId: string | undefined;
  readonly matchStatus: string | undefined;
  /** With problems of several players: who is meant. */
  readonly playerIds: readonly string[] | undefined;
  /** With `in_party`: the party that the player is in. */
  readonly partyCode: string | undefined;
  /** With `queued_in_other_mode`: the mode that the player waits in. */
  readonly mode: string | undefined;
  /** With `stale_round`: the round that can be answered. */
  readonly round: number | undefined;
  /** With `cooling_down`: when the last of `playerIds` may queue again. */
  readonly until: string | undefined;
  /** With `already_reported`: the result that stands. */
  readonly placements: Problem["placements"];

  constructor({ reason, title, detail, status = 0, retryAfterS, requestId, problem = {}, cause }: ErrorTerms) {
    super(`${title}: ${detail}`, { cause });
    this.reason = reason;
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.retryAfterS = retryAfterS;
    this.requestId = requestId;
    this.errors = problem.errors;
    this.matchId = problem.match_id;
    this.matchStatus = problem.match_status;
    this.playerIds = problem.player_ids;
    this.partyCode = problem.party_code;
    this.mode = problem.mode;
    this.round = problem.round;
    this.until = problem.until;
    this.placements = problem.placements;
  }
}
