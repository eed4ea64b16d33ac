import type { AssignRefusal } from "../core/assignment.ts";
import type { Connection } from "../core/connection.ts";
import type { Result } from "../core/result.ts";
import { refuse } from "../core/result.ts";
import { findMatch } from "../db/matches.ts";
import type { Env } from "../env.ts";
import { callRegion } from "./call-region.ts";
import { askDatabase } from "./outside-failures.ts";

/** Tells the match's region of a game server; D1 says what became of a match that the region has let go of. */
export async function assignServer(
  env: Env,
  matchId: string,
  region: string,
  connection: Connection,
): Promise<Result<null, AssignRefusal>> {
  const outcome = await callRegion(env, region, (stub) => stub.assign(matchId, connection));
  if (outcome.ok || outcome.refusal.reason !== "unknown_match") return outcome;
  const stored = await askDatabase(findMatch(env.DB, matchId));
  return stored === null ? outcome : refuse({ reason: "not_assignable", status: stored.status });
}
