import { backoffMs } from "../core/backoff.ts";
import { LIMITS } from "../core/limits.ts";
import type { Match } from "../core/match.ts";
import type { MatchRecord } from "../db/match-row.ts";
import { recordOf } from "../db/match-row.ts";

interface Unexported {
  readonly match: Match;
  readonly sinceMs: number;
}

export interface ExportOutcome {
  readonly lagsMs: readonly number[];
  /** Null when D1 took it. */
  readonly error: unknown;
}

/**
 * Matches that D1 does not know in their present form yet.
 *
 * 1. Every change of a match is noted after its commit.
 * 2. One export runs at a time and takes chunks, oldest first, each in one statement.
 * 3. A match that changed while its chunk was under way stays noted and is exported again.
 * 4. After a failure the next attempt waits, 1 s to 60 s; matching never waits for it.
 *
 * Nothing is stored per match: the revision up to which everything is exported rides on a tick's commit, and on waking
 * every later match is noted again. Exporting twice is harmless (the revision decides).
 */
export class Exporter {
  readonly #region: string;
  readonly #write: (records: readonly MatchRecord[]) => Promise<void>;
  readonly #unexported = new Map<string, Unexported>();
  #failures = 0;
  #nextAttemptMs = 0;

  constructor(region: string, write: (records: readonly MatchRecord[]) => Promise<void>) {
    this.#region = region;
    this.#write = write;
  }

  note(match: Match, nowMs: number): void {
    const sinceMs = this.#unexported.get(match.matchId)?.sinceMs ?? nowMs;
    this.#unexported.set(match.matchId, { match, sinceMs });
  }

  /** The consumer wrote the final row. */
  forget(matchId: string): void {
    this.#unexported.delete(matchId);
  }

  get backlog(): number {
    return this.#unexported.size;
  }

  /** Everything up to this revision is in D1. */
  exportedThroughRev(highestRev: number): number {
    let through = highestRev;
    for (const { match } of this.#unexported.values()) through = Math.min(through, match.rev - 1);
    return through;
  }

  /** Infinity when there is nothing to export. */
  nextAttemptMs(): number {
    return this.#unexported.size === 0 ? Number.POSITIVE_INFINITY : this.#nextAttemptMs;
  }

  /** Exports one chunk. `now` is read after the write, because the write takes time. */
  async exportChunk(now: () => number): Promise<ExportOutcome> {
    const chunk = this.#takeChunk();
    try {
      await this.#write(chunk.map(({ match }) => recordOf(match, this.#region)));
    } catch (error) {
      this.#failures += 1;
      this.#nextAttemptMs = now() + backoffMs(this.#failures, 1_000, 60_000);
      return { lagsMs: [], error };
    }
    this.#failures = 0;
    this.#nextAttemptMs = 0;
    for (const { match } of chunk) {
      if (this.#unexported.get(match.matchId)?.match.rev === match.rev) this.#unexported.delete(match.matchId);
    }
    return { lagsMs: chunk.map(({ sinceMs }) => now() - sinceMs), error: null };
  }

  #takeChunk(): Unexported[] {
    const chunk: Unexported[] = [];
    let bytes = 0;
    for (const unexported of this.#unexported.values()) {
      // Teams dominate a record; twice their length covers the rest and multi-byte names.
      bytes += 2 * JSON.stringify(unexported.match.teams).length + 500;
      if (chunk.length > 0 && (chunk.length >= LIMITS.exportMatches || bytes > LIMITS.exportBytes)) break;
      chunk.push(unexported);
    }
    return chunk;
  }
}
