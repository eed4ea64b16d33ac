import type { Mode } from "../../../src/core/mode.ts";
import { playersPerMatch } from "../../../src/core/mode.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import { brokenTogether, canPlayRoles } from "./broken-rules.ts";

/** By trying every set: whether some of the others make a match with a ticket that the hard rules allow. */
export function hasPossibleMatch(ticket: Ticket, others: readonly Ticket[], mode: Mode): boolean {
  return everyGroup([ticket], others, mode).some(
    (group) => brokenTogether(group, mode).length === 0 && fitsTeams(group, mode),
  );
}

/** Sets of tickets that hold exactly the players of a match, each once, with those who are in already. */
export function everyGroup(members: readonly Ticket[], others: readonly Ticket[], mode: Mode): Ticket[][] {
  const missing = playersPerMatch(mode) - members.reduce((sum, { players }) => sum + players.length, 0);
  if (missing === 0) return [[...members]];
  if (missing < 0) return [];
  return others.flatMap((other, index) => everyGroup([...members, other], others.slice(index + 1), mode));
}

function fitsTeams(tickets: readonly Ticket[], mode: Mode): boolean {
  const teams: Ticket[][] = Array.from({ length: mode.teams }, () => []);
  const place = (index: number): boolean => {
    const ticket = tickets[index];
    if (ticket === undefined) return teams.every((team) => canPlayRoles(team, mode));
    return teams.some((team) => {
      const size = [...team, ticket].reduce((sum, { players }) => sum + players.length, 0);
      if (size > mode.teamSize) return false;
      team.push(ticket);
      if (place(index + 1)) return true;
      team.pop();
      return false;
    });
  };
  return place(0);
}
