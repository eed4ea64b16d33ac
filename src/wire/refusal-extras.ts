import type { AssignRefusal } from "../core/assignment.ts";
import type { BackfillRefusal } from "../core/backfill-calls.ts";
import type { CreatePartyRefusal, DisbandPartyRefusal, JoinPartyRefusal } from "../core/party-calls.ts";
import type { CancelRefusal, RedriveRefusal, RegionClosed, ReportRefusal } from "../core/queue-calls.ts";
import type { AnswerRefusal } from "../core/ready-check-calls.ts";
import type { EnqueueCallRefusal } from "../region/rpc.ts";
import type { SocketRefusal } from "../region/socket-refusal.ts";
import { timestamp } from "./common.ts";
import type { Problem } from "./problem.ts";

/** What one occurrence adds: a better detail, the faulty fields, or an extension member. */
export type ProblemExtras = Partial<Omit<Problem, "type" | "title" | "status" | "instance">>;

/** Every refusal of a region, and of finding the region, that becomes a problem. */
export type Refusal =
  | EnqueueCallRefusal
  | Exclude<CancelRefusal, { reason: "not_queued" }>
  | ReportRefusal
  | RedriveRefusal
  | CreatePartyRefusal
  | JoinPartyRefusal
  | DisbandPartyRefusal
  | AnswerRefusal
  | BackfillRefusal
  | AssignRefusal
  | RegionClosed
  | SocketRefusal;

/** What a refusal knows: the match, the mode, the teams. */
export function extrasOf(refusal: Refusal): ProblemExtras {
  switch (refusal.reason) {
    case "invalid_constraints":
    case "invalid_backfill":
      return { errors: refusal.problems.map(({ pointer, detail }) => ({ pointer, detail })) };
    case "in_match":
      return { match_id: refusal.matchId };
    case "in_party":
      return { party_code: refusal.code };
    case "party_full":
      return { detail: `A party has at most ${refusal.most} members.` };
    case "party_member_busy":
      return {
        player_ids: [...refusal.playerIds],
        ...(refusal.matchId !== undefined && { match_id: refusal.matchId }),
      };
    case "stale_round":
      return { round: refusal.round };
    case "cooling_down":
      return { player_ids: [...refusal.playerIds], until: timestamp(refusal.untilMs) };
    case "overloaded":
      return { until: timestamp(refusal.untilMs) };
    case "player_revoked":
    case "party_busy":
    case "party_in_other_region":
      return { player_ids: [...refusal.playerIds] };
    case "unknown_player":
      return refusal.playerIds === undefined ? {} : { player_ids: [...refusal.playerIds] };
    case "queued_in_other_mode":
      return { mode: refusal.mode };
    case "not_reportable":
    case "not_fillable":
    case "not_assignable":
    case "not_failed":
      return { match_status: refusal.status };
    case "already_reported":
      return { placements: { ...refusal.placements } };
    case "unknown_team":
      return { detail: `The match has no team "${refusal.team}"; its teams are ${refusal.teams.join(", ")}.` };
    case "missing_team":
      return {
        detail: `placements has no place for ${refusal.team}; the match's teams are ${refusal.teams.join(", ")}.`,
      };
    case "unknown_mode":
      return { errors: [{ pointer: "/mode", detail: "GET /modes lists the modes of this game." }] };
    default:
      return {};
  }
}
