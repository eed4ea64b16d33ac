import type { Change } from "../core/changes.ts";
import type { PlayerRating } from "../core/rating/player-rating.ts";
import type { Ticket } from "../core/ticket.ts";
import { recordOf } from "../db/match-row.ts";
import { timestamp } from "../wire/common.ts";
import { matchBody } from "../wire/match.ts";
import { partyBody } from "../wire/party.ts";
import { ratingBody } from "../wire/rating.ts";
import { ticketPartyBody } from "../wire/search.ts";
import { finishedRecord } from "./finished-record.ts";
import type { UnnumberedMessage } from "./protocol.ts";

/** One thing that happened, for those whom it concerns. */
export interface Notice {
  readonly playerIds: readonly string[];
  /** The same for all, or in part about the one who gets it. */
  readonly messageFor: (playerId: string) => UnnumberedMessage;
}

/**
 * What players are told of committed changes, in order.
 *
 * 1. A ticket that came or ended is told to everybody on it; but not its end by a match, which is told as the match.
 * 2. A match is told to the players it answers for: when it is found, when it is rated, when it is given up. A released
 *    player hears no more of it.
 * 3. A party is told to its members, and its change to whoever just left.
 */
export function noticesOf(changes: readonly Change[], region: string): Notice[] {
  return changes.flatMap((change) => noticeOf(change, region) ?? []);
}

function noticeOf(change: Change, region: string): Notice | null {
  switch (change.type) {
    case "ticket_added":
      return toAll(playerIdsOf(change.ticket), () => ({ type: "queue.joined", ...ticketBody(change.ticket) }));
    case "ticket_ended":
      return endingNotice(change);
    case "match_changed":
      if (change.event !== "formed" && change.event !== "abandoned") return null;
      return toAll(change.playerIds, () => ({
        type: change.event === "formed" ? "match.found" : "match.abandoned",
        match: matchBody(recordOf(change.match, region)),
      }));
    case "match_finished":
      return finishNotice(change, region);
    case "party_changed":
      return toAll(change.playerIds, () => ({
        type: "party.changed",
        event: change.event,
        party: partyBody(change.party, region),
      }));
    case "party_ended":
      return toAll(change.playerIds, () => ({
        type: "party.ended",
        code: change.party.code,
        reason: change.ending,
      }));
    case "match_forgotten":
    case "learned_saved":
      return null;
    default:
      return change satisfies never;
  }
}

function endingNotice({
  ticket,
  ending,
  cancelledBy = null,
}: Extract<Change, { type: "ticket_ended" }>): Notice | null {
  if (ending === "matched") return null;
  const { ticketId: ticket_id, mode } = ticket;
  return toAll(playerIdsOf(ticket), () => ({
    type: "queue.left",
    ticket_id,
    mode,
    reason: ending,
    by: cancelledBy,
    match_id: null,
    cool_down: null,
  }));
}

/** Everybody gets the same match, and each their own rating. */
function finishNotice(
  { match, ratings, playerIds }: Extract<Change, { type: "match_finished" }>,
  region: string,
): Notice {
  const bodyOnce = once(() => matchBody(finishedRecord(match, ratings, region)));
  return {
    playerIds,
    messageFor: (playerId) => ({ type: "match.finished", match: bodyOnce(), rating: ratingOf(playerId, ratings) }),
  };
}

function toAll(playerIds: readonly string[], make: () => UnnumberedMessage): Notice {
  return { playerIds, messageFor: once(make) };
}

/** Most players of a busy region may have no socket: nothing is made that nobody hears. */
function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

function playerIdsOf({ players }: Ticket): string[] {
  return players.map(({ playerId }) => playerId);
}

function ticketBody(ticket: Ticket) {
  return {
    ticket_id: ticket.ticketId,
    mode: ticket.mode,
    enqueued_at: timestamp(ticket.enqueuedAtMs),
    party: ticketPartyBody(ticket),
  };
}

function ratingOf(playerId: string, ratings: readonly PlayerRating[]) {
  const rating = ratings.find((one) => one.playerId === playerId);
  return rating === undefined ? null : ratingBody(rating);
}
