import { connectionOf, withoutAssignment } from "../core/assignment.ts";
import type { Queue } from "../core/queue.ts";
import type { Standing } from "./rpc.ts";

/**
 * Where a player stands: for one who waits how long that may take and why, or what they are asked; for one
 * in a match how to get to its server; and what keeps one who does not wait from queueing.
 */
export function standingOf(queue: Queue, playerId: string, nowMs: number): Standing {
  const state = queue.stateOf(playerId);
  if (state.type === "free") return { ...state, coolDown: queue.coolDownOf(playerId, nowMs) };
  if (state.type === "matched") {
    const { match } = state;
    const connection = connectionOf(match);
    return { ...state, match: withoutAssignment(match), connection, coolDown: queue.coolDownOf(playerId, nowMs) };
  }
  const { ticketId } = state.ticket;
  const readyCheck = queue.readyCheckOf(playerId, nowMs);
  return {
    ...state,
    readyCheck,
    estimatedWait: queue.estimatedWait(ticketId, nowMs),
    // Whoever is asked does not wait for anybody to be found.
    explanation: readyCheck === null ? queue.explain(ticketId, nowMs) : null,
  };
}
