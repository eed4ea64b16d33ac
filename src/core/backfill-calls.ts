import type { Attributes } from "./attribute.ts";
import type { Backfill } from "./backfill.ts";
import type { Match, MatchStatus } from "./match.ts";
import type { RegionClosed } from "./queue-calls.ts";
import type { TicketProblem } from "./ticket-problems.ts";

/** What a running match asks for. At least one of `places` and `replaces`. */
export interface BackfillAsk {
  /** The open places by team, besides those of `replaces`. Absent: those that are asked for already. */
  readonly places?: Readonly<Record<string, number>>;
  /** Players who left: they are released, and their places are open. */
  readonly replaces?: readonly string[];
  /** What the game is played by, where the match's terms leave a choice. */
  readonly attributes?: Attributes;
  /** Where it runs, where they leave a choice. */
  readonly locations?: readonly string[];
}

export type BackfillRefusal =
  | { readonly reason: "unknown_match" }
  | RegionClosed
  | { readonly reason: "too_many_backfills" }
  /** Not running, or by rules that are gone. */
  | { readonly reason: "not_fillable"; readonly status: MatchStatus }
  | { readonly reason: "unknown_team"; readonly team: string; readonly teams: readonly string[] }
  | { readonly reason: "invalid_backfill"; readonly problems: readonly TicketProblem[] };

export type CancelBackfillRefusal = { readonly reason: "not_queued" };

/** Where a match stands with its backfill. */
export interface BackfillStanding {
  readonly match: Match;
  /** Null: it asks for nobody. */
  readonly backfill: Backfill | null;
}
