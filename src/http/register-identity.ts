import type { Context } from "hono";
import { findPlayerOfIdentity, insertPlayerOfIdentity } from "../db/identities.ts";
import type { AppEnv } from "./app-env.ts";
import type { Identity } from "./auth/caller.ts";
import { askDatabase, DatabaseUnavailable } from "./outside-failures.ts";
import type { RegisteredPlayer, Registration } from "./register-player.ts";
import { newPlayer } from "./register-player.ts";

/**
 * Makes the player of an identity, once: whatever a repeat asks for, it gets the player that the first registration made.
 *
 * 1. The identity, the player and the first rating go to D1 in one batch; the identity's primary key lets one of them
 *    through.
 * 2. If the batch fails, the identity's player is the answer. That covers a repeat, a race, and a batch that was
 *    written though its answer was lost.
 * 3. If the identity has no player, D1 has failed.
 *
 * @throws {DatabaseUnavailable}
 */
export async function registerIdentity(
  c: Context<AppEnv>,
  identity: Identity,
  wanted: Pick<Registration, "username" | "region">,
  nowMs: number,
): Promise<RegisteredPlayer> {
  const player = newPlayer(c, wanted, nowMs);
  try {
    const rowsWritten = await insertPlayerOfIdentity(c.env.DB, player, identity);
    c.get("metrics").rowsWritten.inc({ store: "d1" }, rowsWritten);
    return { playerId: player.playerId, region: player.region, isNew: true };
  } catch (error) {
    const earlier = await askDatabase(findPlayerOfIdentity(c.env.DB, identity));
    if (earlier === null) throw new DatabaseUnavailable(error);
    return { ...earlier, isNew: false };
  }
}
