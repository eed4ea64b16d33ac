type Booking = { readonly type: "queued" } | { readonly type: "playing"; readonly matchId: string };

/**
 * Who is where, from the players' own side: a player is idle, queued by their own wish, or in one unfinished match.
 * Whatever the service says that does not fit is a fault.
 */
export class BookingLedger {
  readonly #bookings = new Map<string, Booking>();
  readonly #faults: string[] = [];

  get faults(): readonly string[] {
    return this.#faults;
  }

  /** The player asks for a place in line. Call it before the request goes out: the match may form before its answer. */
  queued(playerId: string): void {
    this.#bookings.set(playerId, { type: "queued" });
  }

  /** The player has left the line. @param wasInLine whether the service still had them there */
  left(playerId: string, wasInLine: boolean): void {
    if (!wasInLine) this.#faults.push(`player ${playerId} queued and was not in line when leaving`);
    this.#bookings.delete(playerId);
  }

  /** A match says that it holds these players. */
  started(matchId: string, playerIds: readonly string[]): void {
    for (const playerId of playerIds) {
      const booking = this.#bookings.get(playerId);
      if (booking === undefined) this.#faults.push(`player ${playerId} is in match ${matchId} without having queued`);
      else if (booking.type === "playing") {
        this.#faults.push(`player ${playerId} is in match ${matchId} while still in match ${booking.matchId}`);
      }
      this.#bookings.set(playerId, { type: "playing", matchId });
    }
  }

  /** The match's result has been taken in; it no longer holds these players. */
  ended(matchId: string, playerIds: readonly string[]): void {
    for (const playerId of playerIds) {
      const booking = this.#bookings.get(playerId);
      if (booking?.type === "playing" && booking.matchId === matchId) this.#bookings.delete(playerId);
    }
  }

  /** What a member of a party is told once their leader was told of a match. */
  toldWithLeader(playerId: string, leadersMatchId: string, matchId: string | null): void {
    if (matchId === leadersMatchId) return;
    this.#faults.push(
      `player ${playerId} is told of match ${matchId}, their party's leader of match ${leadersMatchId}`,
    );
  }

  /** What a player's own status says after they have queued. */
  toldStatus(playerId: string, isEnqueued: boolean, matchId: string | null): void {
    if (isEnqueued && matchId !== null) {
      this.#faults.push(`player ${playerId} is told of match ${matchId} while still queued`);
    }
    if (!isEnqueued && matchId === null) {
      this.#faults.push(`player ${playerId} queued and is now neither queued nor in a match`);
    }
  }
}
