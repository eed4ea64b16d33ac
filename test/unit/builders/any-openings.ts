import fc from "fast-check";
import { roomOf } from "../../../src/core/backfill.ts";
import { formMatch } from "../../../src/core/form-match.ts";
import type { Match } from "../../../src/core/match.ts";
import { presentPlayers } from "../../../src/core/match.ts";
import type { Density } from "../../../src/core/matching/density.ts";
import { findMatches } from "../../../src/core/matching/find-matches.ts";
import type { Opening } from "../../../src/core/matching/running-match.ts";
import type { Mode } from "../../../src/core/mode.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import { aBackfill } from "./an-opening.ts";
import type { TickPool } from "./any-pool.ts";
import { anyPool, NOW_MS, SMALL_SHAPES } from "./any-pool.ts";

/** Running matches of a mode that ask for players, and those who wait beside them. */
export interface OpenWorld {
  readonly mode: Mode;
  readonly density: Density;
  readonly openings: readonly Opening[];
  readonly waiting: readonly Ticket[];
  /** Of everybody who waits or plays, by id. */
  readonly tickets: ReadonlyMap<string, Ticket>;
}

/** Matches that the matcher made of some of a pool; some of their players left, and the rest of the pool waits. */
export const anyOpenings: fc.Arbitrary<OpenWorld> = fc
  .record({
    pool: anyPool({ shapes: SMALL_SHAPES, hasParties: true, hasRules: true, mostMatches: 6 }),
    playing: fc.constantFrom(1, 2, 3),
    leaving: fc.array(fc.boolean(), { minLength: 6, maxLength: 6 }),
    enqueuedAtMs: fc.constantFrom(0, 200_000, 295_000, NOW_MS),
  })
  .map(({ pool, playing, leaving, enqueuedAtMs }) => {
    // A mode in which everybody is overdue makes a match of whatever the rules allow.
    const hasty = { ...pool.mode, overdue: { naturalWaits: 0, leastS: 0, mostS: 0 } };
    const found = findMatches(pool.tickets, hasty, pool.density, NOW_MS).matches.slice(0, playing);
    const matches = found.map((group, index) => formMatch(group, pool.mode, `match-${index}`, index + 1, NOW_MS));
    const playingIds = new Set(found.flatMap(({ teams }) => teams.flat()).map(({ ticketId }) => ticketId));
    return {
      mode: pool.mode,
      density: pool.density,
      openings: matches.map((match, index) => opened(match, leaving, enqueuedAtMs - index, pool)),
      waiting: pool.tickets.filter(({ ticketId }) => !playingIds.has(ticketId)),
      tickets: new Map(pool.tickets.map((ticket) => [ticket.ticketId, ticket])),
    };
  });

/** Whoever sits where `leaving` says is gone, but the first player stays. */
function opened(match: Match, leaving: readonly boolean[], enqueuedAtMs: number, { mode }: TickPool): Opening {
  let seat = -1;
  const teams = match.teams.map((team) => ({
    ...team,
    players: team.players.map((player) => {
      seat += 1;
      return leaving[seat] === true && seat > 0 ? { ...player, released: true } : player;
    }),
  }));
  const places = teams.map((team): [string, number] => [team.name, roomOf(team, mode)]);
  const backfill = aBackfill({
    ticketId: `backfill-${match.matchId}`,
    matchId: match.matchId,
    mode: mode.name,
    places: Object.fromEntries(places.filter(([, count]) => count > 0)),
    enqueuedAtMs,
  });
  return { backfill, match: { ...match, teams }, locations: match.terms?.locations ?? ["EUW", "NA", "JPN"] };
}

/** The tickets of those who are in a match, with those of their players who are. */
export function presentTickets({ teams }: Match, tickets: ReadonlyMap<string, Ticket>): Ticket[][] {
  return teams.map((team) => {
    const present = new Set(presentPlayers(team).map(({ playerId }) => playerId));
    const ticketIds = new Set(presentPlayers(team).map(({ ticketId }) => ticketId));
    return [...ticketIds].flatMap((ticketId) => {
      const ticket = tickets.get(ticketId);
      return ticket === undefined
        ? []
        : [{ ...ticket, players: ticket.players.filter(({ playerId }) => present.has(playerId)) }];
    });
  });
}
