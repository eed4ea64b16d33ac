import { matchPlayers } from "../../../src/core/match.ts";
import type { DurableState } from "../durable-state.ts";
import type { Commit } from "../platform/object-storage.ts";
import type { Violations } from "./violations.ts";

/**
 * Invariant 2: a ticket comes once, ends once, and ends as matched exactly when a match has it, in the same commit and
 * with the same players.
 */
export class ConservationChecker {
  readonly #violations: Violations;

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  /** @param before what was durable before this commit */
  take(commit: Commit, before: DurableState): void {
    const added = new Set<string>();
    const matched = new Map<string, string>();
    const seated = new Map<string, string[]>();
    for (const change of commit) {
      if (change.type === "ticket_added") {
        const { ticketId } = change.ticket;
        this.#expect(!before.endings.has(ticketId) && !added.has(ticketId), `${ticketId} came twice`);
        added.add(ticketId);
      }
      if (change.type === "ticket_ended") {
        const { ticket, ending } = change;
        const isOpen = before.endings.get(ticket.ticketId) === null || added.has(ticket.ticketId);
        this.#expect(isOpen, `${ticket.ticketId} ended as ${ending} and was not there`);
        if (ending === "matched") matched.set(ticket.ticketId, ticket.players.map(({ playerId }) => playerId).join());
      }
      if (change.type !== "match_changed" || (change.event !== "formed" && change.event !== "filled")) continue;
      const known = new Set(matchPlayers(before.matches.get(change.match.matchId) ?? { teams: [] }).map(nameOf));
      for (const player of matchPlayers(change.match)) {
        if (known.has(nameOf(player))) continue;
        seated.set(player.ticketId, [...(seated.get(player.ticketId) ?? []), player.playerId]);
      }
    }
    for (const [ticketId, playerIds] of matched) {
      const inMatch = seated.get(ticketId)?.toSorted().join();
      const isWhole = inMatch === playerIds.split(",").toSorted().join();
      this.#expect(isWhole, `${ticketId} of ${playerIds} ended as matched; in the match: ${inMatch}`);
    }
    for (const ticketId of seated.keys()) this.#expect(matched.has(ticketId), `${ticketId} plays and has not ended`);
  }

  #expect(isSo: boolean, detail: string): void {
    this.#violations.expect(isSo, "conservation", () => detail);
  }
}

function nameOf({ playerId, ticketId }: { readonly playerId: string; readonly ticketId: string }): string {
  return `${ticketId} ${playerId}`;
}
