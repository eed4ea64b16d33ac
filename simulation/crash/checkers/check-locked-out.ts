import { matchPlayers } from "../../../src/core/match.ts";
import { memberIds } from "../../../src/core/party.ts";
import type { DurableState } from "../durable-state.ts";
import type { Commit } from "../platform/object-storage.ts";
import type { Violations } from "./violations.ts";

/**
 * Whoever is locked out is not let into line, into a match or into a party any more, and what had a place for them before
 * has none after the commit that locks them out. A match that is on goes on.
 */
export class LockedOutChecker {
  readonly #violations: Violations;

  constructor(violations: Violations) {
    this.#violations = violations;
  }

  /** @param before what was durable before this commit */
  take(commit: Commit, before: DurableState): void {
    const lockedOut = lockedOutAfter(commit, before);
    const left = new Set<string>();
    for (const change of commit) {
      if (change.type === "ticket_ended") left.add(change.ticket.ticketId);
      if (change.type === "party_ended") left.add(change.party.code);
      if (change.type === "party_changed") left.add(change.party.code);
      if (lockedOut.size === 0) continue;
      if (change.type === "ticket_added")
        for (const { playerId } of change.ticket.players)
          this.#expect(!lockedOut.has(playerId), playerId, "came into line");
      if (change.type === "party_changed" && change.event !== "left")
        for (const playerId of memberIds(change.party))
          this.#expect(!lockedOut.has(playerId), playerId, "came into a party");
      if (change.type !== "match_changed" || (change.event !== "formed" && change.event !== "filled")) continue;
      const known = new Set(
        matchPlayers(before.matches.get(change.match.matchId) ?? { teams: [] }).map(({ playerId }) => playerId),
      );
      for (const { playerId } of matchPlayers(change.match))
        this.#expect(known.has(playerId) || !lockedOut.has(playerId), playerId, `came into ${change.match.matchId}`);
    }
    for (const change of commit) {
      if (change.type !== "revocation_changed" || !change.revocation.isLockedOut) continue;
      this.#checkLeft(change.revocation.playerId, before, left);
    }
  }

  #checkLeft(playerId: string, { tickets, parties }: DurableState, left: ReadonlySet<string>): void {
    for (const { ticketId, players } of tickets.values()) {
      const isOn = players.some((player) => player.playerId === playerId) && !left.has(ticketId);
      this.#expect(!isOn, playerId, `still waits on ${ticketId}`);
    }
    for (const party of parties.values()) {
      const isIn = memberIds(party).includes(playerId) && !left.has(party.code);
      this.#expect(!isIn, playerId, `is still in party ${party.code}`);
    }
  }

  #expect(isSo: boolean, playerId: string, detail: string): void {
    this.#violations.expect(isSo, "locked out", () => `${playerId} is locked out and ${detail}`);
  }
}

/** Nobody is locked out and let in again in one event. */
function lockedOutAfter(commit: Commit, { lockedOut }: DurableState): ReadonlySet<string> {
  if (!commit.some(({ type }) => type === "revocation_changed")) return lockedOut;
  const after = new Set(lockedOut);
  for (const change of commit) {
    if (change.type !== "revocation_changed") continue;
    const { playerId, isLockedOut } = change.revocation;
    if (isLockedOut) after.add(playerId);
    else after.delete(playerId);
  }
  return after;
}
