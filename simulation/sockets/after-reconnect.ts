import type { MessageOf } from "../../client/messages.ts";
import type { AnswerGiven } from "./answers-given.ts";
import type { Place } from "./place.ts";
import { describePlace, placeOf } from "./place.ts";

/** What is known of a player besides their place when the first `state` of a new socket comes. */
export interface BeforeReconnect {
  readonly place: Place;
  /** Since the last word over the old socket, by the service's clock. */
  readonly awaySeconds: number;
  /** They have asked for a place in line and have not heard that they have it. */
  readonly wantsIn: boolean;
  /** They have cancelled. */
  readonly wantsOut: boolean;
  /** Others on their ticket can end it. */
  readonly isInParty: boolean;
  /** What they have said to the prompt that they were last asked. */
  readonly answer: AnswerGiven;
  /** Null: the mode asks nobody. */
  readonly acceptSeconds: number | null;
}

/**
 * Whether a `state` can be what became of the player while they heard nothing; nothing may have been lost.
 *
 * 1. Nobody is put in line unasked, and whoever was in line has the same ticket.
 * 2. Whoever was in line can have left it only by their own or their party's doing, or by a prompt that ran out.
 * 3. In a mode with a ready check nobody is matched who did not accept that match.
 * 4. Whoever was in a match is in it, or it is the last one that they are shown.
 *
 * @returns what cannot be; null: it can
 */
export function implausibleState(before: BeforeReconnect, state: MessageOf<"state">): string | null {
  if (state.matched !== null && (state.queued !== null || state.proposed !== null)) return "in two places";
  if (state.proposed !== null && state.queued === null) return "asked and not in line";
  const now = placeOf(state);
  const change = `${describePlace(now)} after having been ${describePlace(before.place)}`;
  return canBecome(before, now, state) ? null : change;
}

function canBecome(before: BeforeReconnect, now: Place, state: MessageOf<"state">): boolean {
  const { place } = before;
  switch (place.type) {
    case "free":
      return now.type === "free" || before.wantsIn;
    case "matched":
      if (now.type === "matched" && now.matchId === place.matchId) return true;
      return state.last_match?.match.match_id === place.matchId && (now.type === "free" || before.wantsIn);
    case "queued":
      if (now.type === "free") return hasWaitEnded(before, place, state);
      if (now.type === "matched") return before.acceptSeconds === null;
      return now.ticketId === place.ticketId;
    case "asked":
      if (now.type === "free") return hasWaitEnded(before, place, state);
      if (now.type === "matched") return now.matchId === place.matchId && before.answer.hasAccepted;
      if (now.ticketId !== place.ticketId) return false;
      return now.type === "queued" || now.matchId !== place.matchId || isSameQuestion(before, now, state);
  }
}

function isSameQuestion(
  { place, answer }: BeforeReconnect,
  now: Extract<Place, { type: "asked" }>,
  { proposed }: MessageOf<"state">,
): boolean {
  if (place.type !== "asked" || now.round !== place.round) return false;
  return proposed?.accepted === true ? answer.hasAccepted : !answer.isAcceptTaken;
}

/** A search that was going on is over, and there is no match. */
function hasWaitEnded(before: BeforeReconnect, place: Place, state: MessageOf<"state">): boolean {
  const { wantsOut, isInParty, answer, acceptSeconds, awaySeconds } = before;
  if (wantsOut || isInParty) return true;
  if (acceptSeconds === null) return false;
  if (place.type !== "asked") return awaySeconds >= acceptSeconds;
  if (answer.hasAccepted && state.last_match?.match.match_id === place.matchId) return true;
  return answer.hasDeclined || (!answer.isAcceptTaken && state.seq / 1_000 >= place.deadlineMs);
}
