/** `<ULID>-<REGION>`: sorts by time, and says which region to ask. */
const MATCH_ID = /^([0-9A-HJKMNP-TV-Z]{26})-([A-Z][A-Z0-9_]{0,15})$/;

/** The region that a match id names, or null if it is no match id of one of these. @param regions open or closed */
export function regionOfMatch(matchId: string, regions: readonly string[]): string | null {
  const region = MATCH_ID.exec(matchId)?.[2];
  return region !== undefined && regions.includes(region) ? region : null;
}
