import type { Candidates } from "./candidates.ts";

/** What is put on teams as a whole: the tickets of a group, largest first. */
export class SplitUnits {
  readonly positions: number[] = [];
  readonly sizes: number[] = [];
  /** Sums of mu. */
  readonly ratingSums: Float64Array;
  /** Roles that each player offers, as bits; null in a mode without roles. */
  readonly roleOffers: readonly (readonly number[])[] | null;

  /** @param members positions of a complete group */
  constructor(members: ArrayLike<number>, { players, rating, roleOffers }: Candidates) {
    let largest = 0;
    for (let index = 0; index < members.length; index += 1) {
      largest = Math.max(largest, players[members[index] ?? 0] ?? 0);
    }
    for (let size = largest; size > 0; size -= 1) {
      for (let index = 0; index < members.length; index += 1) {
        const member = members[index] ?? 0;
        if (players[member] !== size) continue;
        this.positions.push(member);
        this.sizes.push(size);
      }
    }
    this.ratingSums = new Float64Array(members.length);
    this.positions.forEach((position, unit) => {
      this.ratingSums[unit] = (rating[position] ?? 0) * (players[position] ?? 0);
    });
    this.roleOffers = roleOffers === null ? null : this.positions.map((position) => roleOffers[position] ?? []);
  }

  /** What decides whether they can be seated: the roles that each ticket offers. Null in a mode without roles. */
  kind(): string | null {
    if (this.roleOffers === null) return null;
    const offered = this.roleOffers.map((offers) => offers.toSorted((a, b) => a - b).join("+"));
    return offered.sort().join();
  }
}
