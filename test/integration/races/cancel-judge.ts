import type { RaceEvent } from "./draw-race.ts";
import type { Holder, RaceRecord } from "./race-record.ts";

/** What somebody was told in answer to a call. */
export type Answer =
  | { readonly type: "dequeued"; readonly ticketId: string }
  | { readonly type: "not_queued" }
  | { readonly type: "matched"; readonly matchId: string }
  | { readonly type: "queued"; readonly ticketId: string }
  | { readonly type: "refused"; readonly reason: string }
  | { readonly type: "done" }
  | { readonly type: "failed"; readonly error: string };

/** A call and its answer, with the positions of the journal between which it was under way. */
export interface Call {
  readonly what: RaceEvent["do"];
  readonly way: RaceEvent["way"];
  readonly playerIds: readonly string[];
  readonly from: number;
  readonly to: number;
  readonly answer: Answer;
}

/** What an enqueue meets that found somebody else faster. */
const ORDINARY_REFUSALS = ["in_match", "party_member_busy", "queued_in_other_mode"];

/**
 * Holds what callers were told against what storage says happened. Names everything that does not agree.
 *
 * 1. `dequeued`: while the call was under way just this ticket left the line, with the player on it, and not into a match.
 *    No two calls took out the same ticket, and no ticket went out without a call that was told so.
 * 2. `matched`: at some moment of the call that match held the player.
 * 3. `not_queued`: at some moment of the call nothing held the player.
 * 4. `queued`: at some moment of the call that ticket held all of its players.
 */
export function falseAnswers(calls: readonly Call[], record: RaceRecord): string[] {
  const takenOut = new Set<string>();
  const problems = calls.flatMap((call) => {
    const problem = problemOf(call, record, takenOut);
    if (call.answer.type === "dequeued") takenOut.add(call.answer.ticketId);
    return problem === null ? [] : [`${problem}: ${JSON.stringify(call)}`];
  });
  for (const [ticketId, { matchId }] of record.ends) {
    if (matchId === null && !takenOut.has(ticketId)) problems.push(`ticket ${ticketId} left and nobody was told`);
  }
  return problems;
}

function problemOf(call: Call, record: RaceRecord, takenOut: ReadonlySet<string>): string | null {
  const { answer, playerIds, from, to } = call;
  const wasHeldBy = (holder: Holder) =>
    playerIds.every((playerId) => record.holdersDuring(playerId, from, to).includes(holder));
  switch (answer.type) {
    case "dequeued":
      return takenOut.has(answer.ticketId)
        ? "dequeued, but another call has taken that ticket out"
        : endProblemOf(call, answer.ticketId, record);
    case "not_queued":
      return wasHeldBy("nothing") ? null : "not queued, but something held the player all the time";
    case "matched":
      return wasHeldBy(`match ${answer.matchId}`) ? null : "matched, but that match did not hold the player";
    case "queued":
      return wasHeldBy(`ticket ${answer.ticketId}`) ? null : "queued, but that ticket did not hold the player";
    case "refused":
      return ORDINARY_REFUSALS.includes(answer.reason) ? null : "refused for what cannot be";
    case "done":
      return null;
    case "failed":
      return "not answered";
  }
}

function endProblemOf({ playerIds, from, to }: Call, ticketId: string, record: RaceRecord): string | null {
  const end = record.ends.get(ticketId);
  if (end === undefined) return "dequeued, but the ticket did not leave";
  if (end.matchId !== null) return `dequeued, but the ticket went into match ${end.matchId}`;
  if (end.position <= from || end.position > to) return "dequeued, but the ticket left at another time";
  const isTheirs = playerIds.every((playerId) => end.playerIds.includes(playerId));
  return isTheirs ? null : "dequeued, but the ticket was somebody else's";
}
