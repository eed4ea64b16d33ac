import { z } from "zod";

/** Section 1 of the contract: all that the original's clients know of a match. */
export const OriginalMatchSchema = z.object({
  match_id: z.string(),
  players: z.record(z.string(), z.array(z.object({ player_id: z.string() }))),
  region: z.string(),
  status: z.string(),
});

export type OriginalMatch = z.infer<typeof OriginalMatchSchema>;

const PLAYERS_PER_MATCH = 4;

/** What the original's client keeps in mind: who still owes games, which matches it has reported and seen finish. */
export class OriginalGames {
  readonly #regionOf = new Map<string, string>();
  readonly #gamesLeft = new Map<string, number>();
  readonly #reported = new Set<string>();
  readonly #seenFinished = new Set<string>();

  add(playerId: string, region: string, games: number): void {
    this.#regionOf.set(playerId, region);
    this.#gamesLeft.set(playerId, games);
  }

  get reportedCount(): number {
    return this.#reported.size;
  }

  /** Everybody who still owes a game. */
  get owing(): string[] {
    return [...this.#gamesLeft].filter(([, games]) => games > 0).map(([playerId]) => playerId);
  }

  /** No region has enough players left for one more match. */
  get isOver(): boolean {
    const owingIn = new Map<string, number>();
    for (const playerId of this.owing) {
      const region = this.#regionOf.get(playerId) ?? "";
      owingIn.set(region, (owingIn.get(region) ?? 0) + 1);
    }
    return [...owingIn.values()].every((count) => count < PLAYERS_PER_MATCH);
  }

  shouldReport(match: OriginalMatch): boolean {
    return match.status === "pending" && !this.#reported.has(match.match_id);
  }

  /** The report was taken in: each of the match's players has played one of their games. */
  reported(match: OriginalMatch): void {
    this.#reported.add(match.match_id);
    for (const playerId of playersOf(match)) {
      this.#gamesLeft.set(playerId, Math.max(0, (this.#gamesLeft.get(playerId) ?? 0) - 1));
    }
  }

  /** @returns the players of a match that is seen finished for the first time, if they owe more games */
  playersToQueueAgain(match: OriginalMatch): string[] {
    if (match.status !== "finished" || this.#seenFinished.has(match.match_id)) return [];
    this.#seenFinished.add(match.match_id);
    return playersOf(match).filter((playerId) => (this.#gamesLeft.get(playerId) ?? 0) > 0);
  }
}

function playersOf(match: OriginalMatch): string[] {
  return Object.values(match.players).flatMap((team) => team.map((player) => player.player_id));
}
