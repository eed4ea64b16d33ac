import { assert } from "./assert.ts";
import { awaitingOf } from "./assignment.ts";
import type { Match, MatchStatus } from "./match.ts";
import { inMatchSinceMs, unreleasedPlayerIds } from "./match.ts";

const ENDED_UNRATED: readonly MatchStatus[] = ["reporting", "rating_failed", "abandoned", "cancelled"];

export type MatchUpdate = Partial<
  Pick<Match, "status" | "result" | "failure" | "teams" | "terms" | "limits" | "deadlineMs" | "assignment">
>;

/** The matches that the region still answers for, with the next revision and the next deadline. */
export class LiveMatches {
  readonly #byId = new Map<string, Match>();
  readonly #countOf = new Map<MatchStatus, number>();
  #highestRev: number;
  /** No match has an earlier deadline. May be too early after a match ended: the wake is then for nothing. */
  #earliestDeadlineMs = Number.POSITIVE_INFINITY;

  constructor(matches: readonly Match[], highestRev: number) {
    this.#highestRev = highestRev;
    for (const match of matches) {
      this.#highestRev = Math.max(this.#highestRev, match.rev);
      this.put(match);
    }
  }

  get highestRev(): number {
    return this.#highestRev;
  }

  /** Infinity when no match has one. */
  get earliestDeadlineMs(): number {
    return this.#earliestDeadlineMs;
  }

  nextRev(): number {
    this.#highestRev += 1;
    return this.#highestRev;
  }

  find(matchId: string): Match | undefined {
    return this.#byId.get(matchId);
  }

  /** A match that must be there: something else refers to it. */
  get(matchId: string): Match {
    const match = this.#byId.get(matchId);
    assert(match !== undefined, `match ${matchId} is live`);
    return match;
  }

  put(match: Match): void {
    this.#count(this.#byId.get(match.matchId), -1);
    this.#byId.set(match.matchId, match);
    this.#count(match, 1);
    this.#earliestDeadlineMs = Math.min(this.#earliestDeadlineMs, deadlineOf(match));
  }

  /** The match with an update and a new revision, stored. */
  update(match: Match, update: MatchUpdate, nowMs: number): Match {
    const updated: Match = { ...match, ...update, rev: this.nextRev(), changedAtMs: nowMs };
    this.put(updated);
    return updated;
  }

  remove(matchId: string): void {
    this.#count(this.#byId.get(matchId), -1);
    this.#byId.delete(matchId);
  }

  countOf(status: MatchStatus): number {
    return this.#countOf.get(status) ?? 0;
  }

  /** Matches past their deadline. Afterwards `earliestDeadlineMs` is exact again for those that remain. */
  due(nowMs: number): Match[] {
    if (nowMs < this.#earliestDeadlineMs) return [];
    const due: Match[] = [];
    this.#earliestDeadlineMs = Number.POSITIVE_INFINITY;
    for (const match of this.#byId.values()) {
      const deadlineMs = deadlineOf(match);
      if (deadlineMs <= nowMs) due.push(match);
      else this.#earliestDeadlineMs = Math.min(this.#earliestDeadlineMs, deadlineMs);
    }
    return due;
  }

  withStatus(status: MatchStatus): Match[] {
    return [...this.#byId.values()].filter((match) => match.status === status);
  }

  /**
   * The match that a player came into last, of those that ended here without being rated so far: its result is on its
   * way or has failed, none came, or no server was found. One look at each match: everybody who connects asks this.
   */
  newestUnrated(playerId: string, sinceMs: number): Match | null {
    let newest: Match | null = null;
    for (const match of this.#byId.values()) {
      if (!ENDED_UNRATED.includes(match.status) || match.changedAtMs <= sinceMs) continue;
      if (!unreleasedPlayerIds(match).includes(playerId)) continue;
      if (newest === null || cameLater(playerId, match, newest)) newest = match;
    }
    return newest;
  }

  changedAfter(rev: number): Match[] {
    return [...this.#byId.values()].filter((match) => match.rev > rev);
  }

  #count(match: Match | undefined, change: 1 | -1): void {
    if (match !== undefined) this.#countOf.set(match.status, this.countOf(match.status) + change);
  }
}

/** Whether a player came into this match later than into the other; at the same time ids, which sort by time, decide. */
function cameLater(playerId: string, match: Match, other: Match): boolean {
  const laterMs = inMatchSinceMs(match, playerId) - inMatchSinceMs(other, playerId);
  return laterMs > 0 || (laterMs === 0 && match.matchId > other.matchId);
}

/** Matches that are on, and those that are kept for a day. */
function deadlineOf(match: Match): number {
  switch (match.status) {
    case "pending":
      return Math.min(match.deadlineMs, awaitingOf(match)?.deadlineMs ?? Number.POSITIVE_INFINITY);
    case "abandoned":
    case "cancelled":
      return match.deadlineMs;
    default:
      return Number.POSITIVE_INFINITY;
  }
}
