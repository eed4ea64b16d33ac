import type { MessageOf } from "../../client/messages.ts";
import type { Match, Rating } from "../../client/wire-types.ts";

interface Told {
  isOver: boolean;
  /** It may have finished in an absence after which a later match was the last one. */
  isExcused: boolean;
}

/** The matches that a player has been told of, from being found to being finished. */
export class MatchesTold {
  readonly #told = new Map<string, Told>();
  readonly #ratings: Pick<Rating, "mu" | "sigma">[] = [];

  has(matchId: string): boolean {
    return this.#told.has(matchId);
  }

  /** Nothing more may be told of it. */
  isOver(matchId: string): boolean {
    return this.#told.get(matchId)?.isOver ?? false;
  }

  found(matchId: string): void {
    if (!this.has(matchId)) this.#told.set(matchId, { isOver: false, isExcused: false });
  }

  finished({ match, rating }: Pick<MessageOf<"match.finished">, "match" | "rating">): void {
    this.#told.set(match.match_id, { isOver: true, isExcused: false });
    if (rating !== null) this.#ratings.push(rating);
  }

  /** The last match as a `state` shows it: whatever was played before it is not shown any more. */
  shown({ match, rating }: { readonly match: Match; readonly rating: Rating | null }): void {
    this.found(match.match_id);
    if (match.status === "finished" && !this.isOver(match.match_id)) this.finished({ match, rating });
    // Ids sort by the time at which matches were made.
    for (const [matchId, told] of this.#told) if (matchId < match.match_id) told.isExcused = true;
  }

  /** @returns those of these matches whose end the player never heard of */
  unheardOf(matchIds: ReadonlySet<string>): string[] {
    const unheard = [...this.#told].filter(([matchId, { isOver, isExcused }]) => {
      return matchIds.has(matchId) && !isOver && !isExcused;
    });
    return unheard.map(([matchId]) => matchId);
  }

  /** Whether one of the ratings that the player was told is this one. */
  hasTold(rating: Pick<Rating, "mu" | "sigma">): boolean {
    return this.#ratings.some(({ mu, sigma }) => isNear(mu, rating.mu) && isNear(sigma, rating.sigma));
  }
}

/** The two come by different ways, which may round. */
function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) < 1e-6;
}
