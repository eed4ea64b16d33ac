import type { Backfill, OpenPlaces } from "./backfill.ts";
import { roomOf } from "./backfill.ts";
import type { BackfillAsk, BackfillRefusal } from "./backfill-calls.ts";
import type { Match } from "./match.ts";
import { matchPlayers, presentPlayers } from "./match.ts";
import type { MatchTerms } from "./match-terms.ts";
import type { Mode } from "./mode.ts";
import type { Result } from "./result.ts";
import { accept, refuse } from "./result.ts";
import { settleTerms } from "./settle-terms.ts";
import { TicketProblems } from "./ticket-problems.ts";

/** An ask that can be met, and what it makes of the match. */
export interface CheckedBackfill {
  /** All that is to be filled from now on. */
  readonly places: OpenPlaces;
  /** Who is gone for good, by this ask or before. */
  readonly leftIds: ReadonlySet<string>;
  readonly terms: MatchTerms | undefined;
}

/**
 * What a running match asks for, as the whole of what is to be filled.
 *
 * 1. With `places` it is those, and one for each player in `replaces`. The same call again is the same wish.
 * 2. Without, it is what is asked for already, and one for each player in `replaces` who had not left before; if
 *    nothing is, one for each of them.
 * 3. A team must have that room, counting everybody as present whom the match still answers for and who is not in
 *    `replaces`. Somebody must be left in the match, or there is nothing to join.
 * 4. Whoever the system had taken out of a team that asks for places is gone for good as well: the place is given away.
 *
 * @param open what the match asks for so far; undefined: nothing
 * @param locations where servers can be
 */
export function checkBackfill(
  ask: BackfillAsk,
  match: Match,
  open: Backfill | undefined,
  mode: Mode,
  locations: readonly string[],
): Result<CheckedBackfill, BackfillRefusal> {
  const teamNames = match.teams.map(({ name }) => name);
  const unknown = Object.keys(ask.places ?? {}).find((team) => !teamNames.includes(team));
  if (unknown !== undefined) return refuse({ reason: "unknown_team", team: unknown, teams: teamNames });

  const problems = new TicketProblems();
  const replaced = checkReplaced(ask.replaces ?? [], match, problems);
  const places = wishOf(ask, match, open, replaced);
  const after = withoutPlayers(match, replaced);
  checkRoom(places, after, ask, mode, problems);
  const possible = mode.maxLatencyMs === null ? null : (match.terms?.locations ?? locations);
  const terms = settleTerms(match.terms, ask, possible, problems);
  if (problems.found.length > 0) return refuse({ reason: "invalid_backfill", problems: problems.found });

  const goneIds = after.teams
    .filter(({ name }) => places[name] !== undefined)
    .flatMap(({ players }) => players.filter(({ released }) => released))
    .map(({ playerId }) => playerId);
  return accept({ places, leftIds: new Set([...replaced, ...goneIds]), terms });
}

function checkReplaced(playerIds: readonly string[], match: Match, problems: TicketProblems): ReadonlySet<string> {
  const known = new Set(matchPlayers(match).map(({ playerId }) => playerId));
  playerIds.forEach((playerId, index) => {
    if (!known.has(playerId)) problems.add(["replaces", index], "Nobody of this id is in the match.");
  });
  return new Set(playerIds.filter((playerId) => known.has(playerId)));
}

/** See `checkBackfill`, 1 and 2. */
function wishOf(ask: BackfillAsk, match: Match, open: Backfill | undefined, replaced: ReadonlySet<string>): OpenPlaces {
  const isAdded = ask.places === undefined && open !== undefined;
  const base = ask.places ?? open?.places ?? {};
  const wish = match.teams.map(({ name, players }): [string, number] => {
    const opened = players.filter(({ playerId, left }) => replaced.has(playerId) && !(isAdded && left === true));
    return [name, (Object.hasOwn(base, name) ? (base[name] ?? 0) : 0) + opened.length];
  });
  return Object.fromEntries(wish.filter(([, count]) => count > 0));
}

function withoutPlayers(match: Match, playerIds: ReadonlySet<string>): Match {
  const teams = match.teams.map((team) => ({
    ...team,
    players: team.players.map((player) => (playerIds.has(player.playerId) ? { ...player, released: true } : player)),
  }));
  return { ...match, teams };
}

function checkRoom(
  places: OpenPlaces,
  match: Match,
  { places: asked }: BackfillAsk,
  mode: Mode,
  problems: TicketProblems,
): void {
  for (const team of match.teams) {
    const room = roomOf(team, mode);
    if ((places[team.name] ?? 0) <= room) continue;
    const isNamed = asked?.[team.name] !== undefined;
    problems.add(isNamed ? ["places", team.name] : ["replaces"], `${team.name} has ${room} empty places, all told.`);
  }
  if (Object.keys(places).length === 0) problems.add([], "Nothing is open: say places, replaces, or both.");
  if (match.teams.every((team) => presentPlayers(team).length === 0)) {
    problems.add(["replaces"], "Nobody would be left in the match: there is nothing to join.");
  }
}
