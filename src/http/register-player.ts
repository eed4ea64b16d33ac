import type { Context } from "hono";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import type { EarlierRegistration } from "../db/idempotency.ts";
import { findRegistration } from "../db/idempotency.ts";
import type { NewPlayer } from "../db/players.ts";
import { insertPlayer } from "../db/players.ts";
import type { AppEnv } from "./app-env.ts";
import { addressOf } from "./caller-address.ts";
import { hashedKey } from "./idempotency-key.ts";
import { askDatabase, DatabaseUnavailable } from "./outside-failures.ts";

/** How long a key repeats its registration. Afterwards it is refused until the cron forgets it. */
const IDEMPOTENCY_WINDOW_MS = 600_000;

export interface Registration {
  readonly username: string;
  readonly region: string;
  readonly idempotencyKey: string | null;
}

export interface RegisteredPlayer {
  readonly playerId: string;
  readonly region: string;
  readonly isNew: boolean;
}

export type RegistrationRefusal =
  | { readonly reason: "idempotency_key_reused" }
  | { readonly reason: "player_revoked"; readonly playerIds: readonly string[] };

export type RegistrationResult = Result<RegisteredPlayer, RegistrationRefusal>;

/**
 * Makes a player, once for each idempotency key.
 *
 * 1. The key, the player and the first rating go to D1 in one batch; the key's primary key lets one of them through.
 * 2. If the batch fails, whoever holds the key decides: an equal registration of the last 10 minutes is answered with
 *    its player. That covers a repeat, a race, and a batch that was written though its answer was lost.
 * 3. The answer holds a token, and the name is public and proves nothing; so a key that others could guess is repeated only
 *    to the address that used it first: `hashedKey`.
 * 4. A player whose tokens were taken back gets none that way.
 * 5. If nobody holds the key, D1 has failed.
 */
export async function registerPlayer(
  c: Context<AppEnv>,
  registration: Registration,
  nowMs: number,
): Promise<RegistrationResult> {
  const { username, region, idempotencyKey } = registration;
  const sender = c.get("caller").isSystem
    ? ({ isSystem: true } as const)
    : { isSystem: false as const, address: addressOf(c) };
  const key = idempotencyKey === null ? null : hashedKey(idempotencyKey, sender, { username, region });
  const player = newPlayer(c, registration, nowMs);
  try {
    const rowsWritten = await insertPlayer(c.env.DB, player, key);
    c.get("metrics").rowsWritten.inc({ store: "d1" }, rowsWritten);
    return accept({ playerId: player.playerId, region: player.region, isNew: true });
  } catch (error) {
    const earlier = key === null ? null : await askDatabase(findRegistration(c.env.DB, key.keyHash));
    if (key === null || earlier === null) throw new DatabaseUnavailable(error);
    return repeatRegistration(earlier, key.bodyHash, nowMs);
  }
}

/** What the key's first registration led to. */
function repeatRegistration(earlier: EarlierRegistration, bodyHash: string, nowMs: number): RegistrationResult {
  const { playerId, region, isRevoked } = earlier;
  const isSame = earlier.bodyHash === bodyHash && nowMs - earlier.createdAtMs <= IDEMPOTENCY_WINDOW_MS;
  if (!isSame) return refuse({ reason: "idempotency_key_reused" });
  if (isRevoked) return refuse({ reason: "player_revoked", playerIds: [playerId] });
  return accept({ playerId, region, isNew: false });
}

export function newPlayer(
  c: Context<AppEnv>,
  { username, region }: Pick<Registration, "username" | "region">,
  nowMs: number,
): NewPlayer {
  const { name: mode, rating } = c.get("config").modes.defaultMode;
  return { playerId: crypto.randomUUID(), username, region, createdAtMs: nowMs, mode, rating };
}
