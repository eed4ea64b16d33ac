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
  told(
    message: ServerMessage,
    { endings, results, accepted, members, finished }: DurableState,
    playerId: string,
  ): void {
    switch (message.type) {
      case "queue.joined":
      case "enqueue.receipt":
        return this.#expect(endings.has(message.ticket_id), message);
      case "queue.left":
        return this.#expect((endings.get(message.ticket_id) ?? null) !== null, message);
      case "cancel.receipt":
        if (message.ticket_id !== null) this.#expect((endings.get(message.ticket_id) ?? null) !== null, message);
        return;
      case "accept.receipt":
        return this.#expect(accepted.has(`${message.match_id} ${playerId}`), message);
      case "match.found":
      case "match.abandoned":
        return this.#expect(results.has(message.match.match_id), message);
      case "match.assigned":
        return this.#expect(results.has(message.match_id), message);
      case "match.finished":
        return this.#expect(finished.has(message.match.match_id), message);
      case "party.changed":
        for (const member of message.party.members)
          this.#expect(members.has(`${message.party.code} ${member.player_id}`), message);
        return;
      case "state":
        if (message.queued !== null) this.#expect(endings.has(message.queued.ticket_id), message);
        if (message.matched !== null) this.#expect(results.has(message.matched.match_id), message);
    }
  }

  #expect(isSo: boolean, message: ServerMessage): void {
    this.#violations.expect(isSo, "told", () => `told, and not durable: ${JSON.stringify(message)}`);
  }
}
