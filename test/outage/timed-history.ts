import { History } from "../crash/history.ts";

/** All times in milliseconds of `performance.now()`. */
export interface TimedEnqueue {
  readonly atMs: number;
  readonly tookMs: number;
  /** False: refused, or without an answer. */
  readonly isInLine: boolean;
}

/** A history that also knows when. */
export class TimedHistory extends History {
  /** When each match was first told of to one of its players. */
  readonly matchesAtMs: number[] = [];
  readonly enqueues: TimedEnqueue[] = [];
  /** From the wish to queue until the player heard of their match, by when they heard. */
  readonly waits: { readonly atMs: number; readonly tookMs: number }[] = [];
  /** Answers that no player with a warm profile should get. */
  readonly failedAt: { readonly atMs: number; readonly label: string }[] = [];

  readonly #wishesAtMs = new Map<string, number>();

  wishes(playerId: string): void {
    this.#wishesAtMs.set(playerId, performance.now());
  }

  override tell(matchId: string, playerId: string): void {
    const atMs = performance.now();
    if (!this.told.has(matchId)) this.matchesAtMs.push(atMs);
    super.tell(matchId, playerId);
    const wishedAtMs = this.#wishesAtMs.get(playerId);
    this.#wishesAtMs.delete(playerId);
    if (wishedAtMs !== undefined) this.waits.push({ atMs, tookMs: atMs - wishedAtMs });
  }

  override failed(label: string): void {
    this.failedAt.push({ atMs: performance.now(), label });
    super.failed(label);
  }
}
