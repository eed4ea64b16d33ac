import { winnerOf } from "../core/match.ts";
import type { Mode } from "../core/mode.ts";
import type { SequencedRating } from "../core/rating/player-rating.ts";
import { rateTeams } from "../core/rating/trueskill.ts";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import type { ResultMessage, ResultTeam } from "../core/result-message.ts";
import type { StoredTeam } from "../db/match-row.ts";
import { storedPlayerOf } from "../db/match-row.ts";
import type { RatingChange } from "../db/rate-result.ts";

export interface RatedMessage {
  readonly teams: readonly StoredTeam[];
  readonly changes: readonly RatingChange[];
}

export type RatingRefusal =
  | { readonly reason: "unknown_player" }
  /** The rater gave up on an outcome that is too unlikely for it. */
  | { readonly reason: "rating_impossible"; readonly detail: string };

/**
 * New ratings of everybody who started a match, from the ratings they have now; also of those who left. Those who came
 * into it later are kept with it and not rated: docs/decisions/0016-backfill.md says why.
 *
 * @param ratingOf null: a player without a rating in this mode; undefined: no such player
 */
export function rateMessage(
  message: ResultMessage,
  mode: Mode,
  ratingOf: (playerId: string) => SequencedRating | null | undefined,
): Result<RatedMessage, RatingRefusal> {
  const before: SequencedRating[][] = [];
  for (const team of message.teams) {
    const ratings = ratingsOf(team, mode, ratingOf);
    if (ratings === null) return refuse({ reason: "unknown_player" });
    before.push(ratings);
  }
  const places = message.teams.map(({ name }) => message.placements[name] ?? 1);
  try {
    const after = rateTeams(before, places, mode.rating);
    return accept(merge(message, before, after));
  } catch (error) {
    return refuse({ reason: "rating_impossible", detail: error instanceof Error ? error.message : String(error) });
  }
}

function ratingsOf(
  team: ResultTeam,
  mode: Mode,
  ratingOf: (playerId: string) => SequencedRating | null | undefined,
): SequencedRating[] | null {
  const ratings: SequencedRating[] = [];
  for (const { playerId } of team.players) {
    const rating = ratingOf(playerId);
    if (rating === undefined) return null;
    ratings.push(rating ?? { mu: mode.rating.mu, sigma: mode.rating.sigma, seq: 0 });
  }
  return ratings;
}

function merge(
  message: ResultMessage,
  before: readonly (readonly SequencedRating[])[],
  after: readonly (readonly { mu: number; sigma: number }[])[],
): RatedMessage {
  const winner = winnerOf(message.placements);
  const changes: RatingChange[] = [];
  const teams = message.teams.map((team, teamIndex) => ({
    name: team.name,
    players: team.players.map((player, index) => {
      const old = before[teamIndex]?.[index];
      const rated = after[teamIndex]?.[index];
      if (old === undefined || rated === undefined) throw new Error("the rater changed the shape of the teams");
      const change = { before: old, after: { mu: rated.mu, sigma: rated.sigma, seq: old.seq + 1 } };
      changes.push({ playerId: player.playerId, ...change, hasWon: team.name === winner });
      return { ...storedPlayerOf(player), before: { mu: old.mu, sigma: old.sigma }, after: change.after };
    }),
  }));
  return { teams: teams.map((team) => withFilledIn(team, message)), changes };
}

function withFilledIn({ name, players }: StoredTeam, { filledIn = [] }: ResultMessage): StoredTeam {
  const came = filledIn.filter((team) => team.name === name).flatMap((team) => team.players);
  return { name, players: [...players, ...came.map((player) => storedPlayerOf({ ...player, filledIn: true }))] };
}
