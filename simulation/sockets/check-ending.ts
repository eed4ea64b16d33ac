import type { MatchAnswer, Profile } from "../answers.ts";
import type { PlayerRecord } from "./player-record.ts";

/** One player at the end of a run. */
export interface EndingPlayer {
  readonly playerId: string;
  readonly record: PlayerRecord;
  /** Their connection broke for good, and nothing reached them any more. */
  readonly isGone: boolean;
}

/** What the end of a run must show besides what each player heard on the way. */
export interface Ending {
  readonly players: readonly EndingPlayer[];
  readonly mode: { readonly name: string; readonly ready_check?: object | null | undefined };
  readonly matches: readonly MatchAnswer[];
  /** Of these matches, those that are rated. */
  readonly finished: ReadonlySet<string>;
  readonly profiles: readonly Profile[];
}

/**
 * 1. In a mode with a ready check everybody in a match has accepted it.
 * 2. Who was in a match and is still there has heard of its end.
 * 3. The rating in a player's profile is one that they were told.
 *
 * @returns whatever is not so, a sentence each
 */
export function checkEnding(ending: Ending): string[] {
  const { players, mode } = ending;
  return [
    ...(mode.ready_check ? matchesWithoutConsent(ending) : []),
    ...players.filter(({ isGone }) => !isGone).flatMap((player) => unheard(player, ending)),
  ];
}

function matchesWithoutConsent({ players, matches }: Ending): string[] {
  const recordOf = new Map(players.map(({ playerId, record }) => [playerId, record]));
  return matches.flatMap(({ match_id: matchId, players: teams }) =>
    Object.values(teams)
      .flat()
      .filter(({ player_id }) => recordOf.get(player_id)?.answers.hasAccepted(matchId) === false)
      .map(({ player_id }) => `player ${player_id} is in match ${matchId} without having accepted it`),
  );
}

function unheard({ playerId, record }: EndingPlayer, { finished, profiles, mode }: Ending): string[] {
  const faults = record.matches
    .unheardOf(finished)
    .map((matchId) => `player ${playerId} was not told of the end of match ${matchId}`);
  const rating = profiles.find(({ player_id }) => player_id === playerId)?.ratings[mode.name];
  const isRated = rating !== undefined && rating.matches > 0;
  if (!isRated || faults.length > 0 || record.matches.hasTold(rating)) return faults;
  return [`player ${playerId} was never told the rating of their profile, mu ${rating.mu}`];
}
