import { expect } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import { unreleasedPlayerIds } from "../../../src/core/match.ts";
import { memberIds } from "../../../src/core/party.ts";
import type { Store } from "./a-store.ts";

type PartyChange = Extract<Change, { readonly type: "party_changed" }>;
type PartyEnd = Extract<Change, { readonly type: "party_ended" }>;

/** Watches what happens to parties against what was stored before. */
export class PartyChecker {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
  }

  checkChange({ party, event, playerIds }: PartyChange): void {
    const ids = memberIds(party);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
    const before = this.#store.parties.get(party.code);
    const idsBefore = before === undefined ? [] : memberIds(before);
    switch (event) {
      case "created":
        expect(before).toBeUndefined();
        this.#expectFree(ids);
        break;
      case "joined":
        expect(ids.slice(0, -1)).toEqual(idsBefore);
        this.#expectFree(ids);
        break;
      case "queued":
      case "roles_changed":
        expect(ids).toEqual(idsBefore);
        break;
      case "left":
        expect(ids).toHaveLength(idsBefore.length - 1);
        expect(idsBefore.filter((id) => ids.includes(id))).toEqual(ids);
    }
    expect(playerIds).toEqual(event === "left" ? idsBefore : ids);
    if (before !== undefined) expect(party.expiresAtMs).toBeGreaterThanOrEqual(before.expiresAtMs);
  }

  checkEnd({ party, playerIds }: PartyEnd): void {
    expect(this.#store.parties.get(party.code)).toEqual(party);
    expect(playerIds).toEqual(memberIds(party));
  }

  /** Neither a ticket nor a match holds any of them. */
  #expectFree(playerIds: readonly string[]): void {
    const waiting = [...this.#store.tickets.values()].flatMap(({ players }) => players.map(({ playerId }) => playerId));
    const pending = [...this.#store.matches.values()].filter(({ status }) => status === "pending");
    const held = new Set([...waiting, ...pending.flatMap(unreleasedPlayerIds)]);
    expect(playerIds.filter((playerId) => held.has(playerId))).toEqual([]);
  }
}
