import type { AssignRefusal } from "../core/assignment.ts";
import type { BackfillRefusal } from "../core/backfill-calls.ts";
import type { CreatePartyRefusal, DisbandPartyRefusal, JoinPartyRefusal } from "../core/party-calls.ts";
import type { CancelRefusal, RedriveRefusal, ReportRefusal } from "../core/queue-calls.ts";
import type { AnswerRefusal } from "../core/ready-check-calls.ts";
import type { EnqueueCallRefusal } from "../region/rpc.ts";
import type { SocketRefusal } from "../region/socket-refusal.ts";
import type { ProblemKind } from "./call-problems.ts";
import { CALL_PROBLEMS } from "./call-problems.ts";

/** `not_queued` is no problem: cancelling nothing answers 200 with `not_found`. */
type RefusalReason =
  | AnswerRefusal["reason"]
  | AssignRefusal["reason"]
  | EnqueueCallRefusal["reason"]
  | Exclude<CancelRefusal["reason"], "not_queued">
  | ReportRefusal["reason"]
  | RedriveRefusal["reason"]
  | CreatePartyRefusal["reason"]
  | JoinPartyRefusal["reason"]
  | DisbandPartyRefusal["reason"]
  | BackfillRefusal["reason"]
  | SocketRefusal["reason"];

/**
 * Every reason for which a call is not served, and how it looks on the wire (RFC 9457). The compiler refuses this map
 * while any reason of a region's refusals has no entry.
 */
export const PROBLEMS = {
  ...CALL_PROBLEMS,
  not_your_player: {
    status: 403,
    title: "Not your player",
    detail: "A player's token acts for that player only.",
  },
  not_the_leader: {
    status: 403,
    title: "Not the party's leader",
    detail: "Only the leader disbands a party; a member leaves it.",
  },
  player_revoked: {
    status: 403,
    title: "The player is locked out",
    detail:
      "The operator has locked this player out, or those in player_ids. Whoever has the API key lets them in again with " +
      "DELETE /players/player/{player_id}/revoke.",
  },
  unknown_player: {
    status: 404,
    title: "Unknown player",
    detail: "No player has this id; POST /players/register makes one.",
  },
  unknown_match: {
    status: 404,
    title: "Unknown match",
    detail: "No match has this id.",
  },
  unknown_ready_check: {
    status: 404,
    title: "You are not asked",
    detail:
      "No open ready check of this match asks this player. It has ended, or it never did: the player's state says what " +
      "is asked now.",
  },
  unknown_party: {
    status: 404,
    title: "Unknown party",
    detail: "There is no such party, or you are not in it. It was disbanded, has expired, or the code is wrong.",
  },
  player_locked_out: {
    status: 409,
    title: "The player is locked out",
    detail: "No token would open anything. Let the player in first: DELETE /players/player/{player_id}/revoke.",
  },
  in_match: {
    status: 409,
    title: "The player is in a match",
    detail: "The match in match_id has no result yet. Report it, or queue again when it has ended.",
  },
  queued_in_other_mode: {
    status: 409,
    title: "The player waits in another mode",
    detail: "Take the player out of the queue first, then queue again with the new mode.",
  },
  in_queue: {
    status: 409,
    title: "The player waits in the queue",
    detail: "Take the player out of the queue first: nobody comes into a party who waits or plays.",
  },
  in_party: {
    status: 409,
    title: "The player is in a party",
    detail: "Leave the party in party_code, or let its leader queue for all of it.",
  },
  party_busy: {
    status: 409,
    title: "The party waits or plays",
    detail: "Join when nobody in it is queued or in a match any more.",
  },
  party_full: {
    status: 409,
    title: "The party is full",
    detail: "It has as many members as the largest party that any mode takes.",
  },
  party_changed: {
    status: 409,
    title: "The party has just changed",
    detail: "Somebody joined or left in this moment. Look at the party and queue again.",
  },
  party_member_busy: {
    status: 409,
    title: "Not everybody is free",
    detail: "The players in player_ids wait elsewhere or are in a match. Nobody was queued or released.",
  },
  not_reportable: {
    status: 409,
    title: "The match takes no result",
    detail: "A result is taken while a match is pending, and for 24 hours after it was abandoned.",
  },
  not_fillable: {
    status: 409,
    title: "The match takes nobody",
    detail: "Players come into a match while it is pending, in a mode that still exists.",
  },
  already_reported: {
    status: 409,
    title: "The match has another result",
    detail: "The first report stands; placements holds it.",
  },
  not_assignable: {
    status: 409,
    title: "The match takes no game server",
    detail: "Only a match that is pending does; match_status says what this one is. Give this server to another match.",
  },
  already_assigned: {
    status: 409,
    title: "The match has another game server",
    detail: "The first one stands, and its players know it. Give this server to another match.",
  },
  not_failed: {
    status: 409,
    title: "The match has not failed",
    detail: "Only a match whose status is rating_failed can be redriven.",
  },
  stale_round: {
    status: 409,
    title: "An answer to another round",
    detail: "The player was asked again since. Show that question and answer it, with the round that is in round.",
  },
  idempotency_key_reused: {
    status: 409,
    title: "The idempotency key was used before",
    detail:
      "A key repeats one registration, with the same body, for 10 minutes; one that is no random UUID only from the address " +
      "that it came from first. Send a new UUID.",
  },
  region_closed: {
    status: 409,
    title: "The player's region is closed",
    detail: "The player's home region is not served here any more. Ask the operator to move the player.",
  },
  invalid_constraints: {
    status: 422,
    title: "The mode does not take such a ticket",
    detail: "Correct what errors lists and send the call again; GET /modes shows the mode's rules.",
  },
  invalid_backfill: {
    status: 422,
    title: "The match cannot be filled so",
    detail: "Correct what errors lists and send the call again; GET …/backfill shows what is asked for now.",
  },
  unknown_region: {
    status: 422,
    title: "Unknown region",
    detail: "Use one of the regions that errors lists.",
  },
  party_in_other_region: {
    status: 422,
    title: "The party is in another region",
    detail: "The players in player_ids belong to other regions; a party queues in one.",
  },
  unknown_mode: {
    status: 422,
    title: "Unknown mode",
    detail: "GET /modes lists the modes of this game.",
  },
  unknown_team: {
    status: 422,
    title: "The match has no such team",
    detail: "Use the team names of the match.",
  },
  missing_team: {
    status: 422,
    title: "A team has no place",
    detail: "Give every team of the match its place in placements.",
  },
  cooling_down: {
    status: 429,
    title: "Out of the queue for a while",
    detail:
      "The players in player_ids were shown a ready check and did not accept it. They may queue again at the " +
      "time in until.",
    retryAfterS: 60,
  },
  profile_unavailable: {
    status: 503,
    title: "The player's rating cannot be read",
    detail: "The database does not answer. Send the same call again in a moment.",
    retryAfterS: 2,
  },
  overloaded: {
    status: 503,
    title: "The region has too much to do",
    detail:
      "Nobody new comes in for a moment; whoever waits, is asked or plays is served. Come back at the time in until.",
    retryAfterS: 5,
  },
  region_full: {
    status: 503,
    title: "The region is full",
    detail: "Too many players wait in this region. Queue again in a moment.",
    retryAfterS: 10,
  },
  too_many_sockets: {
    status: 503,
    title: "The region holds no more sockets",
    detail: "Connect again in a moment. Everything can be asked for over HTTP meanwhile.",
    retryAfterS: 30,
  },
  too_many_backfills: {
    status: 503,
    title: "The region fills no more matches",
    detail: "Too many running matches ask for players. Ask again later.",
    retryAfterS: 30,
  },
  too_many_parties: {
    status: 503,
    title: "The region holds no more parties",
    detail: "Make one again later, when others have been disbanded or have expired.",
    retryAfterS: 60,
  },
  elsewhere: {
    status: 503,
    title: "The player is moving to another region",
    detail: "Send the same call again in a moment.",
    retryAfterS: 2,
  },
} as const satisfies Record<RefusalReason, ProblemKind> & Record<string, ProblemKind>;

export type ProblemReason = keyof typeof PROBLEMS;
export type ProblemStatus<Reason extends ProblemReason = ProblemReason> = (typeof PROBLEMS)[Reason]["status"];

/** The `type` member: a URI that stays the same for ever and ends in the reason. */
export function problemType(reason: ProblemReason): string {
  return `urn:muster:problem:${reason}`;
}
