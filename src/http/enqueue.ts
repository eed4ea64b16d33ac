import type { Result } from "../core/result.ts";
import type { EnqueueCall, EnqueueCallRefusal, EnqueuePartyCall, RegionRpc, TicketReceipt } from "../region/rpc.ts";
import { constraintsOf } from "../wire/constraints.ts";
import type { Enqueue } from "./schemas/queue.ts";

/** What to ask the player's region for: a place for the player, or for all those whom the system put together. */
export function enqueueWith(
  body: Enqueue,
  isSystem: boolean,
): (stub: RegionRpc) => Promise<Result<TicketReceipt, EnqueueCallRefusal>> {
  if (isSaid(body.party)) {
    const call = { ...enqueuePartyCall(body, body.party), ...leaseOf(body, isSystem) };
    return (stub) => stub.enqueueParty(call);
  }
  const call = { ...enqueueCall(body, isSystem), ...leaseOf(body, isSystem) };
  return (stub) => stub.enqueue(call);
}

/** The body in the region's terms. */
function enqueueCall(body: Enqueue, isSystem: boolean): EnqueueCall {
  return { playerId: body.player_id, ...wishesOf(body), isSystem, release: body.release === true };
}

/** The one who is named apart comes first: the party queues in that player's region. */
function enqueuePartyCall(body: Enqueue, party: readonly string[]): EnqueuePartyCall {
  const others = party.filter((playerId) => playerId !== body.player_id);
  return { playerIds: [body.player_id, ...others], ...wishesOf(body) };
}

function wishesOf({ mode, constraints }: Enqueue): Pick<EnqueueCall, "mode" | "constraints"> {
  return {
    ...(isSaid(mode) && { mode }),
    constraints: constraintsOf(constraints),
  };
}

/** A player has to come back now and then; the system does not, unless it says so. */
function leaseOf({ lease_s }: Enqueue, isSystem: boolean): Pick<EnqueueCall, "lease"> {
  if (isSaid(lease_s)) return { lease: { kind: "http", ms: lease_s * 1_000 } };
  return isSystem ? {} : { lease: { kind: "http" } };
}

function isSaid<Value>(value: Value | null | undefined): value is Value {
  return value !== null && value !== undefined;
}
