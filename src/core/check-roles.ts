import { assignRoles } from "./matching/assign-roles.ts";
import type { Mode } from "./mode.ts";
import type { AskedConstraints, TicketPlayer } from "./ticket.ts";
import type { TicketProblems } from "./ticket-problems.ts";

const ROLES = ["constraints", "roles"];

/**
 * The ticket's players with the roles that each offers, as a sorted list without repeats; absent: any role.
 *
 * What a player offers is what the call says of them by id, else what they said themselves (on joining a party), else
 * the call's list for everybody. What players said themselves has no meaning in a mode without roles and is dropped.
 *
 * Refuses unknown roles, empty lists, roles in a mode that has none, roles of somebody else, and a party that no team
 * can hold: more of its members than the team has open places would be without a role.
 */
export function checkRoles(
  players: readonly TicketPlayer[],
  asked: AskedConstraints["roles"],
  mode: Mode,
  problems: TicketProblems,
): readonly TicketPlayer[] {
  const known = Object.keys(mode.roles);
  if (known.length === 0) {
    if (asked !== undefined) problems.add(ROLES, "This mode has no roles; leave it out.");
    return players.some(({ roles }) => roles !== undefined) ? players.map(withoutRoles) : players;
  }
  const problemsBefore = problems.found.length;
  const checked = players.map((player) => withRoles(player, asked, known, problems));
  if (isList(asked)) checkList(asked, ROLES, known, problems);
  else checkIds(players, asked ?? {}, problems);
  if (problems.found.length === problemsBefore) checkTeam(checked, mode, problems);
  return checked;
}

function withRoles(
  player: TicketPlayer,
  asked: AskedConstraints["roles"],
  known: readonly string[],
  problems: TicketProblems,
): TicketPlayer {
  const { playerId, roles: own } = player;
  const byId = asked === undefined || isList(asked) || !Object.hasOwn(asked, playerId) ? undefined : asked[playerId];
  const said = byId ?? own;
  if (said !== undefined) checkList(said, [...ROLES, playerId], known, problems);
  const roles = said ?? (isList(asked) ? asked : undefined);
  return roles === undefined ? player : { ...player, roles: [...new Set(roles)].sort() };
}

function checkList(
  roles: readonly string[],
  steps: readonly string[],
  known: readonly string[],
  problems: TicketProblems,
): void {
  if (roles.length === 0) problems.add(steps, "An empty list offers nothing; leave it out to play any role.");
  roles.forEach((role, index) => {
    if (!known.includes(role)) problems.add([...steps, index], `One of ${known.join(", ")}.`);
  });
}

function checkIds(
  players: readonly TicketPlayer[],
  asked: Readonly<Record<string, unknown>>,
  problems: TicketProblems,
) {
  for (const playerId of Object.keys(asked)) {
    if (players.some((player) => player.playerId === playerId)) continue;
    problems.add([...ROLES, playerId], "No player of this ticket has this id.");
  }
}

/** The others of the team may be anybody; so only those whom no role place takes can be too many. */
function checkTeam(players: readonly TicketPlayer[], { roles, teamSize }: Mode, problems: TicketProblems): void {
  if (players.length > teamSize) return;
  const places = Object.values(roles).reduce((sum, count) => sum + count, 0);
  const withoutRole = assignRoles(players, roles).filter((role) => role === null).length;
  if (withoutRole <= teamSize - places) return;
  const needed = Object.entries(roles).map(([role, count]) => `${count} ${role}`);
  problems.add(
    ROLES,
    `The party does not fit into a team, whose places are ${needed.join(", ")}, ${teamSize - places} open.`,
  );
}

function withoutRoles({ roles: _, ...player }: TicketPlayer): TicketPlayer {
  return player;
}

function isList(roles: AskedConstraints["roles"]): roles is readonly string[] {
  return Array.isArray(roles);
}
