import type { Match } from "../core/match.ts";
import { unreleasedPlayerIds } from "../core/match.ts";
import type { Queue } from "../core/queue.ts";
import type { LastMatch } from "../db/last-matches.ts";
import { recordOf } from "../db/match-row.ts";
import { timestamp } from "../wire/common.ts";
import { matchBody } from "../wire/match.ts";
import { partyBody } from "../wire/party.ts";
import { ratingBody } from "../wire/rating.ts";
import { estimatedWaitBody, explanationBody, ticketPartyBody } from "../wire/search.ts";
import { SHOWN_FOR_MS } from "./last-matches.ts";
import type { StateMessage } from "./protocol.ts";
import type { Standing } from "./rpc.ts";
import { standingOf } from "./standing.ts";

/**
 * Everything that concerns a player now: whoever connects needs nothing else.
 *
 * @param rated the player's last rated match; null: none of the past hour
 */
export function stateMessage(
  queue: Queue,
  playerId: string,
  region: string,
  rated: LastMatch | null,
  nowMs: number,
): StateMessage {
  const standing = standingOf(queue, playerId, nowMs);
  const party = queue.parties.of(playerId, nowMs);
  return {
    type: "state",
    player_id: playerId,
    region,
    queued: queuedBody(standing, nowMs),
    matched: standing.type === "matched" ? matchBody(recordOf(standing.match, region)) : null,
    last_match: lastMatchBody(unratedMatchOf(queue, playerId, nowMs - SHOWN_FOR_MS), rated, region),
    party: party === undefined ? null : partyBody(party, region),
  };
}

function queuedBody(standing: Standing, nowMs: number): StateMessage["queued"] {
  if (standing.type !== "queued") return null;
  const { ticket, estimatedWait = null, explanation = null } = standing;
  return {
    ticket_id: ticket.ticketId,
    mode: ticket.mode,
    enqueued_at: timestamp(ticket.enqueuedAtMs),
    waited_s: Math.max(0, nowMs - ticket.enqueuedAtMs) / 1_000,
    party: ticketPartyBody(ticket),
    estimated_wait_s: estimatedWait === null ? null : estimatedWaitBody(estimatedWait),
    explain: explanation === null ? null : explanationBody(explanation),
  };
}

function lastMatchBody(unrated: Match | null, rated: LastMatch | null, region: string): StateMessage["last_match"] {
  // Ids sort by the time at which matches were made.
  if (unrated !== null && (rated === null || unrated.matchId > rated.match.matchId)) {
    return { match: matchBody(recordOf(unrated, region)), rating: null };
  }
  return rated === null ? null : { match: matchBody(rated.match), rating: ratingBody(rated.rating) };
}

/** The player's newest match that ended here and is not rated: on its way, failed, or given up. */
function unratedMatchOf(queue: Queue, playerId: string, sinceMs: number): Match | null {
  let newest: Match | null = null;
  for (const status of ["reporting", "rating_failed", "abandoned"] as const) {
    for (const match of queue.matches.withStatus(status)) {
      if (match.changedAtMs <= sinceMs || (newest !== null && match.matchId < newest.matchId)) continue;
      if (unreleasedPlayerIds(match).includes(playerId)) newest = match;
    }
  }
  return newest;
}
