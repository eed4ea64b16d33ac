import type { Match } from "../match.ts";
import { matchPlayers, presentPlayers } from "../match.ts";
import type { Mode } from "../mode.ts";

/** Who was on a ticket when it was matched, by ticket id. */
export type MatchedTickets = ReadonlyMap<string, readonly string[]>;

/** @returns what is wrong with a match that was just made of these tickets; null: nothing */
export function checkFormed(match: Match, mode: Mode | undefined, matched: MatchedTickets): string | null {
  if (mode === undefined) return `its mode ${match.mode} does not exist`;
  if (match.teams.length !== mode.teams) return `it has ${match.teams.length} teams and not ${mode.teams}`;
  for (const { name, players } of match.teams) {
    if (players.length !== mode.teamSize) return `${name} has ${players.length} players and not ${mode.teamSize}`;
  }
  return checkTickets(match, new Set(matchPlayers(match).map(({ playerId }) => playerId)), matched);
}

/** @param joinedIds who just came @returns what is wrong with a match that players came into; null: nothing */
export function checkFilled(
  match: Match,
  joinedIds: readonly string[],
  mode: Mode | undefined,
  matched: MatchedTickets,
): string | null {
  if (mode === undefined) return `its mode ${match.mode} does not exist`;
  for (const team of match.teams) {
    const present = presentPlayers(team).length;
    if (present > mode.teamSize) return `${team.name} has ${present} players, more than ${mode.teamSize}`;
  }
  return checkTickets(match, new Set(joinedIds), matched);
}

/** Nobody is in it twice, and whoever came did so on a whole ticket and onto one team. */
function checkTickets(match: Match, came: ReadonlySet<string>, matched: MatchedTickets): string | null {
  const seen = new Set<string>();
  const teamOf = new Map<string, string>();
  const seated = new Map<string, number>();
  for (const { name, players } of match.teams) {
    for (const { playerId, ticketId } of players) {
      if (seen.has(playerId)) return `${playerId} is in it twice`;
      seen.add(playerId);
      if (!came.has(playerId)) continue;
      if (matched.get(ticketId)?.includes(playerId) !== true) return `${playerId} came on no ticket that was matched`;
      if ((teamOf.get(ticketId) ?? name) !== name) return `ticket ${ticketId} is on two teams`;
      teamOf.set(ticketId, name);
      seated.set(ticketId, (seated.get(ticketId) ?? 0) + 1);
    }
  }
  for (const [ticketId, count] of seated) {
    if (matched.get(ticketId)?.length !== count) return `ticket ${ticketId} is not whole`;
  }
  return seen.size >= came.size ? null : "somebody who came is on no team";
}
