import type { MatchPlayer } from "./match.ts";
import { assignRoles } from "./matching/assign-roles.ts";
import type { Mode } from "./mode.ts";
import type { Ticket } from "./ticket.ts";

/**
 * The players of tickets as players of one team.
 *
 * @param places players of each role that the team needs of them; whoever gets none of these plays no role in particular
 */
export function seatTickets(
  tickets: readonly Ticket[],
  places: Readonly<Record<string, number>>,
  { roles }: Pick<Mode, "roles">,
): MatchPlayer[] {
  const players = tickets.flatMap(({ ticketId, players: members }) =>
    members.map((player) => ({ ...player, ticketId })),
  );
  const assigned = assignRoles(players, places);
  const hasRoles = Object.keys(roles).length > 0;
  return players.map(({ playerId, mu, sigma, ticketId }, index) => ({
    playerId,
    mu,
    sigma,
    ticketId,
    released: false,
    ...(hasRoles && { role: assigned[index] ?? null }),
  }));
}
