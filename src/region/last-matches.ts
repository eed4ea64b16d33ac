import type { Change } from "../core/changes.ts";
import { LIMITS } from "../core/limits.ts";
import type { LastMatch } from "../db/last-matches.ts";
import type { Log } from "../log.ts";
import { finishedRecord } from "./finished-record.ts";
import { GatheredReads } from "./gathered-reads.ts";

/** So long a player who connects is shown how the last match went. */
export const SHOWN_FOR_MS = 3_600_000;

export interface LastMatchesSettings {
  readonly region: string;
  readonly log: Log;
  readonly now: () => number;
  /** From D1: each player's matches that were rated after a time. */
  readonly read: (playerIds: readonly string[], sinceMs: number) => Promise<readonly LastMatch[]>;
}

/**
 * Each player's last rated match, so that somebody who was away when it was rated hears of it on the next connect.
 *
 * 1. A region lets go of a match when it is rated; what it saw rated since it woke is kept in memory, oldest out first.
 * 2. While that memory does not reach an hour back, D1 is asked as well: it had the result before the region heard of
 *    it.
 * 3. D1 does not answer, or too many wait for its answer: the player sees what memory has, and the match is in the history.
 * 4. D1 finds a player's matches by what they did to the rating. A match that a player came into while it was running
 *    did nothing to it, so only memory has it.
 */
export class LastMatches {
  readonly #settings: LastMatchesSettings;
  readonly #fromD1: GatheredReads<LastMatch>;
  /** In the order in which they were rated. */
  readonly #seen = new Map<string, LastMatch>();
  /** From then on memory is complete. */
  #reachesBackToMs: number;

  constructor(settings: LastMatchesSettings) {
    this.#settings = settings;
    this.#reachesBackToMs = settings.now();
    this.#fromD1 = new GatheredReads((playerIds) => this.#read(playerIds), LIMITS.lastMatchesPerRead);
  }

  committed(changes: readonly Change[]): void {
    for (const change of changes) if (change.type === "match_finished") this.#finished(change);
  }

  /** Null: none of the past hour, as far as can be found out now. */
  async find(playerId: string): Promise<LastMatch | null> {
    const { now, log } = this.#settings;
    if (this.#reachesBackToMs <= now() - SHOWN_FOR_MS) return this.#remembered(playerId);
    if (this.#fromD1.waitingCount >= LIMITS.playersBeingRead) return this.#remembered(playerId);
    try {
      const stored = await this.#fromD1.find(playerId);
      // Only now: while D1 was asked, another match may have been rated.
      return newest([this.#remembered(playerId), stored]);
    } catch (error) {
      log.error("last_match_read_failed", error, { player_id: playerId });
      return this.#remembered(playerId);
    }
  }

  #finished({ match, ratings, playerIds }: Extract<Change, { type: "match_finished" }>): void {
    const record = finishedRecord(match, ratings, this.#settings.region);
    const ratingOf = new Map(ratings.map(({ playerId, mu, sigma }) => [playerId, { mu, sigma }]));
    for (const playerId of new Set([...ratingOf.keys(), ...playerIds])) {
      this.#seen.delete(playerId);
      this.#seen.set(playerId, { playerId, match: record, rating: ratingOf.get(playerId) ?? null });
    }
    const oldestShownMs = this.#settings.now() - SHOWN_FOR_MS;
    for (const [playerId, last] of this.#seen) {
      const ratedAtMs = ratedAtMsOf(last);
      const isOver = ratedAtMs <= oldestShownMs;
      if (!isOver && this.#seen.size <= LIMITS.lastMatches) break;
      this.#seen.delete(playerId);
      this.#reachesBackToMs = Math.max(this.#reachesBackToMs, isOver ? 0 : ratedAtMs + 1);
    }
  }

  #remembered(playerId: string): LastMatch | null {
    const last = this.#seen.get(playerId);
    return last !== undefined && ratedAtMsOf(last) > this.#settings.now() - SHOWN_FOR_MS ? last : null;
  }

  async #read(playerIds: readonly string[]): Promise<ReadonlyMap<string, LastMatch>> {
    const { read, now } = this.#settings;
    const found = new Map<string, LastMatch>();
    for (const last of await read(playerIds, now() - SHOWN_FOR_MS)) {
      const known = found.get(last.playerId) ?? null;
      found.set(last.playerId, newest([known, last]) ?? last);
    }
    return found;
  }
}

function newest(candidates: readonly (LastMatch | null)[]): LastMatch | null {
  let newestYet: LastMatch | null = null;
  for (const one of candidates) {
    if (one !== null && (newestYet === null || ratedAtMsOf(one) > ratedAtMsOf(newestYet))) newestYet = one;
  }
  return newestYet;
}

function ratedAtMsOf({ match }: LastMatch): number {
  return match.finishedAtMs ?? 0;
}
