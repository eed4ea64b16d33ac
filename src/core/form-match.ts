import { assert } from "./assert.ts";
import type { Awaiting } from "./assignment.ts";
import type { Match, MatchPlayer } from "./match.ts";
import { agreeOnTerms } from "./match-terms.ts";
import type { FoundMatch } from "./matching/found-match.ts";
import type { Mode } from "./mode.ts";
import { teamName } from "./mode.ts";
import { matchQuality } from "./rating/trueskill.ts";
import { seatTickets } from "./seat-tickets.ts";
import type { Ticket } from "./ticket.ts";
import { limitsOf } from "./ticket-limits.ts";

/** A found group as a match on its way to be played: who plays which role, and what its tickets agree on. */
export function formMatch(found: FoundMatch, mode: Mode, matchId: string, rev: number, nowMs: number): Match {
  const teams = found.teams.map((tickets, index) => ({ name: teamName(index), players: seatTeam(tickets, mode) }));
  const tickets = found.teams.flat();
  const terms = agreeOnTerms(tickets, mode);
  const limits = limitsOf(tickets);
  return {
    matchId,
    rev,
    mode: mode.name,
    status: "pending",
    quality: matchQuality(
      teams.map((team) => team.players),
      mode.rating,
    ),
    teams,
    ...(terms !== null && { terms }),
    ...(limits !== undefined && { limits }),
    ...(mode.assignWithinS !== null && { assignment: awaitServer(tickets, mode.assignWithinS, nowMs) }),
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    deadlineMs: nowMs + mode.matchTimeoutMs,
    result: null,
    failure: null,
  };
}

function awaitServer(tickets: readonly Ticket[], withinS: number, nowMs: number): Awaiting {
  return { type: "awaiting", tickets, deadlineMs: nowMs + withinS * 1_000 };
}

function seatTeam(tickets: readonly Ticket[], mode: Mode): MatchPlayer[] {
  const players = seatTickets(tickets, mode.roles, mode);
  const places = Object.values(mode.roles).reduce((sum, count) => sum + count, 0);
  const seated = players.filter(({ role }) => typeof role === "string").length;
  assert(seated === places, "a team's players can fill its role places");
  return players;
}
