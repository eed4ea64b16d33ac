import type { Context } from "hono";
import type { Revocation } from "../core/revocations.ts";
import type { WrittenRevocation } from "../db/revocations.ts";
import { writeLetIn, writeRevocation } from "../db/revocations.ts";
import type { AppEnv } from "./app-env.ts";
import { auditEntry } from "./audit.ts";
import { revocationListOf } from "./auth/check-revoked.ts";
import { callRegion } from "./call-region.ts";
import { askDatabase } from "./outside-failures.ts";

/**
 * Takes a player's tokens back.
 *
 * 1. D1 gets it first, with the audit log's entry: it is the truth, and every isolate reads it within ten seconds.
 * 2. This isolate knows it at once, and so does the player's region, which keeps it: it closes the player's sockets and
 *    refuses from then on, whether D1 answers or not.
 * 3. A region that is closed is told as well, since it may be opened again. One that is no longer configured has no
 *    object to tell: nothing but D1 knows of its players.
 * 4. If the region does not answer, the caller hears 503 and sends the same call again, which does all of it again.
 *
 * A token's time is a whole second, so every token of the present second is void too.
 */
export async function revokePlayer(
  c: Context<AppEnv>,
  { playerId, region, isLockedOut }: { playerId: string; region: string; isLockedOut: boolean },
  nowMs: number,
): Promise<Revocation | null> {
  const tokensFromMs = (Math.floor(nowMs / 1_000) + 1) * 1_000;
  const revocation = { playerId, tokensFromMs, isLockedOut, changedAtMs: nowMs };
  const entry = auditEntry(c, isLockedOut ? "player_revoked" : "player_tokens_voided", playerId, nowMs);
  return tell(c, region, await askDatabase(writeRevocation(c.env.DB, revocation, entry)));
}

/** Lets a player in again. @returns null: nobody had ever taken their tokens back */
export async function letPlayerIn(
  c: Context<AppEnv>,
  { playerId, region }: { playerId: string; region: string },
  nowMs: number,
): Promise<Revocation | null> {
  const entry = auditEntry(c, "player_let_in", playerId, nowMs);
  return tell(c, region, await askDatabase(writeLetIn(c.env.DB, playerId, nowMs, entry)));
}

/** Tells those who have to know at once what D1 has by now. */
async function tell(
  c: Context<AppEnv>,
  region: string,
  { revocation, rowsWritten }: WrittenRevocation,
): Promise<Revocation | null> {
  c.get("metrics").rowsWritten.inc({ store: "d1" }, rowsWritten);
  if (revocation === null) return null;
  revocationListOf(c.get("config")).put(revocation);
  // A region that is not served any more has nobody whom this concerns.
  const isServed = c.get("config").knownRegions.includes(region);
  if (isServed) await callRegion(c.env, region, (stub) => stub.revoke(revocation));
  return revocation;
}
