import type { Connection } from "./connection.ts";
import type { Match, MatchStatus } from "./match.ts";
import type { Ticket } from "./ticket.ts";

/** A match that has no game server yet, in a mode whose players wait for one. */
export interface Awaiting {
  readonly type: "awaiting";
  /** What the match was made of: back in line it goes if no server comes. */
  readonly tickets: readonly Ticket[];
  /** Until when a server may come. */
  readonly deadlineMs: number;
}

/** What a match has of a game server. */
export type Assignment = Awaiting | { readonly type: "assigned"; readonly connection: Connection };

/** Why a match does not take a game server. */
export type AssignRefusal =
  | { readonly reason: "unknown_match" }
  | { readonly reason: "not_assignable"; readonly status: MatchStatus }
  /** It has another one. */
  | { readonly reason: "already_assigned" };

/**
 * Null: the match waits for no server. The release before may have ended a match while a deploy was under way, and does
 * not know that this ends its wait.
 */
export function awaitingOf({ status, assignment }: Match): Awaiting | null {
  return status === "pending" && assignment?.type === "awaiting" ? assignment : null;
}

/** Null: the match has no server, or none that anybody told of. */
export function connectionOf({ assignment }: Match): Connection | null {
  return assignment?.type === "assigned" ? assignment.connection : null;
}

/** The match without what only its players and its region may know. */
export function withoutAssignment({ assignment: _, ...match }: Match): Match {
  return match;
}
