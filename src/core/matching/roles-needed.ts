import type { MatchPlayer } from "../match.ts";
import type { Mode } from "../mode.ts";

/**
 * The role places of a team that nobody has, by role. A role that is taken stays in with 0: an offer is read against
 * the mode's roles in their order.
 */
export function rolesNeeded(
  present: readonly Pick<MatchPlayer, "role">[],
  { roles }: Pick<Mode, "roles">,
): Record<string, number> {
  const needed = Object.entries(roles).map(([role, count]): [string, number] => {
    const taken = present.filter((player) => player.role === role).length;
    return [role, Math.max(0, count - taken)];
  });
  return Object.fromEntries(needed);
}
