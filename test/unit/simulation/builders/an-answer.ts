import type { MatchAnswer, ModeAnswer, Profile } from "../../../../simulation/answers.ts";

export function aModeAnswer(overrides: Partial<ModeAnswer> = {}): ModeAnswer {
  return {
    name: "2v2",
    is_default: true,
    teams: ["teamA", "teamB"],
    team_size: 2,
    rating: { beta: 25 / 6 },
    ...overrides,
  };
}

/** A pending 2v2 match of new players. */
export function aMatchAnswer(
  teams: Record<string, readonly string[]>,
  overrides: Partial<MatchAnswer> = {},
): MatchAnswer {
  return {
    match_id: "m1",
    mode: "2v2",
    region: "EUW",
    status: "pending",
    quality: 0.447,
    players: Object.fromEntries(
      Object.entries(teams).map(([team, playerIds]) => [
        team,
        playerIds.map((player_id) => ({ player_id, mu: 25, sigma: 25 / 3 })),
      ]),
    ),
    placements: null,
    created_at: "2026-01-01T00:00:00.000Z",
    ...overrides,
  };
}

export function aProfile(playerId: string, rated: { mu?: number; sigma?: number; matches?: number } = {}): Profile {
  return { player_id: playerId, ratings: { "2v2": { mu: 25, sigma: 25 / 3, matches: 0, ...rated } } };
}
