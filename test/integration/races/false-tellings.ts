import type { ServerMessage } from "../../../src/region/protocol.ts";

/**
 * Holds what a player's socket heard against what happened to the player, and names whatever does not agree.
 *
 * 1. It heard of every ticket that came or went out and of every match, each once and in the order in which they happened.
 * 2. A receipt stands where it is true: `dequeued` right behind the news that this ticket left; `matched` while that match
 *    was the last that was heard of; `not_queued` while there was no ticket.
 * 3. Running numbers only grow.
 *
 * @param history what happened: `joined`, `left` or `found`, and of what
 */
export function falseTellings(heard: readonly ServerMessage[], history: readonly string[]): string[] {
  const problems: string[] = [];
  const told = heard.flatMap((message) => newsIn(message) ?? []);
  if (told.join() !== history.join()) problems.push(`heard ${told.join()}; what happened was ${history.join()}`);
  let last = "nothing";
  heard.forEach((message, index) => {
    const before = heard[index - 1];
    if (before !== undefined && before.seq >= message.seq) problems.push(`number ${message.seq} after ${before.seq}`);
    last = newsIn(message) ?? last;
    if (message.type === "cancel.receipt" && !isInPlace(message, last, before)) {
      problems.push(`after ${last} came ${JSON.stringify(message)}`);
    }
  });
  return problems;
}

function newsIn(message: ServerMessage): string | null {
  switch (message.type) {
    case "queue.joined":
      return `joined ${message.ticket_id}`;
    case "queue.left":
      return `left ${message.ticket_id}`;
    case "match.found":
      return `found ${message.match.match_id}`;
    default:
      return null;
  }
}

function isInPlace(
  { outcome, ticket_id, match }: Extract<ServerMessage, { type: "cancel.receipt" }>,
  last: string,
  before: ServerMessage | undefined,
): boolean {
  switch (outcome) {
    case "dequeued":
      return last === `left ${ticket_id}` && before?.type === "queue.left";
    case "matched":
      return last === `found ${match?.match_id}`;
    case "not_queued":
      return !last.startsWith("joined");
  }
}
