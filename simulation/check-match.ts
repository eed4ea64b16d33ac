import type { MatchAnswer, ModeAnswer } from "./answers.ts";

/** What is known of a match before it is looked at. */
export interface MatchExpectation {
  readonly matchId: string;
  readonly mode: Pick<ModeAnswer, "name" | "teams" | "team_size">;
  readonly region: string;
  /** Home region of each of its players, by id; absent: the service knows no such player. */
  readonly homes: ReadonlyMap<string, string>;
  /** The ids of everybody in a player's party, by the player's id; absent: nothing is known of who they play with. */
  readonly partyOf: ReadonlyMap<string, readonly string[]>;
}

/** Everything that is wrong with a match's form, one sentence each; empty when all is well. */
export function checkMatch(match: MatchAnswer, expected: MatchExpectation): string[] {
  const faults: string[] = [];
  const fault = (text: string) => faults.push(`match ${expected.matchId}: ${text}`);
  if (match.match_id !== expected.matchId) fault(`answers with the id ${match.match_id}`);
  if (match.mode !== expected.mode.name) fault(`is in mode ${match.mode}, not ${expected.mode.name}`);
  if (match.region !== expected.region) fault(`is in region ${match.region}, not ${expected.region}`);

  const names = expected.mode.teams.toSorted().join();
  const actualNames = Object.keys(match.players).sort().join();
  if (actualNames !== names) fault(`has teams ${actualNames}, not ${names}`);

  const seen = new Set<string>();
  for (const [team, players] of Object.entries(match.players)) {
    if (players.length !== expected.mode.team_size) fault(`${team} has ${players.length} players`);
    for (const { player_id: playerId } of players) {
      if (seen.has(playerId)) fault(`has player ${playerId} twice`);
      seen.add(playerId);
      const home = expected.homes.get(playerId);
      if (home === undefined) fault(`has player ${playerId}, who does not exist`);
      else if (home !== match.region) fault(`in ${match.region} has player ${playerId} of ${home}`);
    }
    for (const lost of withoutTheirParty(players, expected.partyOf))
      fault(`${team} has player ${lost} without their party`);
  }
  return faults;
}

/** Those of a team whose party is not wholly on it. */
function withoutTheirParty(
  team: readonly { readonly player_id: string }[],
  partyOf: MatchExpectation["partyOf"],
): string[] {
  const ids = new Set(team.map((player) => player.player_id));
  return [...ids].filter((playerId) => partyOf.get(playerId)?.some((member) => !ids.has(member)));
}
