import type { MessageOf } from "../../client/messages.ts";
import type { AnswersGiven } from "./answers-given.ts";
import type { Place } from "./place.ts";
import { promptOf } from "./place.ts";

/** One of those on a ticket, as far as it concerns why the ticket ended. */
export interface Fellow {
  readonly wantsOut: boolean;
  readonly answers: AnswersGiven;
}

/**
 * Whether a ticket can have ended as its player is told: cancelled or declined by somebody on it who did so; lapsed only
 * when the prompt's time is over and not everybody's accept had been taken. Nothing else happens here: whoever is
 * expected back comes back in time.
 *
 * @param place the player's, when it ended
 */
export function isPlausibleLeaving(
  { reason, match_id, seq }: MessageOf<"queue.left">,
  place: Place,
  fellows: readonly Fellow[],
): boolean {
  const isOfThisMatch = place.type === "asked" ? match_id === place.matchId : match_id === null;
  if (!isOfThisMatch) return false;
  if (reason === "cancelled") return fellows.some(({ wantsOut }) => wantsOut);
  if (place.type !== "asked") return false;
  if (reason === "declined") return fellows.some(({ answers }) => answers.to(promptOf(place)).hasDeclined);
  const haveAllAccepted = fellows.every(({ answers }) => answers.to(promptOf(place)).isAcceptTaken);
  return reason === "lapsed" && !haveAllAccepted && seq / 1_000 >= place.deadlineMs;
}
