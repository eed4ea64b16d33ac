import type { Backfill } from "../core/backfill.ts";
import type { MatchRecord } from "../db/match-row.ts";
import { recordOf } from "../db/match-row.ts";
import { findMatch } from "../db/matches.ts";
import type { Env } from "../env.ts";
import { timestamp } from "../wire/common.ts";
import { callRegion } from "./call-region.ts";
import { askDatabase } from "./outside-failures.ts";
import type { BackfillStatus } from "./schemas/backfills.ts";

/** What is known of a match's backfill. */
export interface KnownBackfill {
  readonly record: MatchRecord;
  /** Null: it asks for nobody. */
  readonly backfill: Backfill | null;
}

/**
 * From the match's region, which says both at one instant; a match that it has let go of asks for nobody.
 *
 * @returns null: no such match
 */
export async function findBackfill(env: Env, matchId: string, region: string): Promise<KnownBackfill | null> {
  const standing = await callRegion(env, region, (stub) => stub.backfillOf(matchId));
  if (standing !== null) return { record: recordOf(standing.match, region), backfill: standing.backfill };
  const record = await askDatabase(findMatch(env.DB, matchId));
  return record === null ? null : { record, backfill: null };
}

/** A backfill as the API shows it. */
export function backfillStatusBody({ record, backfill }: KnownBackfill, nowMs: number): BackfillStatus {
  const cameByTeam = record.teams.map(({ name, players }): [string, string[]] => [
    name,
    players.filter(({ filled_in }) => filled_in === true).map(({ player_id }) => player_id),
  ]);
  return {
    status: backfill === null ? "not_queued" : "queued",
    match_id: record.matchId,
    ticket_id: backfill?.ticketId ?? null,
    places: { ...backfill?.places },
    enqueued_at: backfill === null ? null : timestamp(backfill.enqueuedAtMs),
    waited_s: backfill === null ? null : Math.max(0, nowMs - backfill.enqueuedAtMs) / 1_000,
    filled_in: Object.fromEntries(cameByTeam.filter(([, playerIds]) => playerIds.length > 0)),
  };
}
