import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";
import type { Identity } from "./auth/caller.ts";
import { bearerToken, credentialsOf } from "./auth/credentials.ts";

/** For answers that hold a token (RFC 6750, section 5.3): no cache may keep it. */
export const NOT_STORED = { "cache-control": "no-store" };

/** A fresh token for a player, in the form of the answer. @param notBeforeMs see `PlayerTokens.issue` */
export async function issueToken(c: Context<AppEnv>, playerId: string, region: string, notBeforeMs = 0) {
  const { playerTokens } = await credentialsOf(c.get("config"));
  return {
    player_id: playerId,
    access_token: await playerTokens.issue(playerId, region, Date.now(), notBeforeMs),
    token_type: "bearer" as const,
    expires_in: playerTokens.ttlSeconds,
  };
}

/**
 * The provider's own token once more, in the same form. A token of ours in its place would outlive whatever its provider
 * says about the player later.
 */
export function sameToken(c: Context<AppEnv>, playerId: string, { expiresAtMs }: Identity) {
  return {
    player_id: playerId,
    access_token: bearerToken(c.req.header("authorization") ?? "") ?? "",
    token_type: "bearer" as const,
    expires_in: Math.max(0, Math.floor((expiresAtMs - Date.now()) / 1_000)),
  };
}
