import type { Match } from "../core/match.ts";
import type { PlayerRating } from "../core/rating/player-rating.ts";
import type { MatchRecord } from "../db/match-row.ts";
import { recordOf } from "../db/match-row.ts";

/** A rated match as D1 keeps it, as far as its region knows: with the ratings that it led to. */
export function finishedRecord(match: Match, ratings: readonly PlayerRating[], region: string): MatchRecord {
  const after = new Map(ratings.map(({ playerId, mu, sigma, seq }) => [playerId, { mu, sigma, seq }]));
  const record = recordOf(match, region);
  const teams = record.teams.map(({ name, players }) => ({
    name,
    players: players.map((player) => {
      const rating = after.get(player.player_id);
      return rating === undefined ? player : { ...player, after: rating };
    }),
  }));
  return { ...record, teams, finishedAtMs: match.changedAtMs };
}
