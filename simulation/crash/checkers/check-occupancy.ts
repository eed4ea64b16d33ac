import type { Match } from "../../../src/core/match.ts";
import { unreleasedPlayerIds } from "../../../src/core/match.ts";
import type { DurableState } from "../durable-state.ts";
import type { Commit } from "../platform/object-storage.ts";
import type { Violations } from "./violations.ts";

/** Invariant 1: a player is bound to at most one ticket or one match, in all regions together. */
export class OccupancyChecker {
  readonly #violations: Violations;
  readonly #holders = new Map<string, Set<string>>();

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  /** @param before what was durable before this commit */
  take(commit: Commit, before: DurableState): void {
    const touched = new Set<string>();
    const current = new Map<string, Match>();
    for (const change of commit) {
      if (change.type === "ticket_added") this.#hold(idsOf(change.ticket), change.ticket.ticketId, touched);
      if (change.type === "ticket_ended") this.#free(idsOf(change.ticket), change.ticket.ticketId);
      if (change.type !== "match_changed") continue;
      const { match } = change;
      const known = current.get(match.matchId) ?? before.matches.get(match.matchId);
      if (known !== undefined) this.#free(heldBy(known), match.matchId);
      this.#hold(heldBy(match), match.matchId, touched);
      current.set(match.matchId, match);
    }
    for (const playerId of touched) {
      const holders = this.#holders.get(playerId);
      this.#violations.expect(
        (holders?.size ?? 0) <= 1,
        "occupancy",
        () => `${playerId} is in ${[...(holders ?? [])]}`,
      );
    }
  }

  #hold(playerIds: readonly string[], holder: string, touched: Set<string>): void {
    for (const playerId of playerIds) {
      const holders = this.#holders.get(playerId) ?? new Set();
      this.#holders.set(playerId, holders.add(holder));
      touched.add(playerId);
    }
  }

  #free(playerIds: readonly string[], holder: string): void {
    for (const playerId of playerIds) this.#holders.get(playerId)?.delete(holder);
  }
}

function idsOf({ players }: { readonly players: readonly { readonly playerId: string }[] }): string[] {
  return players.map(({ playerId }) => playerId);
}

function heldBy(match: Match): string[] {
  return match.status === "pending" ? unreleasedPlayerIds(match) : [];
}
