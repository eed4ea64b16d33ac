import type { Assignment } from "../core/assignment.ts";
import type { CoolDown } from "../core/cool-downs.ts";
import type { LeaseClock } from "../core/lease-clock.ts";
import type { Match, MatchResult, MatchStatus, Team, TicketLimits } from "../core/match.ts";
import type { MatchTerms } from "../core/match-terms.ts";
import type { Party, PartyMember } from "../core/party.ts";
import type { Revocation } from "../core/revocations.ts";
import type { Constraints, Ticket, TicketLease, TicketParty, TicketPlayer } from "../core/ticket.ts";

export type TicketRow = Record<"ticket_id" | "mode" | "players" | "constraints", string> & {
  readonly enqueued_at_ms: number;
  readonly party: string | null;
  readonly lease: string | null;
  readonly priority_ms: number | null;
  readonly clocks: string | null;
};
export type CoolDownRow = { readonly player_id: string } & Record<"offences" | "until_ms" | "forgiven_at_ms", number>;
export type RevocationRow = { readonly player_id: string } & Record<
  "tokens_from_ms" | "is_locked_out" | "changed_at_ms",
  number
>;
export type PartyRow = { readonly code: string; readonly members: string; readonly expires_at_ms: number };
export type MatchRow = Record<"match_id" | "mode" | "status" | "teams", string> &
  Record<"rev" | "quality" | "created_at_ms" | "changed_at_ms" | "deadline_ms", number> &
  Record<"terms" | "limits" | "result" | "failure" | "assignment", string | null>;

export function ticketFromRow(row: TicketRow): Ticket {
  return {
    ticketId: row.ticket_id,
    mode: row.mode,
    players: JSON.parse(row.players) as TicketPlayer[],
    constraints: JSON.parse(row.constraints) as Constraints,
    enqueuedAtMs: row.enqueued_at_ms,
    ...(row.party !== null && { party: JSON.parse(row.party) as TicketParty }),
    ...(row.lease !== null && { lease: JSON.parse(row.lease) as TicketLease }),
    ...(row.priority_ms !== null && { priorityMs: row.priority_ms }),
  };
}

/** Undefined: the row was written by a release that stored none, or the ticket has no lease. */
export function clocksFromRow({ clocks }: TicketRow): readonly LeaseClock[] | undefined {
  return clocks === null ? undefined : (JSON.parse(clocks) as LeaseClock[]);
}

export function coolDownFromRow({ player_id, offences, until_ms, forgiven_at_ms }: CoolDownRow): CoolDown {
  return { playerId: player_id, offences, untilMs: until_ms, forgivenAtMs: forgiven_at_ms };
}

export function revocationFromRow(row: RevocationRow): Revocation {
  return {
    playerId: row.player_id,
    tokensFromMs: row.tokens_from_ms,
    isLockedOut: row.is_locked_out === 1,
    changedAtMs: row.changed_at_ms,
  };
}

export function partyFromRow({ code, members, expires_at_ms }: PartyRow): Party {
  return { code, members: JSON.parse(members) as PartyMember[], expiresAtMs: expires_at_ms };
}

export function matchFromRow(row: MatchRow): Match {
  return {
    matchId: row.match_id,
    rev: row.rev,
    mode: row.mode,
    status: row.status as MatchStatus,
    quality: row.quality,
    teams: JSON.parse(row.teams) as Team[],
    ...(row.terms !== null && { terms: JSON.parse(row.terms) as MatchTerms }),
    ...(row.limits !== null && { limits: JSON.parse(row.limits) as TicketLimits[] }),
    ...(row.assignment !== null && { assignment: JSON.parse(row.assignment) as Assignment }),
    createdAtMs: row.created_at_ms,
    changedAtMs: row.changed_at_ms,
    deadlineMs: row.deadline_ms,
    result: row.result === null ? null : (JSON.parse(row.result) as MatchResult),
    failure: row.failure,
  };
}
