import { assert } from "./assert.ts";
import type { Match } from "./match.ts";
import { unreleasedPlayerIds } from "./match.ts";
import type { Ticket } from "./ticket.ts";

/** What holds a player: one waiting ticket or one match. */
export type Holder =
  | { readonly type: "ticket"; readonly ticketId: string }
  | { readonly type: "match"; readonly matchId: string };

/**
 * Player → the one ticket or match that holds them. Invariant 1 of the design: never two.
 *
 * A match frees, re-queues or notifies a player only while it is that player's holder; without this check the end of
 * an old match would tear a player out of the next one.
 */
export class Occupancy {
  readonly #holders = new Map<string, Holder>();

  /** Players who are held. */
  get size(): number {
    return this.#holders.size;
  }

  of(playerId: string): Holder | undefined {
    return this.#holders.get(playerId);
  }

  isHeldBy(playerId: string, match: Pick<Match, "matchId">): boolean {
    const holder = this.#holders.get(playerId);
    return holder?.type === "match" && holder.matchId === match.matchId;
  }

  holdByTicket(ticket: Ticket): void {
    for (const { playerId } of ticket.players) this.#hold(playerId, { type: "ticket", ticketId: ticket.ticketId });
  }

  freeFromTicket(ticket: Ticket): void {
    for (const { playerId } of ticket.players) {
      const holder = this.#holders.get(playerId);
      assert(holder?.type === "ticket" && holder.ticketId === ticket.ticketId, "a ticket holds its own players");
      this.#holders.delete(playerId);
    }
  }

  holdByMatch(match: Match): void {
    this.joinMatch(match, unreleasedPlayerIds(match));
  }

  /** Some of a match's players, who come now. */
  joinMatch({ matchId }: Pick<Match, "matchId">, playerIds: readonly string[]): void {
    for (const playerId of playerIds) this.#hold(playerId, { type: "match", matchId });
  }

  /** Frees the players that this match still holds, and nobody else. */
  freeFromMatch(match: Match): void {
    for (const playerId of unreleasedPlayerIds(match)) {
      if (this.isHeldBy(playerId, match)) this.#holders.delete(playerId);
    }
  }

  freeOne(playerId: string): void {
    this.#holders.delete(playerId);
  }

  #hold(playerId: string, holder: Holder): void {
    assert(!this.#holders.has(playerId), `player ${playerId} is already held`);
    this.#holders.set(playerId, holder);
  }
}
