import type { StoredTeam } from "../../src/db/match-row.ts";

/** A row of D1's `matches`. */
export interface MatchFact {
  readonly matchId: string;
  readonly mode: string;
  readonly status: string;
  readonly rated: number;
  readonly teams: readonly StoredTeam[];
  readonly placements: Readonly<Record<string, number>> | null;
  readonly createdAtMs: number;
  readonly reportedAtMs: number | null;
}

export interface RatingValue {
  readonly mu: number;
  readonly sigma: number;
}

/** A row of `rating_changes`. */
export interface ChangeFact {
  readonly playerId: string;
  readonly mode: string;
  readonly seq: number;
  readonly matchId: string | null;
  readonly before: RatingValue;
  readonly after: RatingValue;
}

/** A row of `ratings`. */
export interface RatingFact extends RatingValue {
  readonly playerId: string;
  readonly mode: string;
  readonly matches: number;
  readonly seq: number;
}

/** What is on disk when all is over: D1, and what the regions still hold. */
export interface Records {
  readonly players: readonly { readonly playerId: string; readonly username: string }[];
  readonly matches: readonly MatchFact[];
  readonly changes: readonly ChangeFact[];
  readonly ratings: readonly RatingFact[];
  /** Players on tickets in the regions' own tables, once for each ticket. */
  readonly waiting: readonly string[];
  /** Matches in the regions' own tables that are neither over nor forgotten. */
  readonly liveMatchIds: readonly string[];
}
