import type { AttributeRule, AttributeValue } from "../../../src/core/attribute.ts";
import { isNumberRange, isValueList } from "../../../src/core/attribute.ts";
import type { Mode } from "../../../src/core/mode.ts";
import type { Ticket } from "../../../src/core/ticket.ts";

type Teams = readonly (readonly Ticket[])[];

/** Hard rules that a match breaks, each looked at over all its tickets at once, in the words of the rule. */
export function brokenRules(teams: Teams, mode: Mode): string[] {
  const broken = brokenTogether(teams.flat(), mode);
  if (teams.length !== mode.teams || teams.some((team) => sizeOf(team) !== mode.teamSize)) broken.push("team sizes");
  if (!teams.every((team) => canPlayRoles(team, mode))) broken.push("roles");
  return broken;
}

/** The same, of tickets that have no teams yet. */
export function brokenTogether(tickets: readonly Ticket[], mode: Mode): string[] {
  const broken: string[] = [];
  const mus = tickets.flatMap(({ players }) => players.map(({ mu }) => mu));
  const gaps = [mode.maxRatingGap, ...tickets.map(({ constraints }) => constraints.maxRatingGap ?? null)];
  if (gaps.some((gap) => gap !== null && Math.max(...mus) - Math.min(...mus) > gap)) broken.push("rating gap");
  if (tickets.some((one) => tickets.some((other) => one !== other && avoids(one, other)))) broken.push("avoid");
  if (!haveLocation(tickets, mode)) broken.push("latency");
  for (const [name, rule] of Object.entries(mode.attributes)) if (!agree(tickets, name, rule)) broken.push(name);
  return broken;
}

/** By trying every place for every player: whether all can be seated in a team's role places and open places. */
export function canPlayRoles(team: readonly Ticket[], { roles, teamSize }: Mode): boolean {
  const places: (string | null)[] = Object.entries(roles).flatMap(([role, count]) =>
    new Array<string>(count).fill(role),
  );
  while (places.length < teamSize) places.push(null);
  const players = team.flatMap((ticket) => ticket.players);
  const seat = (index: number, left: readonly (string | null)[]): boolean => {
    const player = players[index];
    if (player === undefined) return true;
    return left.some((role, place) => {
      const isOffered = role === null || player.roles === undefined || player.roles.includes(role);
      return isOffered && left.indexOf(role) === place && seat(index + 1, left.toSpliced(place, 1));
    });
  };
  return seat(0, places);
}

function avoids(one: Ticket, other: Ticket): boolean {
  return other.players.some(({ playerId }) => one.constraints.avoid?.includes(playerId) ?? false);
}

function haveLocation(tickets: readonly Ticket[], { maxLatencyMs }: Mode): boolean {
  const said = tickets.flatMap(({ constraints }) =>
    constraints.latencyMs === undefined ? [] : [constraints.latencyMs],
  );
  if (maxLatencyMs === null || said.length === 0) return true;
  const isNear = (ms: number | undefined) => ms !== undefined && ms <= maxLatencyMs;
  return said.flatMap(Object.keys).some((location) => said.every((latencies) => isNear(latencies[location])));
}

function agree(tickets: readonly Ticket[], name: string, rule: AttributeRule): boolean {
  const values = tickets.map(({ constraints }) => constraints.attributes?.[name]);
  const said = values.filter((value): value is AttributeValue => value !== undefined);
  if (rule.rule === "same") return new Set(values.map((value) => value ?? rule.default)).size <= 1;
  if (rule.rule === "overlap")
    return rule.values.some((value) => said.filter(isValueList).every((list) => list.includes(value)));
  const ranges = said.filter(isNumberRange);
  return ranges.every((one) => ranges.every((other) => one.min <= other.max));
}

function sizeOf(team: readonly Ticket[]): number {
  return team.reduce((sum, { players }) => sum + players.length, 0);
}
