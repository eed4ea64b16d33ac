/** A rating in one mode. */
export interface Rating {
  readonly mu: number;
  readonly sigma: number;
}

/** A rating with the number of the change that made it; 0 is a player who has not been rated yet. */
export interface SequencedRating extends Rating {
  readonly seq: number;
}

export interface PlayerRating extends SequencedRating {
  readonly playerId: string;
}

/** The leaderboard's order: with 99.9 % confidence the player is better than this. */
export function conservativeRating(rating: Rating): number {
  return rating.mu - 3 * rating.sigma;
}
