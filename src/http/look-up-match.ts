import type { MatchRecord } from "../db/match-row.ts";
import { recordOf } from "../db/match-row.ts";
import { findMatch } from "../db/matches.ts";
import type { Env } from "../env.ts";
import { callRegion } from "./call-region.ts";
import { askDatabase, DatabaseUnavailable } from "./outside-failures.ts";

/** D1 answers in less; when it takes longer, a live match must not wait for it. */
const HEAD_START_MS = 300;

/**
 * A match from wherever it is best known: D1 has the last word on one that is over, its region on a live one.
 *
 * 1. D1 is asked first, because most lookups are of matches that are over and cost their region nothing then.
 * 2. D1 takes its time, or it is out: the region is asked beside it. A match that lives there is the answer.
 * 3. Otherwise D1's answer counts; of a match that is not over there, what the region says of it.
 *
 * @param region the configured region that the match id names
 * @returns null only when D1 and the region have both said that they do not know it
 * @throws {DatabaseUnavailable} when D1 is out and the region does not have the match: it may well exist
 */
export async function lookUpMatch(env: Env, matchId: string, region: string): Promise<MatchRecord | null> {
  const looking = storedMatch(env, matchId);
  if (!(await isOverWithin(looking, HEAD_START_MS))) {
    const live = await liveMatch(env, matchId, region);
    if (live !== null) return live;
  }
  const stored = await looking;
  if (stored instanceof DatabaseUnavailable) {
    const live = await liveMatch(env, matchId, region);
    if (live === null) throw stored;
    return live;
  }
  if (stored !== null && (stored.status === "finished" || stored.status === "cancelled")) return stored;
  // A region lets go of a match once D1 has its end, which may have come after the first look.
  return (await liveMatch(env, matchId, region)) ?? (await askDatabase(findMatch(env.DB, matchId)));
}

async function storedMatch(env: Env, matchId: string): Promise<MatchRecord | null | DatabaseUnavailable> {
  try {
    return await askDatabase(findMatch(env.DB, matchId));
  } catch (error) {
    if (error instanceof DatabaseUnavailable) return error;
    throw error;
  }
}

async function liveMatch(env: Env, matchId: string, region: string): Promise<MatchRecord | null> {
  const match = await callRegion(env, region, (stub) => stub.match(matchId));
  return match === null ? null : recordOf(match, region);
}

async function isOverWithin(work: Promise<unknown>, ms: number): Promise<boolean> {
  const time = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => time.resolve(false), ms);
  try {
    return await Promise.race([work.then(() => true), time.promise]);
  } finally {
    clearTimeout(timer);
  }
}
