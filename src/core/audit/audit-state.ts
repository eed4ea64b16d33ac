import type { Chain } from "./audit-changes.ts";
import type { AuditCheck, UnverifiableCounts, Verdict } from "./finding.ts";
import { addUnverifiable } from "./finding.ts";
import type { Standing } from "./standing.ts";
import { settle } from "./standing.ts";

/**
 * The ways in which the audit goes through the database, side by side.
 *
 * - `matches`: all matches, the oldest first
 * - `recent`: the same, but only those of the last hours, so that what a new release does wrong shows soon
 * - `changes`: all changes of ratings, player by player
 */
export const WALKS = ["matches", "recent", "changes"] as const;
export type WalkName = (typeof WALKS)[number];

/** Where a walk stands: after the record with this key. */
export interface Cursor {
  readonly key: readonly (string | number)[];
  /** Of changes: the chain that goes on; absent: none does. */
  readonly chain?: Chain;
}

/** One way from the first record to the last. */
export interface Pass {
  readonly startedMs: number;
  readonly cursor: Cursor;
  /** Records that were looked at. */
  readonly audited: number;
  readonly unverifiable: UnverifiableCounts;
}

export interface CompletedPass extends Omit<Pass, "cursor"> {
  readonly endedMs: number;
}

export interface Walk {
  /** Null: the next run begins one. */
  readonly pass: Pass | null;
  /** The last one that came to its end; null: none did. */
  readonly completed: CompletedPass | null;
  /** When it came forward last. */
  readonly progressMs: number;
}

/** All that the audit keeps from run to run. */
export interface AuditState {
  readonly version: 1;
  readonly walks: Readonly<Record<WalkName, Walk>>;
  readonly standing: Standing;
}

export function newAuditState(nowMs: number): AuditState {
  const walk: Walk = { pass: null, completed: null, progressMs: nowMs };
  return { version: 1, walks: { matches: walk, recent: walk, changes: walk }, standing: {} };
}

/** What came out of one page. */
export interface PageOutcome extends Verdict {
  readonly audited: number;
  /** Where to go on; null: this was the last page. */
  readonly next: Cursor | null;
}

/**
 * The state after a page, whose findings are noted already. The end of a pass settles what it would have found.
 *
 * @param checks those that a whole pass of this walk makes of everything; none if it does not look at everything
 */
export function afterPage(
  state: AuditState,
  name: WalkName,
  pass: Pass,
  { audited, unverifiable, next }: PageOutcome,
  checks: readonly AuditCheck[],
  nowMs: number,
): AuditState {
  const counted = {
    startedMs: pass.startedMs,
    audited: pass.audited + audited,
    unverifiable: addUnverifiable(pass.unverifiable, unverifiable),
  };
  const walk: Walk =
    next === null
      ? { pass: null, completed: { ...counted, endedMs: nowMs }, progressMs: nowMs }
      : { pass: { ...counted, cursor: next }, completed: state.walks[name].completed, progressMs: nowMs };
  return {
    ...state,
    walks: { ...state.walks, [name]: walk },
    standing: next === null ? settle(state.standing, checks, pass.startedMs) : state.standing,
  };
}

/** What could not be verified, by the last whole pass of each walk that looks at everything; or by the first so far. */
export function unverifiableOf({ walks: { matches, changes } }: AuditState): UnverifiableCounts {
  const of = ({ completed, pass }: Walk) => (completed ?? pass)?.unverifiable ?? {};
  return addUnverifiable(of(matches), of(changes));
}
