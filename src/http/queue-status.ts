import type { Standing } from "../region/rpc.ts";
import { connectionBody } from "../wire/assignment.ts";
import { coolDownBody, readyCheckBody } from "../wire/ready-check.ts";
import { searchBody } from "../wire/search.ts";
import type { QueueStatus } from "./schemas/queue.ts";

/** Where a player stands, as the API shows it: queued, asked, in a match, or none of it. */
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
    ready_check: null,
    connection: null,
    cool_down: coolDownBody(standing.coolDown ?? null, nowMs),
  };
  switch (standing.type) {
    case "free":
      return neither;
    case "matched": {
      const { mode, matchId } = standing.match;
      const connection = connectionBody(standing.connection ?? null);
      return { ...neither, state: "matched", mode, match_id: matchId, connection };
    }
    case "queued": {
      const ready_check = readyCheckBody(standing.readyCheck ?? null, nowMs);
      const search = { ...neither, enqueued: true, region, ...searchBody(standing, nowMs) };
      if (ready_check === null) return { ...search, state: "queued" };
      return { ...search, state: "proposed", match_id: ready_check.match_id, ready_check };
    }
  }
}
