import type { MessageOf } from "../../../../client/messages.ts";
import type { CoolDown, Match, Rating } from "../../../../client/wire-types.ts";
import { aMatchAnswer } from "./an-answer.ts";

/** Noon of 1 January 2026 in microseconds: numbers are the service's clock. */
export const NOON_US = Date.parse("2026-01-01T12:00:00.000Z") * 1_000;

/** The number of what is told so many seconds after noon. */
export function at(seconds: number): number {
  return NOON_US + Math.round(seconds * 1e6);
}

export function atTime(seconds: number): string {
  return new Date(at(seconds) / 1_000).toISOString();
}

export function aState(seq: number, overrides: Partial<MessageOf<"state">> = {}): MessageOf<"state"> {
  return {
    type: "state",
    seq,
    player_id: "ada",
    region: "EUW",
    queued: null,
    proposed: null,
    cool_down: null,
    matched: null,
    connection: null,
    last_match: null,
    party: null,
    ...overrides,
  };
}

export function aTicketState(ticket_id = "t1"): NonNullable<MessageOf<"state">["queued"]> {
  return {
    ticket_id,
    mode: "2v2",
    enqueued_at: atTime(0),
    waited_s: 1,
    party: null,
    estimated_wait_s: null,
    explain: null,
  };
}

export function joined(seq: number, ticket_id = "t1"): MessageOf<"queue.joined"> {
  return { type: "queue.joined", seq, ticket_id, mode: "2v2", enqueued_at: atTime(0), party: null };
}

/** Asked for twelve seconds, at a cost of thirty. */
export function proposed(
  seq: number,
  overrides: Partial<MessageOf<"match.proposed">> = {},
): MessageOf<"match.proposed"> {
  const expires_at = new Date(seq / 1_000 + 12_000).toISOString();
  const terms = { match_id: "m1", round: 1, mode: "2v2", expires_at, accept_within_s: 12, cool_down_s: 30 };
  return { type: "match.proposed", seq, ...terms, ...overrides };
}

export function left(seq: number, overrides: Partial<MessageOf<"queue.left">> = {}): MessageOf<"queue.left"> {
  const reason = { reason: "cancelled", by: "ada", match_id: null, cool_down: null } as const;
  return { type: "queue.left", seq, ticket_id: "t1", mode: "2v2", ...reason, ...overrides };
}

export function aCoolDown(from: number, seconds = 30, offences = 1): CoolDown {
  return { until: new Date(from / 1_000 + seconds * 1_000).toISOString(), seconds, offences };
}

/** Of ada, ben, cleo and dag. */
export function aToldMatch(match_id = "m1", overrides: Partial<Match> = {}): Match {
  return {
    ...aMatchAnswer({ teamA: ["ada", "ben"], teamB: ["cleo", "dag"] }),
    match_id,
    status: "pending",
    placements: null,
    winner_team: null,
    reported_at: null,
    finished_at: null,
    ...overrides,
  };
}

export function found(seq: number, match: Match = aToldMatch()): MessageOf<"match.found"> {
  return { type: "match.found", seq, match };
}

export const A_RATING: Rating = { mu: 27, sigma: 7, conservative_rating: 6 };

export function finished(seq: number, match_id = "m1"): MessageOf<"match.finished"> {
  return { type: "match.finished", seq, match: aToldMatch(match_id, { status: "finished" }), rating: A_RATING };
}
