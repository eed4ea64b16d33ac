/**
 * Who still owes games, region by region. A region closes for good when fewer owe games than a match needs: the rest
 * cannot be matched any more and are left over.
 */
export class Roster {
  readonly #playersPerMatch: number;
  readonly #gamesLeft = new Map<string, number>();
  readonly #owing = new Map<string, number>();
  readonly #closing = new Map<string, AbortController>();

  constructor(playersPerMatch: number) {
    this.#playersPerMatch = playersPerMatch;
  }

  add(region: string, playerId: string, games: number): void {
    this.#gamesLeft.set(playerId, games);
    this.#owing.set(region, (this.#owing.get(region) ?? 0) + 1);
    if (!this.#closing.has(region)) this.#closing.set(region, new AbortController());
  }

  /** To be called when everybody has been added: some regions may be too small from the start. */
  begin(): void {
    for (const region of this.#closing.keys()) this.#closeIfTooFew(region);
  }

  gamesLeft(playerId: string): number {
    return this.#gamesLeft.get(playerId) ?? 0;
  }

  /** Aborted when the region closes. */
  closed(region: string): AbortSignal {
    return this.#closing.get(region)?.signal ?? AbortSignal.abort();
  }

  played(region: string, playerIds: readonly string[]): void {
    for (const playerId of playerIds) this.#setGamesLeft(region, playerId, this.gamesLeft(playerId) - 1);
    this.#closeIfTooFew(region);
  }

  /** The player gives up; the games they owe will not be played. */
  remove(region: string, playerId: string): void {
    this.#setGamesLeft(region, playerId, 0);
    this.#closeIfTooFew(region);
  }

  /** Last call: nobody queues any more, whoever waits leaves, and games that run are played to their end. */
  closeAll(): void {
    for (const closing of this.#closing.values()) closing.abort();
  }

  #setGamesLeft(region: string, playerId: string, games: number): void {
    if (this.gamesLeft(playerId) > 0 && games <= 0) this.#owing.set(region, (this.#owing.get(region) ?? 0) - 1);
    this.#gamesLeft.set(playerId, Math.max(0, games));
  }

  #closeIfTooFew(region: string): void {
    if ((this.#owing.get(region) ?? 0) < this.#playersPerMatch) this.#closing.get(region)?.abort();
  }
}
