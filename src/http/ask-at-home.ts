import type { Context } from "hono";
import type { Result } from "../core/result.ts";
import { refuse } from "../core/result.ts";
import type { RegionRpc } from "../region/rpc.ts";
import type { AppEnv } from "./app-env.ts";
import { callRegion } from "./call-region.ts";
import { rememberHomeRegion } from "./home-region.ts";

export interface HomeAnswer<Value, Refusal extends { readonly reason: string }> {
  /** The region that answered. */
  readonly region: string;
  readonly outcome: Result<Value, Refusal | { readonly reason: "region_closed" }>;
}

/** Asks the region that should be the player's home; when it names another one, follows there, once. */
export async function askAtHome<Value, Refusal extends { readonly reason: string }>(
  c: Context<AppEnv>,
  region: string,
  playerId: string,
  ask: (stub: RegionRpc) => Promise<Result<Value, Refusal>>,
): Promise<HomeAnswer<Value, Refusal>> {
  const outcome = await callRegion(c.env, region, ask);
  if (outcome.ok || !isElsewhere(outcome.refusal)) return { region, outcome };
  const home = outcome.refusal.region;
  if (!c.get("config").regions.includes(home)) return { region, outcome: refuse({ reason: "region_closed" }) };
  rememberHomeRegion(playerId, home);
  return { region: home, outcome: await callRegion(c.env, home, ask) };
}

function isElsewhere(refusal: object): refusal is { readonly reason: "elsewhere"; readonly region: string } {
  return "reason" in refusal && refusal.reason === "elsewhere" && "region" in refusal;
}
