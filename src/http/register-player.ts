import { createHash } from "node:crypto";
import type { Context } from "hono";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import type { NewIdempotencyKey } from "../db/idempotency.ts";
import { findRegistration } from "../db/idempotency.ts";
import type { NewPlayer } from "../db/players.ts";
import { insertPlayer } from "../db/players.ts";
import type { AppEnv } from "./app-env.ts";
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

export type RegistrationResult = Result<RegisteredPlayer, { readonly reason: "idempotency_key_reused" }>;

/**
 * Makes a player, once for each idempotency key.
 *
 * 1. The key, the player and the first rating go to D1 in one batch; the key's primary key lets one of them through.
 * 2. If the batch fails, whoever holds the key decides: an equal registration of the last 10 minutes is answered with
 *    its player. That covers a repeat, a race, and a batch that was written though its answer was lost.
 * 3. If nobody holds the key, D1 has failed.
 */
export async function registerPlayer(
  c: Context<AppEnv>,
  registration: Registration,
  nowMs: number,
): Promise<RegistrationResult> {
  const key = hashedKey(registration);
  const player = newPlayer(c, registration, nowMs);
  try {
    const rowsWritten = await insertPlayer(c.env.DB, player, key);
    c.get("metrics").rowsWritten.inc({ store: "d1" }, rowsWritten);
    return accept({ playerId: player.playerId, region: player.region, isNew: true });
  } catch (error) {
    const repeated = key === null ? null : await repeatRegistration(c.env.DB, key, nowMs);
    if (repeated === null) throw new DatabaseUnavailable(error);
    return repeated;
  }
}

/** @returns what the key's first registration led to, or null if nobody holds the key */
async function repeatRegistration(
  db: D1Database,
  { keyHash, bodyHash }: NewIdempotencyKey,
  nowMs: number,
): Promise<RegistrationResult | null> {
  const earlier = await askDatabase(findRegistration(db, keyHash));
  if (earlier === null) return null;
  const isSame = earlier.bodyHash === bodyHash && nowMs - earlier.createdAtMs <= IDEMPOTENCY_WINDOW_MS;
  if (!isSame) return refuse({ reason: "idempotency_key_reused" });
  return accept({ playerId: earlier.playerId, region: earlier.region, isNew: false });
}

export function newPlayer(
  c: Context<AppEnv>,
  { username, region }: Pick<Registration, "username" | "region">,
  nowMs: number,
): NewPlayer {
  const { name: mode, rating } = c.get("config").modes.defaultMode;
  return { playerId: crypto.randomUUID(), username, region, createdAtMs: nowMs, mode, rating };
}

function hashedKey({ username, region, idempotencyKey }: Registration): NewIdempotencyKey | null {
  if (idempotencyKey === null) return null;
  return { keyHash: sha256(idempotencyKey), bodyHash: sha256(JSON.stringify({ username, region })) };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
