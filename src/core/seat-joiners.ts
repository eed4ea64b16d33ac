import type { Match, MatchPlayer, Team } from "./match.ts";
import { presentPlayers } from "./match.ts";
import { assignRoles } from "./matching/assign-roles.ts";
import { rolesNeeded } from "./matching/roles-needed.ts";
import type { Mode } from "./mode.ts";
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
  const players = tickets.flatMap(({ ticketId, players: members }) =>
    members.map((player) => ({ ...player, ticketId })),
  );
  const hasRoles = Object.keys(mode.roles).length > 0;
  const assigned = assignRoles(players, rolesNeeded(presentPlayers(team), mode));
  return players.map(({ playerId, mu, sigma, ticketId }, index) => ({
    playerId,
    mu,
    sigma,
    ticketId,
    released: false,
    filledIn: true,
    joinedAtMs,
    ...(hasRoles && { role: assigned[index] ?? null }),
  }));
}
