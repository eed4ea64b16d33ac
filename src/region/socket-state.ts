import type { Match } from "../core/match.ts";
import type { Queue } from "../core/queue.ts";
import type { LastMatch } from "../db/last-matches.ts";
import { recordOf } from "../db/match-row.ts";
import { connectionBody } from "../wire/assignment.ts";
import { matchBody } from "../wire/match.ts";
import { partyBody } from "../wire/party.ts";
import { ratingBody } from "../wire/rating.ts";
import { coolDownBody, readyCheckBody } from "../wire/ready-check.ts";
import { searchBody } from "../wire/search.ts";
import { SHOWN_FOR_MS } from "./last-matches.ts";
import type { StateMessage } from "./protocol.ts";
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
    queued: standing.type === "queued" ? searchBody(standing, nowMs) : null,
    proposed: readyCheckBody(standing.readyCheck ?? null, nowMs),
    cool_down: coolDownBody(standing.coolDown ?? null, nowMs),
    connection: connectionBody(standing.connection ?? null),
    matched: standing.type === "matched" ? matchBody(recordOf(standing.match, region)) : null,
    last_match: lastMatchBody(queue.matches.newestUnrated(playerId, nowMs - SHOWN_FOR_MS), rated, region),
    party: party === undefined ? null : partyBody(party, region),
  };
}

function lastMatchBody(unrated: Match | null, rated: LastMatch | null, region: string): StateMessage["last_match"] {
  // Ids sort by the time at which matches were made.
  if (unrated !== null && (rated === null || unrated.matchId > rated.match.matchId)) {
    return { match: matchBody(recordOf(unrated, region)), rating: null };
  }
  if (rated === null) return null;
  return { match: matchBody(rated.match), rating: rated.rating === null ? null : ratingBody(rated.rating) };
}
