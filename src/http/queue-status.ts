import type { Standing } from "../region/rpc.ts";
import { timestamp } from "../wire/common.ts";
import { estimatedWaitBody, explanationBody, ticketPartyBody } from "../wire/search.ts";
import type { QueueStatus } from "./schemas/queue.ts";

/** Where a player stands, as the API shows it: queued, in a match, or neither. */
export function queueStatusBody(playerId: string, region: string, standing: Standing, nowMs: number): QueueStatus {
  const neither: QueueStatus = {
    player_id: playerId,
    enqueued: false,
    state: null,
    region: null,
    mode: null,
    ticket_id: null,
    enqueued_at: null,
    waited_s: null,
    estimated_wait_s: null,
    explain: null,
    match_id: null,
    party: null,
  };
  switch (standing.type) {
    case "free":
      return neither;
    case "matched":
      return { ...neither, state: "matched", mode: standing.match.mode, match_id: standing.match.matchId };
    case "queued": {
      const { ticket, estimatedWait = null, explanation = null } = standing;
      return {
        ...neither,
        enqueued: true,
        state: "queued",
        region,
        mode: ticket.mode,
        ticket_id: ticket.ticketId,
        enqueued_at: timestamp(ticket.enqueuedAtMs),
        waited_s: Math.max(0, nowMs - ticket.enqueuedAtMs) / 1_000,
        estimated_wait_s: estimatedWait === null ? null : estimatedWaitBody(estimatedWait),
        explain: explanation === null ? null : explanationBody(explanation),
        party: ticketPartyBody(ticket),
      };
    }
  }
}
