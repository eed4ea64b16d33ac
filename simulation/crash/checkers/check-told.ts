import type { ServerMessage } from "../../../src/region/protocol.ts";
import type { DurableState } from "../durable-state.ts";
import type { Violations } from "./violations.ts";

/** Invariant 6: a player hears only of what is durable by then. */
export class ToldChecker {
  readonly #violations: Violations;

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  /** A frame has reached a player. @param state of the region that sent it */
  told(message: ServerMessage, state: DurableState, playerId: string): void {
    this.#violations.expect(
      isDurable(message, state, playerId),
      "told",
      () => `told, and not durable: ${JSON.stringify(message)}`,
    );
  }
}

/** Whether all that a message says has happened has become durable. */
function isDurable(message: ServerMessage, state: DurableState, playerId: string): boolean {
  const { endings, results, accepted, members, finished, proposed, cancelled, endedParties } = state;
  const hasEnded = (ticketId: string) => (endings.get(ticketId) ?? null) !== null;
  switch (message.type) {
    case "queue.joined":
    case "enqueue.receipt":
      return endings.has(message.ticket_id);
    case "queue.left":
      return hasEnded(message.ticket_id);
    case "cancel.receipt":
      return message.ticket_id === null || hasEnded(message.ticket_id);
    case "accept.receipt":
      return accepted.has(`${message.match_id} ${playerId}`);
    case "match.proposed":
    case "match.repairing":
      return proposed.has(message.match_id);
    case "match.cancelled":
      return cancelled.has(message.match_id);
    case "party.ended":
      return endedParties.has(message.code);
    case "match.found":
    case "match.abandoned":
      return results.has(message.match.match_id);
    case "match.assigned":
      return results.has(message.match_id);
    case "match.finished":
      return finished.has(message.match.match_id);
    case "party.changed":
      return message.party.members.every((member) => members.has(`${message.party.code} ${member.player_id}`));
    case "state":
      return (
        (message.queued === null || endings.has(message.queued.ticket_id)) &&
        (message.matched === null || results.has(message.matched.match_id))
      );
    default:
      return true;
  }
}
