import type { Mode } from "../mode.ts";

/**
 * Whether tickets of these sizes can stand whole on the teams of a match, with room left over or not: three parties of
 * two cannot on two teams of three. Answers are remembered: a pool has few different sets of sizes.
 */
export class PartyTiling {
  readonly #teams: number;
  readonly #teamSize: number;
  readonly #known = new Map<string, boolean>();

  constructor({ teams, teamSize }: Pick<Mode, "teams" | "teamSize">) {
    this.#teams = teams;
    this.#teamSize = teamSize;
  }

  canTile(sizes: readonly number[]): boolean {
    const parties = sizes.filter((size) => size > 1).sort((a, b) => b - a);
    const players = sizes.reduce((sum, size) => sum + size, 0);
    // Solos fill whatever is left, so only the parties have to be placed.
    if (players > this.#teams * this.#teamSize) return false;
    const key = parties.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const answer = this.#place(parties, 0, new Array<number>(this.#teams).fill(this.#teamSize), new Set());
    this.#known.set(key, answer);
    return answer;
  }

  /**
   * The largest first, on every team with room; of teams with equal room only the first is tried. The same room left in
   * another order is tried once: without `deadEnds` 31 parties of two on seven teams of nine would take hours.
   */
  #place(parties: readonly number[], index: number, room: number[], deadEnds: Set<string>): boolean {
    const size = parties[index];
    if (size === undefined) return true;
    const state = `${index}:${[...room].sort((a, b) => a - b).join()}`;
    if (deadEnds.has(state)) return false;
    for (let team = 0; team < room.length; team += 1) {
      const left = room[team] ?? 0;
      if (left < size || room.indexOf(left) < team) continue;
      room[team] = left - size;
      if (this.#place(parties, index + 1, room, deadEnds)) return true;
      room[team] = left;
    }
    deadEnds.add(state);
    return false;
  }
}
