import type { MatchAnswer, Profile } from "./answers.ts";

/**
 * Each player's profile must count exactly the matches that were reported of them: one less is a lost result, one more
 * a result rated twice.
 *
 * @param matches those whose result was reported and rated
 */
export function checkRatings(matches: readonly MatchAnswer[], profiles: readonly Profile[], mode: string): string[] {
  const played = new Map<string, number>();
  for (const { player_id: playerId } of matches.flatMap((match) => Object.values(match.players).flat())) {
    played.set(playerId, (played.get(playerId) ?? 0) + 1);
  }
  return profiles.flatMap(({ player_id: playerId, ratings }) => {
    const rated = ratings[mode]?.matches ?? 0;
    const expected = played.get(playerId) ?? 0;
    return rated === expected ? [] : [`player ${playerId} has ${rated} rated matches and has played ${expected}`];
  });
}
