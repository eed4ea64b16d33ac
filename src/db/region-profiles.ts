import type { SequencedRating } from "../core/rating/player-rating.ts";

/** What a region needs to know of a player: where they belong and how good they are in each mode played so far. */
export interface RegionProfile {
  readonly playerId: string;
  readonly region: string;
  readonly ratings: ReadonlyMap<string, SequencedRating>;
}

interface ProfileRow extends SequencedRating {
  readonly player_id: string;
  readonly region: string;
  /** Null for a player without any rating yet. */
  readonly mode: string | null;
}

/** Home regions and ratings in every mode of the given players; unknown ones are left out. */
export async function readRegionProfiles(db: D1Database, playerIds: readonly string[]): Promise<RegionProfile[]> {
  const { results } = await db.prepare(READ).bind(JSON.stringify(playerIds)).all<ProfileRow>();
  const profiles = new Map<string, { region: string; ratings: Map<string, SequencedRating> }>();
  for (const { player_id, region, mode, mu, sigma, seq } of results) {
    const profile = profiles.get(player_id) ?? { region, ratings: new Map() };
    profiles.set(player_id, profile);
    if (mode !== null) profile.ratings.set(mode, { mu, sigma, seq });
  }
  return [...profiles].map(([playerId, { region, ratings }]) => ({ playerId, region, ratings }));
}

const READ = `
  SELECT p.player_id, p.region, r.mode, r.mu, r.sigma, r.seq
  FROM json_each(?1) j
  JOIN players p ON p.player_id = j.value
  LEFT JOIN ratings r ON r.player_id = p.player_id`;
