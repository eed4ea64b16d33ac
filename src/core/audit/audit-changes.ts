import type { ModeTable } from "../mode.ts";
import type { Rating } from "../rating/player-rating.ts";
import { conservativeRating } from "../rating/player-rating.ts";
import type { AuditCheck, Finding, Verdict } from "./finding.ts";
import type { AuditedChange, StoredRating } from "./stored-records.ts";
import { isSameNumber, isSameRating } from "./stored-records.ts";

/** A player's changes in a mode, as far as they were read. */
export interface Chain {
  readonly playerId: string;
  readonly mode: string;
  /** Of the last one. */
  readonly seq: number;
  readonly after: Rating;
  readonly matches: number;
  readonly wins: number;
}

/** Some changes in the order of their key, and the ratings at the same instant. */
export interface ChangePage {
  readonly changes: readonly AuditedChange[];
  /** No change comes after these. */
  readonly isLast: boolean;
  readonly ratingOf: (playerId: string, mode: string) => StoredRating | undefined;
}

/**
 * Whether each player's changes in a mode are a chain from an initial rating to the rating that they have.
 *
 * 1. Changes come in the order of player, mode and number, so each either goes on with the chain before or begins another.
 * 2. A chain is over when another one begins, or when there are no more changes: only then is the rating compared with it.
 *    Both were read at one instant, so a result that is rated meanwhile is in both or in neither. A chain that goes on
 *    beyond the page is carried over to the next.
 * 3. A first change starts from the initial rating: that of the match's own numbers, or of the mode now. Any other is counted
 *    as unverifiable.
 *
 * @param carried the chain that the page before ended in; null: none
 */
export function auditChanges(
  { changes, isLast, ratingOf }: ChangePage,
  carried: Chain | null,
  modes: Pick<ModeTable, "byName">,
): Verdict & { readonly carried: Chain | null } {
  const findings: Finding[] = [];
  let startsUnknown = 0;
  let chain = carried;
  const end = (ended: Chain) => findings.push(...auditEnd(ended, ratingOf(ended.playerId, ended.mode)));
  for (const change of changes) {
    if (chain !== null && !isIn(change, chain)) {
      end(chain);
      chain = null;
    }
    findings.push(...auditLink(change, chain));
    if (chain === null && change.seq === 1 && !startsFromInitial(change, modes)) startsUnknown += 1;
    chain = linked(change, chain);
  }
  if (isLast && chain !== null) end(chain);
  return {
    findings,
    unverifiable: startsUnknown > 0 ? { start_unknown: startsUnknown } : {},
    carried: isLast ? null : chain,
  };
}

function isIn({ playerId, mode }: AuditedChange, chain: Chain): boolean {
  return playerId === chain.playerId && mode === chain.mode;
}

function linked(change: AuditedChange, chain: Chain | null): Chain {
  const { playerId, mode, seq, kind, after, inMatch } = change;
  const hasWon = kind === "match" && inMatch?.hasWon === true;
  return {
    playerId,
    mode,
    seq,
    after,
    matches: (chain?.matches ?? 0) + (kind === "match" ? 1 : 0),
    wins: (chain?.wins ?? 0) + (hasWon ? 1 : 0),
  };
}

function auditLink(change: AuditedChange, chain: Chain | null): Finding[] {
  const { playerId, mode, seq, kind, matchId, before, inMatch } = change;
  const findings: Finding[] = [];
  const find = (check: AuditCheck, detail: string) =>
    findings.push({ check, subject: `${playerId} ${mode} ${seq}`, detail });
  if (kind === "match" && (inMatch?.seq !== seq || inMatch.mode !== mode))
    find("change_unfounded", `match ${matchId} tells of no such change`);
  const expected = (chain?.seq ?? 0) + 1;
  if (seq !== expected) find("chain_gap", `change ${seq} comes in place of ${expected}`);
  else if (chain !== null && !isSameRating(chain.after, before))
    find("chain_broken", `change ${seq} does not start where the one before ended`);
  return findings;
}

function auditEnd(chain: Chain, rating: StoredRating | undefined): Finding[] {
  const { playerId, mode, seq, after, matches, wins } = chain;
  const find = (check: AuditCheck, detail: string): Finding[] => [{ check, subject: `${playerId} ${mode}`, detail }];
  if (rating === undefined) return find("rating_stale", `there is no rating after change ${seq}`);
  if (rating.seq !== seq) return find("rating_stale", `the rating is of change ${rating.seq} and not ${seq}`);
  if (!isSameRating(rating, after) || !isSameNumber(rating.conservative, conservativeRating(after)))
    return find("rating_stale", `the rating is not where change ${seq} ended`);
  if (rating.matches !== matches || rating.wins !== wins)
    return find(
      "rating_miscounted",
      `it counts ${rating.matches} matches and ${rating.wins} wins, not ${matches} and ${wins}`,
    );
  return [];
}

function startsFromInitial({ mode, before, inMatch }: AuditedChange, modes: Pick<ModeTable, "byName">): boolean {
  const known = [inMatch?.initial, modes.byName.get(mode)?.rating];
  return known.some((initial) => initial !== undefined && initial !== null && isSameRating(initial, before));
}
