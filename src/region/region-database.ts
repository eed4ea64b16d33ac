import { exportMatches } from "../db/export-matches.ts";
import type { LastMatch } from "../db/last-matches.ts";
import { readLastMatches } from "../db/last-matches.ts";
import type { MatchRecord } from "../db/match-row.ts";
import type { RegionProfile } from "../db/region-profiles.ts";
import { readRegionProfiles } from "../db/region-profiles.ts";
import { withTimeout } from "../with-timeout.ts";

const READ_TIMEOUT_MS = 5_000;
const WRITE_TIMEOUT_MS = 30_000;

/** What a region asks of D1, each with a time limit: an answer that never comes must not hold anybody up for ever. */
export class RegionDatabase {
  readonly #db: D1Database;
  readonly #modes: readonly string[];

  constructor(db: D1Database, modes: readonly string[]) {
    this.#db = db;
    this.#modes = modes;
  }

  readProfiles(playerIds: readonly string[]): Promise<readonly RegionProfile[]> {
    return withTimeout(readRegionProfiles(this.#db, playerIds), READ_TIMEOUT_MS, "D1");
  }

  readLastMatches(playerIds: readonly string[], sinceMs: number): Promise<readonly LastMatch[]> {
    return withTimeout(readLastMatches(this.#db, playerIds, this.#modes, sinceMs), READ_TIMEOUT_MS, "D1");
  }

  /** @returns rows written */
  export(records: readonly MatchRecord[]): Promise<number> {
    return withTimeout(exportMatches(this.#db, records), WRITE_TIMEOUT_MS, "D1");
  }
}
