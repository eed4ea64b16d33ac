import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import { Candidates } from "./candidates.ts";
import { Group } from "./group.ts";
import type { PoolRules } from "./pool-rules.ts";
import { poolRulesOf } from "./pool-rules.ts";
import { sameValuesAs } from "./separate-pools.ts";

/** Whether a mode's hard rules allow these tickets in one match, with whoever else. */
export function canPlayTogether(tickets: readonly Ticket[], mode: Mode): boolean {
  return areAllowed(tickets, poolRulesOf(mode));
}

/** Whether these teams are a whole match of a mode: allowed together, each of the right size and with its roles. */
export function areTeamsOf(mode: Mode, teams: readonly (readonly Ticket[])[]): boolean {
  const rules = poolRulesOf(mode);
  const { rolePlaces } = rules;
  const isTeam = (tickets: readonly Ticket[]) => {
    const players = tickets.flatMap((ticket) => ticket.players);
    const offers = players.map((player) => rolePlaces.offerOf(player));
    return players.length === mode.teamSize && (rolePlaces.areOpen || rolePlaces.canSeat(offers, 1));
  };
  return teams.length === mode.teams && teams.every(isTeam) && areAllowed(teams.flat(), rules);
}

function areAllowed(tickets: readonly Ticket[], rules: PoolRules): boolean {
  const [first] = tickets;
  if (first === undefined) return true;
  const { ruleBook, rolePlaces, mode } = rules;
  // Ages do not matter to hard rules.
  const candidates = new Candidates(tickets, ruleBook, rolePlaces, 0);
  const positions = candidates.tickets.map((_, position) => position);
  return tickets.every(sameValuesAs(first, mode)) && new Group(candidates, rules).take(positions);
}
