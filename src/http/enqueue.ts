import type { Context } from "hono";
import type { Result } from "../core/result.ts";
import type { Constraints } from "../core/ticket.ts";
import type { EnqueueCall, EnqueueCallRefusal, TicketReceipt } from "../region/rpc.ts";
import type { AppEnv } from "./app-env.ts";
import { callRegion } from "./call-region.ts";
import { rememberHomeRegion } from "./home-region.ts";
import type { Enqueue } from "./schemas/queue.ts";

const NO_CONSTRAINTS: Constraints = {};

/** The body in the region's terms. */
export function enqueueCall(body: Enqueue, isSystem: boolean): EnqueueCall {
  return {
    playerId: body.player_id,
    ...(typeof body.mode === "string" && { mode: body.mode }),
    constraints: constraintsOf(body.constraints ?? {}),
    isSystem,
    release: body.release === true,
  };
}

function constraintsOf({ max_rating_gap, avoid }: NonNullable<Enqueue["constraints"]>): Constraints {
  if (max_rating_gap === undefined && avoid === undefined) return NO_CONSTRAINTS;
  return {
    ...(max_rating_gap !== undefined && { maxRatingGap: max_rating_gap }),
    ...(avoid !== undefined && { avoid }),
  };
}

export interface EnqueueOutcome {
  /** The region that answered. */
  readonly region: string;
  readonly outcome: Result<TicketReceipt, EnqueueCallRefusal | { readonly reason: "region_closed" }>;
}

/** Asks the region that should be the player's home; when it names another one, follows there, once. */
export async function enqueueFrom(c: Context<AppEnv>, region: string, call: EnqueueCall): Promise<EnqueueOutcome> {
  const outcome = await callRegion(c.env, region, (stub) => stub.enqueue(call));
  if (outcome.ok || outcome.refusal.reason !== "elsewhere") return { region, outcome };
  const home = outcome.refusal.region;
  if (!c.get("config").regions.includes(home))
    return { region, outcome: { ok: false, refusal: { reason: "region_closed" } } };
  rememberHomeRegion(call.playerId, home);
  return { region: home, outcome: await callRegion(c.env, home, (stub) => stub.enqueue(call)) };
}
