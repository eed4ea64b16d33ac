import type { Standing } from "../region/rpc.ts";
import { searchBody } from "../wire/search.ts";
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
    case "queued":
      return { ...neither, enqueued: true, state: "queued", region, ...searchBody(standing, nowMs) };
  }
}
