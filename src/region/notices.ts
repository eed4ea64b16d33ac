import { assert } from "../core/assert.ts";
import { connectionOf } from "../core/assignment.ts";
import type { Change } from "../core/changes.ts";
import type { Match } from "../core/match.ts";
import type { PlayerRating } from "../core/rating/player-rating.ts";
import type { Ticket } from "../core/ticket.ts";
import { recordOf } from "../db/match-row.ts";
import { connectionBody } from "../wire/assignment.ts";
import { timestamp, timestampOrNull } from "../wire/common.ts";
import { matchBody } from "../wire/match.ts";
import { partyBody } from "../wire/party.ts";
import { ratingBody } from "../wire/rating.ts";
import { coolDownBody, promptBody } from "../wire/ready-check.ts";
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
 * 2. A ready check is told to those who are asked, in the words of what it would cost each of them; to those who have
 *    accepted when it has to wait for somebody new, and when somebody was found; and to those whom its failure puts back in line.
 * 3. A match is told to the players it answers for: when it is found, when it has a game server, when it gets none (then
 *    each hears whether they wait again), when it is rated, when it is given up. A released player hears no more of it.
 *    Whoever comes into a running match has found it, as it is now, and hears where it runs; the others know it.
 * 4. A party is told to its members, and its change to whoever just left.
 */
export function noticesOf(changes: readonly Change[], region: string, nowMs: number): Notice[] {
  return changes.flatMap((change) => noticeOf(change, region, nowMs) ?? []);
}

function noticeOf(change: Change, region: string, nowMs: number): Notice | readonly Notice[] | null {
  switch (change.type) {
    case "ticket_added":
      return toAll(playerIdsOf(change.ticket), () => ({ type: "queue.joined", ...ticketBody(change.ticket) }));
    case "ticket_ended":
      return endingNotice(change, nowMs);
    case "proposal_changed":
      return proposalNotices(change, nowMs);
    case "proposal_ended":
      return toAll(change.playerIds, () => ({
        type: "match.cancelled",
        match_id: change.proposal.matchId,
        mode: change.proposal.mode,
        reason: "not_accepted",
        back_in_line: true,
      }));
    case "match_changed":
      return matchNotice(change, region);
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
    case "ticket_changed":
    case "lease_changed":
    case "cool_down_started":
    case "cool_down_forgotten":
    case "backfill_changed":
    case "backfill_ended":
    case "match_forgotten":
    case "revocation_changed":
    case "learned_saved":
      return null;
    default:
      return change satisfies never;
  }
}

/** Everybody on the ticket hears why, and whoever it costs a cool-down of that too. */
function endingNotice(
  { ticket, ending, by = null, matchId, coolDowns = [] }: Extract<Change, { type: "ticket_ended" }>,
  nowMs: number,
): Notice | null {
  if (ending === "matched") return null;
  const { ticketId: ticket_id, mode } = ticket;
  const left = { type: "queue.left", ticket_id, mode, reason: ending, by, match_id: matchId ?? null } as const;
  return {
    playerIds: playerIdsOf(ticket),
    messageFor: (playerId) => {
      const coolDown = coolDowns.find((one) => one.playerId === playerId) ?? null;
      return { ...left, cool_down: coolDownBody(coolDown, nowMs) };
    },
  };
}

/** Who is asked, is asked; who has accepted hears when a place falls empty and when somebody for it is found. */
function proposalNotices(
  { proposal, prompts, playerIds }: Extract<Change, { type: "proposal_changed" }>,
  nowMs: number,
): Notice[] {
  const { matchId, mode, repairUntilMs } = proposal;
  const promptOf = new Map(prompts.map((prompt) => [prompt.playerId, prompt]));
  const asked: Notice = {
    playerIds: [...promptOf.keys()],
    messageFor: (playerId) => {
      const prompt = promptOf.get(playerId);
      assert(prompt !== undefined, "only who is asked is told so");
      return { type: "match.proposed", ...promptBody({ ...prompt, matchId, mode }, nowMs) };
    },
  };
  const until = timestampOrNull(repairUntilMs);
  const held = toAll(playerIds, () => ({ type: "match.repairing", match_id: matchId, mode, until }));
  return [asked, held].filter((notice) => notice.playerIds.length > 0);
}

function matchNotice(
  change: Extract<Change, { type: "match_changed" }>,
  region: string,
): Notice | readonly Notice[] | null {
  const { match, playerIds } = change;
  switch (change.event) {
    case "formed":
      return toAll(playerIds, () => ({ type: "match.found", match: matchBody(recordOf(match, region)) }));
    case "abandoned":
      return toAll(playerIds, () => ({ type: "match.abandoned", match: matchBody(recordOf(match, region)) }));
    case "filled": {
      const found = toAll(change.joinedIds, () => ({ type: "match.found", match: matchBody(recordOf(match, region)) }));
      return connectionOf(match) === null ? found : [found, assignedNotice(match, change.joinedIds)];
    }
    case "assigned":
      return assignedNotice(match, playerIds);
    case "cancelled": {
      const { matchId: match_id, mode } = match;
      const cancelled = { type: "match.cancelled", match_id, mode, reason: "no_server" } as const;
      const messageFor = (playerId: string) => ({ ...cancelled, back_in_line: change.backInLine.includes(playerId) });
      return { playerIds, messageFor };
    }
    case "released":
    case "opened":
    case "reported":
    case "rating_failed":
    case "redriven":
      return null;
    default:
      return change satisfies never;
  }
}

function assignedNotice(match: Match, playerIds: readonly string[]): Notice {
  return toAll(playerIds, () => ({
    type: "match.assigned",
    match_id: match.matchId,
    connection: connectionBody(connectionOf(match)) ?? {},
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
