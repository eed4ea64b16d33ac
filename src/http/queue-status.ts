import type { PlayerState } from "../core/queue-calls.ts";
import { timestamp } from "./schemas/common.ts";
import type { QueueStatus } from "./schemas/queue.ts";

/** Where a player stands, as the API shows it: queued, in a match, or neither. */
export function queueStatusBody(playerId: string, region: string, state: PlayerState, nowMs: number): QueueStatus {
  const neither: QueueStatus = {
    player_id: playerId,
    enqueued: false,
    state: null,
    region: null,
    mode: null,
    ticket_id: null,
    enqueued_at: null,
    waited_s: null,
    match_id: null,
  };
  switch (state.type) {
    case "free":
      return neither;
    case "matched":
      return { ...neither, state: "matched", mode: state.match.mode, match_id: state.match.matchId };
    case "queued":
      return {
        ...neither,
        enqueued: true,
        state: "queued",
        region,
        mode: state.ticket.mode,
        ticket_id: state.ticket.ticketId,
        enqueued_at: timestamp(state.ticket.enqueuedAtMs),
        waited_s: Math.max(0, nowMs - state.ticket.enqueuedAtMs) / 1_000,
      };
  }
}
