import type { ModeTable } from "../core/mode.ts";
import type { PlayerRating, SequencedRating } from "../core/rating/player-rating.ts";
import { ratedBy } from "../core/rating/rated-by.ts";
import type { ResultMessage } from "../core/result-message.ts";
import type { StoredTeam } from "../db/match-row.ts";
import type { RatingKey, RatingSnapshot } from "../db/rate-result.ts";
import { isLostRace, ratingKey, readRatingSnapshot, writeRatedResult } from "../db/rate-result.ts";
import type { RatedOutcome } from "../region/rpc.ts";
import type { RatingRefusal } from "./rate-message.ts";
import { rateMessage } from "./rate-message.ts";

/** After this a result that keeps losing races goes back to the queue; far beyond what 20 rivals cause. */
const GIVE_UP_AFTER_MS = 60_000;

export type RatingOutcome =
  | { readonly type: "rated"; readonly outcome: RatedOutcome; readonly rowsWritten: number; readonly conflicts: number }
  /** It was rated before: confirm it from what is stored. */
  | { readonly type: "already_rated"; readonly outcome: RatedOutcome }
  | { readonly type: "refused"; readonly refusal: RatingRefusal | { readonly reason: "unknown_mode" } };

export interface RaterSettings {
  readonly db: D1Database;
  readonly modes: ModeTable;
  readonly now: () => number;
  /** 0 to 1, to spread rivals that lost the same race. */
  readonly random: () => number;
}

/**
 * Rates results one after the other from one reading of D1, and reads again only where somebody else was quicker.
 *
 * 1. Read, at one instant, which of the batch's matches are rated and what everybody's ratings are.
 * 2. Rate a result from those ratings and write it in one batch. It holds: remember the new ratings for the next result.
 * 3. A lost race (the match was rated meanwhile, or a player's rating changed): read again, for this result only, and
 *    go to 2. This spends none of the queue's attempts: with many results among few players, they would run out.
 */
export class ResultRater {
  readonly #settings: RaterSettings;
  #ratings = new Map<string, SequencedRating | null>();
  #ratedMatches = new Map<string, RatedOutcome>();

  constructor(settings: RaterSettings) {
    this.#settings = settings;
  }

  /** Reads ahead what the messages need. @throws when D1 fails */
  async prepare(messages: readonly ResultMessage[]): Promise<void> {
    const keys = new Map(messages.flatMap(keysOf).map((key) => [ratingKey(key), key]));
    const matchIds = messages.map(({ matchId }) => matchId);
    this.#remember(await readRatingSnapshot(this.#settings.db, matchIds, [...keys.values()]));
  }

  /** Rates one prepared message. @throws when D1 fails, or when races were lost for a minute */
  async rate(message: ResultMessage): Promise<RatingOutcome> {
    const mode = this.#settings.modes.byName.get(message.mode);
    const startedMs = this.#settings.now();
    for (let conflicts = 0; ; conflicts += 1) {
      const stored = this.#ratedMatches.get(message.matchId);
      if (stored !== undefined) return { type: "already_rated", outcome: stored };
      if (mode === undefined) return { type: "refused", refusal: { reason: "unknown_mode" } };
      const rated = rateMessage(message, mode, (playerId) => this.#ratingOf(playerId, mode.name));
      if (!rated.ok) return { type: "refused", refusal: rated.refusal };
      const { teams, changes } = rated.value;
      const finished = {
        ...message,
        rev: message.rev + 1,
        teams,
        ratedBy: ratedBy(mode.rating),
        finishedAtMs: this.#settings.now(),
      };
      try {
        const rowsWritten = await writeRatedResult(this.#settings.db, finished, changes);
        const outcome = outcomeOf(message.matchId, message.mode, teams);
        this.#ratedMatches.set(message.matchId, outcome);
        for (const { playerId, mu, sigma, seq } of outcome.ratings) {
          this.#ratings.set(ratingKey({ playerId, mode: message.mode }), { mu, sigma, seq });
        }
        return { type: "rated", outcome, rowsWritten, conflicts };
      } catch (error) {
        if (!isLostRace(error) || this.#settings.now() - startedMs > GIVE_UP_AFTER_MS) throw error;
      }
      await this.#waitAfterLostRace(conflicts);
      await this.prepare([message]);
    }
  }

  #ratingOf(playerId: string, mode: string): SequencedRating | null | undefined {
    return this.#ratings.get(ratingKey({ playerId, mode }));
  }

  /** A short random pause, so that rivals do not meet again in step. */
  #waitAfterLostRace(conflicts: number): Promise<void> {
    const longestMs = Math.min(100, 5 * 2 ** Math.min(conflicts, 5));
    return scheduler.wait(this.#settings.random() * longestMs);
  }

  #remember(snapshot: RatingSnapshot): void {
    for (const [key, rating] of snapshot.ratings) this.#ratings.set(key, rating);
    for (const [matchId, { mode, teams }] of snapshot.ratedMatches) {
      this.#ratedMatches.set(matchId, outcomeOf(matchId, mode, teams));
    }
  }
}

function keysOf(message: ResultMessage): RatingKey[] {
  return message.teams.flatMap(({ players }) => players.map(({ playerId }) => ({ playerId, mode: message.mode })));
}

/** What the region is told, from what is stored: the same for the first confirmation and for every repeat. */
function outcomeOf(matchId: string, mode: string, teams: readonly StoredTeam[]): RatedOutcome {
  const ratings: PlayerRating[] = [];
  for (const { players } of teams) {
    for (const { player_id, after } of players)
      if (after !== undefined) ratings.push({ playerId: player_id, ...after });
  }
  return { matchId, mode, ratings };
}
