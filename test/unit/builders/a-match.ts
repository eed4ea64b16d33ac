import type { Match, MatchPlayer, Team } from "../../../src/core/match.ts";
import { aPlayer } from "./a-player.ts";

/** A seat of a new player who came with a ticket of their own. */
export function aSeat(playerId: string, overrides: Partial<MatchPlayer> = {}): MatchPlayer {
  return { ...aPlayer(playerId), ticketId: `ticket-of-${playerId}`, released: false, ...overrides };
}

export function aTeam(name: string, ...players: (string | MatchPlayer)[]): Team {
  return { name, players: players.map((player) => (typeof player === "string" ? aSeat(player) : player)) };
}

/** Ann and Bob against Cay and Dan: 2v2, made at time 0, pending for an hour. */
export function aMatch(overrides: Partial<Match> = {}): Match {
  return {
    matchId: "match-1",
    rev: 1,
    mode: "2v2",
    status: "pending",
    quality: 0.447,
    teams: [aTeam("teamA", "ann", "bob"), aTeam("teamB", "cay", "dan")],
    createdAtMs: 0,
    changedAtMs: 0,
    deadlineMs: 3_600_000,
    result: null,
    failure: null,
    ...overrides,
  };
}
