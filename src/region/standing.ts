import type { Queue } from "../core/queue.ts";
import type { Standing } from "./rpc.ts";

/** Where a player stands, and for one who waits how long that may take and why. */
export function standingOf(queue: Queue, playerId: string, nowMs: number): Standing {
  const state = queue.stateOf(playerId);
  if (state.type !== "queued") return state;
  const { ticketId } = state.ticket;
  return {
    ...state,
    estimatedWait: queue.estimatedWait(ticketId, nowMs),
    explanation: queue.explain(ticketId, nowMs),
  };
}
