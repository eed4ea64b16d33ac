import type { Mode } from "../mode.ts";
import type { TicketPlayer } from "../ticket.ts";

/**
 * Who plays which role on a team: as many of its role places are filled as these players can fill (bipartite matching
 * by augmenting paths, Kuhn 1955). All of them are filled exactly if Hall's condition holds.
 *
 * 1. Take the players one after the other, those who offer the fewest roles first: whoever asked for a role shall not
 *    give it up to somebody who takes any. Ties in the order given, so the result is deterministic.
 * 2. Give each a free place of a role that they offer. If there is none, look for a holder of such a place who can move
 *    on to another one, and so on; nobody who has a role loses it.
 * 3. Who finds no place plays without a role, in one of the team's open places.
 *
 * @param roles places by role; a player without `roles` offers all of them
 * @returns the role of each player in the order given; null: none
 */
export function assignRoles(
  players: readonly Pick<TicketPlayer, "roles">[],
  roles: Mode["roles"],
): readonly (string | null)[] {
  const places = Object.entries(roles).map(([role, count]) => ({ role, count, holders: [] as number[] }));
  const offered = players.map((player) => places.filter(({ role }) => player.roles?.includes(role) ?? true));
  const order = offered
    .map((_, player) => player)
    .sort((a, b) => choicesOf(offered, a) - choicesOf(offered, b) || a - b);

  const seat = (player: number, tried: Set<string>): boolean => {
    for (const { role, count, holders } of offered[player] ?? []) {
      if (tried.has(role)) continue;
      tried.add(role);
      if (holders.length < count) {
        holders.push(player);
        return true;
      }
      const movable = holders.findIndex((holder) => seat(holder, tried));
      if (movable >= 0) {
        holders[movable] = player;
        return true;
      }
    }
    return false;
  };

  for (const player of order) seat(player, new Set());
  return players.map((_, player) => places.find(({ holders }) => holders.includes(player))?.role ?? null);
}

function choicesOf(offered: readonly (readonly unknown[])[], player: number): number {
  return offered[player]?.length ?? 0;
}
