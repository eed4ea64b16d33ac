import type { Mode } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import type { Density } from "./density.ts";
import { JoinJudge } from "./join-judge.ts";
import { NearestTickets } from "./nearest-tickets.ts";
import type { Opening } from "./running-match.ts";
import { RunningMatch } from "./running-match.ts";
import { Tolerances } from "./tolerance.ts";

/** Tickets that are looked at for one match in one tick, as for an overdue ticket. */
const MOST_LOOKED_AT = 2_000;

export interface Joiners {
  readonly opening: Opening;
  /** Tickets of each team, in team order; at least one in all. */
  readonly teams: readonly (readonly Ticket[])[];
}

/**
 * Fills open places of running matches with those who wait.
 *
 * 1. The match that has asked longest comes first; whom it takes is gone for the others.
 * 2. It looks at the waiting tickets by their distance from the middle of its ratings, up to a limit.
 * 3. A ticket that the hard rules allow on some team (`running-match.ts`) comes onto the one on which it costs least, if
 *    that is ripe by the same cost and tolerance as in every tick (`join-judge.ts`). A party comes whole or not at all.
 * 4. Each place is filled as soon as somebody suits; the match goes on asking for the others.
 *
 * Pure and deterministic: the order of `waiting` and of `openings` does not matter.
 *
 * @param openings of `mode`
 * @param waiting all tickets of `mode` that are in line
 * @returns only matches to which somebody comes
 */
export function findJoiners(
  openings: readonly Opening[],
  waiting: readonly Ticket[],
  mode: Mode,
  density: Density,
  nowMs: number,
): Joiners[] {
  const judge = new JoinJudge(mode, new Tolerances(mode, density), nowMs);
  const nearest = new NearestTickets(waiting, nowMs);
  return [...openings].sort(byAge).flatMap((opening) => {
    const match = new RunningMatch(opening, mode);
    if (!match.isDeserted) fill(match, nearest, judge, opening.backfill.enqueuedAtMs);
    const teams = match.teams.map(({ joining }) => joining);
    return teams.some((joining) => joining.length > 0) ? [{ opening, teams }] : [];
  });
}

function fill(match: RunningMatch, nearest: NearestTickets, judge: JoinJudge, openSinceMs: number): void {
  let looks = 0;
  for (const position of nearest.around((match.lowest + match.highest) / 2)) {
    if (looks >= MOST_LOOKED_AT || match.isFull) return;
    looks += 1;
    const ticket = nearest.at(position);
    const team = judge.ripeTeam(match, ticket, openSinceMs);
    if (team === null) continue;
    match.take(ticket, team);
    nearest.take(position);
  }
}

function byAge({ backfill: one }: Opening, { backfill: other }: Opening): number {
  return one.enqueuedAtMs - other.enqueuedAtMs || (one.ticketId < other.ticketId ? -1 : 1);
}
