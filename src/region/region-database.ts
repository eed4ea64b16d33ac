import { exportMatches } from "../db/export-matches.ts";
import { DatabaseHealth, guardDatabase } from "../db/guarded-database.ts";
import type { LastMatch } from "../db/last-matches.ts";
import { readLastMatches } from "../db/last-matches.ts";
import type { MatchRecord } from "../db/match-row.ts";
import type { RegionProfile } from "../db/region-profiles.ts";
import { readRegionProfiles } from "../db/region-profiles.ts";

const PROFILE_TIMEOUT_MS = 3_000;
/** Nice to know for a player who connects, and it holds the connection up: memory has the last word soon. */
const LAST_MATCH_TIMEOUT_MS = 1_500;
/** Nobody waits for an export, and D1 itself gives up a statement after 30 s. */
const WRITE_TIMEOUT_MS = 30_000;

/**
 * What a region asks of D1, each with a time limit, and not at all while D1 is known not to answer: an answer that never
 * comes must not hold anybody up, and calls that hang must not pile up (the platform allows six connections at once).
 */
export class RegionDatabase {
  readonly #profiles: D1Database;
  readonly #lastMatches: D1Database;
  readonly #modes: readonly string[];

  constructor(db: D1Database, modes: readonly string[]) {
    const health = new DatabaseHealth();
    this.#profiles = guardDatabase(db, health, { readMs: PROFILE_TIMEOUT_MS, writeMs: WRITE_TIMEOUT_MS });
    this.#lastMatches = guardDatabase(db, health, { readMs: LAST_MATCH_TIMEOUT_MS, writeMs: WRITE_TIMEOUT_MS });
    this.#modes = modes;
  }

  readProfiles(playerIds: readonly string[]): Promise<readonly RegionProfile[]> {
    return readRegionProfiles(this.#profiles, playerIds);
  }

  readLastMatches(playerIds: readonly string[], sinceMs: number): Promise<readonly LastMatch[]> {
    return readLastMatches(this.#lastMatches, playerIds, this.#modes, sinceMs);
  }

  /** @returns rows written */
  export(records: readonly MatchRecord[]): Promise<number> {
    return exportMatches(this.#profiles, records);
  }
}
