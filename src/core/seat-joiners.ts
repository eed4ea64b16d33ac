import type { Match, MatchPlayer, Team } from "./match.ts";
import { presentPlayers } from "./match.ts";
import { rolesNeeded } from "./matching/roles-needed.ts";
import type { Mode } from "./mode.ts";
import { seatTickets } from "./seat-tickets.ts";
import type { Ticket } from "./ticket.ts";

/**
 * A match's teams with those who come into empty places. Those who are there keep their roles; whoever comes takes a
 * role that the team lacks, or an open place.
 *
 * @param joining tickets by team, in the order of the match's teams
 */
export function seatJoiners(
  { teams }: Match,
  joining: readonly (readonly Ticket[])[],
  mode: Mode,
  nowMs: number,
): Team[] {
  return teams.map((team, index) => ({
    ...team,
    players: [...team.players, ...seatsOf(joining[index] ?? [], team, mode, nowMs)],
  }));
}

function seatsOf(tickets: readonly Ticket[], team: Team, mode: Mode, joinedAtMs: number): MatchPlayer[] {
  const players = seatTickets(tickets, rolesNeeded(presentPlayers(team), mode), mode);
  return players.map((player) => ({ ...player, filledIn: true, joinedAtMs }));
}
