/**
 * What the audit of matches looks at.
 *
 * - `match_incomplete`: rated and finished go together; a rated match has a place for every team, nobody twice, and the
 *   ratings before and after of everybody who started it
 * - `change_missing`: everybody who started a rated match has the change of rating that the match tells of
 * - `change_differs`: that change is this match's, and goes from where to where the match says
 * - `rating_differs`: the stored result, rated again, leads to the stored ratings
 */
export const MATCH_CHECKS = ["match_incomplete", "change_missing", "change_differs", "rating_differs"] as const;

/**
 * What the audit of rating changes looks at.
 *
 * - `change_unfounded`: a match's change is told of by a rated match, which the player started, and by no other change
 * - `chain_gap`: a player's changes in a mode have the numbers 1, 2, 3 …
 * - `chain_broken`: each goes on from where the one before ended
 * - `rating_stale`: the player's rating is where the last one ended
 * - `rating_miscounted`: the rating counts as many matches and wins as there are
 */
export const CHANGE_CHECKS = [
  "change_unfounded",
  "chain_gap",
  "chain_broken",
  "rating_stale",
  "rating_miscounted",
] as const;

export const AUDIT_CHECKS = [...MATCH_CHECKS, ...CHANGE_CHECKS] as const;
export type AuditCheck = (typeof AUDIT_CHECKS)[number];

/** Something that must never be. */
export interface Finding {
  readonly check: AuditCheck;
  /** What it is about, the same whenever it is found again: ids, parted by spaces. */
  readonly subject: string;
  /** What is wrong, in a sentence. */
  readonly detail: string;
}

/**
 * Why nobody can say whether a rating is right.
 *
 * - `environment_unknown`: rated by a release that did not keep what it rated by, and not as its mode rates now
 * - `other_rater`: rated by a rater that is not here any more
 * - `start_unknown`: a first change that starts from no initial rating that is known; so does that of a player who
 *   registered before the mode's initial rating was changed
 */
export const UNVERIFIABLE = ["environment_unknown", "other_rater", "start_unknown"] as const;
export type Unverifiable = (typeof UNVERIFIABLE)[number];

/** How often, by reason; absent: never. */
export type UnverifiableCounts = Readonly<Partial<Record<Unverifiable, number>>>;

export function addUnverifiable(one: UnverifiableCounts, other: UnverifiableCounts): UnverifiableCounts {
  const sum: Partial<Record<Unverifiable, number>> = { ...one };
  for (const reason of UNVERIFIABLE) {
    const count = other[reason];
    if (count !== undefined) sum[reason] = (sum[reason] ?? 0) + count;
  }
  return sum;
}

/** What came out of looking at some records. */
export interface Verdict {
  readonly findings: readonly Finding[];
  readonly unverifiable: UnverifiableCounts;
}
