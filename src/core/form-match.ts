import type { Match } from "./match.ts";
import type { FoundMatch } from "./matching/find-matches.ts";
import type { Mode } from "./mode.ts";
import { teamName } from "./mode.ts";
import { matchQuality } from "./rating/trueskill.ts";

/** A found group as a match on its way to be played. */
export function formMatch(found: FoundMatch, mode: Mode, matchId: string, rev: number, nowMs: number): Match {
  const teams = found.teams.map((tickets, index) => ({
    name: teamName(index),
    players: tickets.flatMap((ticket) =>
      ticket.players.map((player) => ({ ...player, ticketId: ticket.ticketId, released: false })),
    ),
  }));
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
    createdAtMs: nowMs,
    changedAtMs: nowMs,
    deadlineMs: nowMs + mode.matchTimeoutMs,
    result: null,
    failure: null,
  };
}
