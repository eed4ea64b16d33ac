/** Why an answer to a ready check does not count. */
export type AnswerRefusal =
  /** No open ready check of this match asks this player. */
  | { readonly reason: "unknown_ready_check" }
  /** They were asked again since; `round`: the one that can be answered. */
  | { readonly reason: "stale_round"; readonly round: number }
  /** Declined too late: everybody had accepted, and the match is on. */
  | { readonly reason: "in_match"; readonly matchId: string };

/** An answer as it comes in. */
export interface Answer {
  readonly playerId: string;
  readonly matchId: string;
  readonly round: number;
}

/** An open ready check as one of its players sees it. */
export interface ReadyCheckView {
  readonly matchId: string;
  readonly mode: string;
  readonly round: number;
  readonly deadlineMs: number;
  /** What not accepting would cost the player. */
  readonly coolDownS: number;
  readonly hasAccepted: boolean;
  /** A place is empty, and until then others are looked for; null: none is. */
  readonly repairUntilMs: number | null;
}
