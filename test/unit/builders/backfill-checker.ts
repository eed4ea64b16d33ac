import { expect } from "vitest";
import type { Backfill } from "../../../src/core/backfill.ts";
import type { Change } from "../../../src/core/changes.ts";
import type { Match } from "../../../src/core/match.ts";
import { presentPlayers } from "../../../src/core/match.ts";
import type { Store } from "./a-store.ts";
import { EVENT_MODES } from "./event-world.ts";

type BackfillChange = Extract<Change, { readonly type: "backfill_changed" }>;
type BackfillEnd = Extract<Change, { readonly type: "backfill_ended" }>;
type Filled = Extract<Change, { readonly event: "filled" }>;

/** Watches the backfills of a region against what was stored before each change. */
export class BackfillChecker {
  /** How each one ended, by ticket; null while it waits. */
  readonly endings = new Map<string, string | null>();
  readonly #store: Store;
  /** Who came into a match by the change just before. */
  #filled: Filled | null = null;

  constructor(store: Store) {
    this.#store = store;
  }

  /** To be called with every change, before it is written. */
  take(change: Change): void {
    if (change.type === "backfill_changed") this.#checkChange(change);
    else if (change.type === "backfill_ended") this.#checkEnd(change);
    else expect(this.#filled).toBeNull();
    if (change.type === "match_changed" && change.event === "filled") this.#checkFilled(change);
  }

  #checkChange({ backfill, event }: BackfillChange): void {
    const match = this.#store.matches.get(backfill.matchId);
    expect(match?.status).toBe("pending");
    expect(match === undefined ? {} : overfull(backfill, match)).toEqual({});
    const before = this.#store.backfills.get(backfill.matchId);
    if (event === "asked") {
      expect(before).toBeUndefined();
      expect(this.endings.has(backfill.ticketId)).toBe(false);
      this.endings.set(backfill.ticketId, null);
      return;
    }
    expect(this.endings.get(backfill.ticketId)).toBeNull();
    expect({ ...backfill, places: before?.places }).toEqual(before);
    if (event === "joined") this.#expectFilledBy(before, backfill.places);
  }

  #checkEnd({ backfill, ending }: BackfillEnd): void {
    expect(this.endings.get(backfill.ticketId)).toBeNull();
    expect(this.#store.backfills.get(backfill.matchId)).toEqual(backfill);
    this.endings.set(backfill.ticketId, ending);
    if (ending === "filled") this.#expectFilledBy(backfill, {});
    const match = this.#store.matches.get(backfill.matchId);
    const isDeserted = match?.teams.flatMap(presentPlayers).length === 0;
    expect(ending === "match_over").toBe(match?.status !== "pending" || isDeserted);
  }

  /** Nobody comes into a match that does not ask, and whoever comes is told. */
  #checkFilled(change: Filled): void {
    this.#filled = change;
    expect(this.#store.backfills.has(change.match.matchId)).toBe(true);
    const before = this.#store.matches.get(change.match.matchId);
    const known = new Set(before?.teams.flatMap(({ players }) => players.map(({ playerId }) => playerId)));
    const came = change.match.teams.flatMap(({ players }) => players.filter(({ playerId }) => !known.has(playerId)));
    expect(came.every(({ filledIn, released }) => filledIn === true && !released)).toBe(true);
    expect(came.map(({ playerId }) => playerId)).toEqual(change.joinedIds);
  }

  /** As many places are less as players came, team by team. */
  #expectFilledBy(before: Backfill | undefined, after: Backfill["places"]): void {
    const joinedIds = new Set(this.#filled?.joinedIds);
    expect(this.#filled?.match.matchId).toBe(before?.matchId);
    for (const { name, players } of this.#filled?.match.teams ?? []) {
      const came = players.filter(({ playerId }) => joinedIds.has(playerId)).length;
      expect((after[name] ?? 0) + came).toBe(before?.places[name] ?? 0);
    }
    this.#filled = null;
  }
}

/** Teams that would have more than their size if every place were filled. */
function overfull({ places }: Backfill, match: Match): Record<string, number> {
  const size = EVENT_MODES.byName.get(match.mode)?.teamSize ?? 0;
  const teams = match.teams.map((team): [string, number] => [
    team.name,
    presentPlayers(team).length + (places[team.name] ?? 0),
  ]);
  return Object.fromEntries(teams.filter(([, players]) => players > size));
}
