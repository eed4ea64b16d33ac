import { canFillTeams } from "./can-fill-teams.ts";
import type { Party } from "./party.ts";
import { membersOf } from "./party.ts";

/**
 * Who still owes games, region by region. A region closes for good when the parties that owe games cannot make up a
 * match any more: too few players, or sizes that fill no teams. The rest are left over.
 */
export class Roster {
  readonly #teams: number;
  readonly #teamSize: number;
  readonly #gamesLeft = new Map<string, number>();
  readonly #owing = new Map<string, Set<Party>>();
  readonly #closing = new Map<string, AbortController>();

  constructor(teams: number, teamSize: number) {
    this.#teams = teams;
    this.#teamSize = teamSize;
  }

  add(party: Party, games: number): void {
    for (const { playerId } of membersOf(party)) this.#gamesLeft.set(playerId, games);
    const owing = this.#owing.get(party.region) ?? new Set();
    this.#owing.set(party.region, owing.add(party));
    if (!this.#closing.has(party.region)) this.#closing.set(party.region, new AbortController());
  }

  /** To be called when everybody has been added: some regions may be too small from the start. */
  begin(): void {
    for (const region of this.#closing.keys()) this.#closeIfHopeless(region);
  }

  gamesLeft(playerId: string): number {
    return this.#gamesLeft.get(playerId) ?? 0;
  }

  /** Aborted when the region closes. */
  closed(region: string): AbortSignal {
    return this.#closing.get(region)?.signal ?? AbortSignal.abort();
  }

  played(region: string, playerIds: readonly string[]): void {
    for (const playerId of playerIds) this.#gamesLeft.set(playerId, Math.max(0, this.gamesLeft(playerId) - 1));
    this.#closeIfHopeless(region);
  }

  /** The party gives up; the games it owes will not be played. */
  remove(party: Party): void {
    for (const { playerId } of membersOf(party)) this.#gamesLeft.set(playerId, 0);
    this.#closeIfHopeless(party.region);
  }

  /** Last call: nobody queues any more, whoever waits leaves, and games that run are played to their end. */
  closeAll(): void {
    for (const closing of this.#closing.values()) closing.abort();
  }

  #closeIfHopeless(region: string): void {
    const owing = this.#owing.get(region) ?? new Set();
    for (const party of owing) if (this.gamesLeft(party.leader.playerId) === 0) owing.delete(party);
    const sizes = [...owing].map((party) => membersOf(party).length);
    if (!canFillTeams(this.#teams, this.#teamSize, sizes)) this.#closing.get(region)?.abort();
  }
}
