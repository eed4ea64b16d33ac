import type { MessageOf } from "../../client/messages.ts";
import type { Match, ServerMessage } from "../../client/wire-types.ts";
import type { MatchesTold } from "./matches-told.ts";
import type { Place } from "./place.ts";
import { hasTicket } from "./place.ts";
import type { Fellow } from "./plausible-leaving.ts";
import { isPlausibleLeaving } from "./plausible-leaving.ts";

/** Where a player stands when something is told to them. */
export interface Standing {
  readonly playerId: string;
  readonly place: Place;
  /** Whether their mode has a ready check. */
  readonly isModeAsking: boolean;
  /** They, or whoever leads their party, have asked for a place in line and have not heard that they have it. */
  readonly wantsIn: boolean;
  /** Until when they are out of the queue, by the service's clock; 0: they are not. */
  readonly outUntilMs: number;
  /** They have accepted what they are asked now. */
  readonly hasAccepted: boolean;
  readonly matches: MatchesTold;
  /** Everybody on their ticket, they included. */
  readonly fellows: readonly Fellow[];
  /** The last ticket that they were told of. */
  readonly ticketId: string | null;
  /** How they last left the line; null: never. */
  readonly left: MessageOf<"queue.left"> | null;
}

/**
 * Whether a message can be told to a player who stands there.
 *
 * 1. Nobody is in line unasked or while out of the queue, and whoever leaves it was in it.
 * 2. In a mode with a ready check nobody is matched who was not asked about this match and accepted it.
 * 3. Nothing is told of a match that is not the player's, or that is over.
 * 4. A receipt says what the events before it said.
 */
export function isPossible(message: Exclude<ServerMessage, { type: "state" }>, standing: Standing): boolean {
  const { place, matches, fellows, left } = standing;
  switch (message.type) {
    case "queue.joined":
      return place.type === "free" && standing.wantsIn && standing.outUntilMs <= message.seq / 1_000;
    case "queue.left":
      return hasTicket(place) && place.ticketId === message.ticket_id && isPlausibleLeaving(message, place, fellows);
    case "match.proposed":
      return standing.isModeAsking && !matches.has(message.match_id) && canBeAsked(place, message);
    case "match.repairing":
      return isAskedAbout(place, message.match_id) && standing.hasAccepted;
    case "match.cancelled":
      if (message.reason === "no_server") return isIn(place, message.match_id);
      return isAskedAbout(place, message.match_id) && message.back_in_line;
    case "match.found":
      return canBeMatched(message.match, standing);
    case "match.assigned":
      return isIn(place, message.match_id);
    case "match.finished":
      return matches.has(message.match.match_id) && !matches.isOver(message.match.match_id) && message.rating !== null;
    case "match.abandoned":
    case "party.ended":
      // No game here lasts so long, and no party is disbanded.
      return false;
    case "party.changed":
      return fellows.length > 1;
    case "problem":
      // Of an ack that came too late; one with a `ref` is judged by whoever made the call.
      return message.ref !== undefined || place.type !== "asked";
    case "enqueue.receipt":
      return message.ticket_id === standing.ticketId;
    case "cancel.receipt":
      if (message.outcome === "matched") return isIn(place, message.match?.match_id ?? "");
      if (message.outcome === "dequeued" && message.ticket_id !== left?.ticket_id) return false;
      return place.type === "free";
    case "accept.receipt":
      return isAskedAbout(place, message.match_id) || isIn(place, message.match_id);
    case "decline.receipt":
      if (place.type !== "free" || left?.reason !== "declined" || left.match_id !== message.match_id) return false;
      return left.cool_down?.until === message.cool_down?.until;
  }
}

/** Asked again in the same round: the region was away, and gives more time. */
function canBeAsked(place: Place, { match_id, round }: MessageOf<"match.proposed">): boolean {
  return place.type === "queued" || (isAskedAbout(place, match_id) && place.type === "asked" && place.round === round);
}

function canBeMatched(match: Match, { playerId, place, isModeAsking, hasAccepted, matches }: Standing): boolean {
  const players = Object.values(match.players).flat();
  if (!players.some((player) => player.player_id === playerId)) return false;
  if (matches.has(match.match_id)) return false;
  return isModeAsking ? isAskedAbout(place, match.match_id) && hasAccepted : place.type === "queued";
}

function isAskedAbout(place: Place, matchId: string): boolean {
  return place.type === "asked" && place.matchId === matchId;
}

function isIn(place: Place, matchId: string): boolean {
  return place.type === "matched" && place.matchId === matchId;
}
