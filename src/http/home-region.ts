import type { Context } from "hono";
import type { Result } from "../core/result.ts";
import { accept, refuse } from "../core/result.ts";
import { findRegionOfPlayer } from "../db/players.ts";
import type { AppEnv } from "./app-env.ts";
import { BoundedMap } from "./bounded-map.ts";
import { askDatabase } from "./outside-failures.ts";

export type HomeRegionRefusal =
  | { readonly reason: "unknown_player"; readonly playerIds: readonly string[] }
  | { readonly reason: "region_closed" };

/** Player → home region, as this isolate last heard. A stale entry costs one detour: the old region names the new. */
const remembered = new BoundedMap<string, string>(50_000);

export function rememberHomeRegion(playerId: string, region: string): void {
  remembered.set(playerId, region);
}

/**
 * Where a player queues: from their own token, else from this isolate's memory, else from D1. Only configured regions
 * come out of here, so no object is ever made for a name that somebody made up.
 */
export async function homeRegionOf(c: Context<AppEnv>, playerId: string): Promise<Result<string, HomeRegionRefusal>> {
  const { player } = c.get("caller");
  const { regions } = c.get("config");
  const hint = player?.playerId === playerId ? player.region : remembered.get(playerId);
  if (hint !== undefined && regions.includes(hint)) return accept(hint);
  const region = await askDatabase(findRegionOfPlayer(c.env.DB, playerId));
  if (region === null) return refuse({ reason: "unknown_player", playerIds: [playerId] });
  if (!regions.includes(region)) return refuse({ reason: "region_closed" });
  remembered.set(playerId, region);
  return accept(region);
}
