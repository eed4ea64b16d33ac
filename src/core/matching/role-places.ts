import type { Mode } from "../mode.ts";
import type { TicketPlayer } from "../ticket.ts";

/**
 * Whether players can take the role places of a team, by Hall's theorem (Hall 1935): players can all be seated if and
 * only if for every set of roles, those who offer nothing outside it are not more than its places. A place that no role
 * claims is open to anybody, so it counts for every set.
 */
export class RolePlaces {
  readonly #bits: ReadonlyMap<string, number>;
  /** By set of roles, as bits: places per team for those who offer only these. */
  readonly #placesOf: readonly number[];

  constructor({ roles, teamSize }: Pick<Mode, "roles" | "teamSize">) {
    const places = Object.values(roles);
    this.#bits = new Map(Object.keys(roles).map((role, bit) => [role, 1 << bit]));
    const open = teamSize - places.reduce((sum, count) => sum + count, 0);
    this.#placesOf = Array.from({ length: 1 << places.length }, (_, set) =>
      places.reduce((sum, count, bit) => ((set & (1 << bit)) === 0 ? sum : sum + count), open),
    );
  }

  /** The mode asks for no roles: everything fits. */
  get areOpen(): boolean {
    return this.#bits.size === 0;
  }

  /** The roles that a player offers, as bits. */
  offerOf({ roles }: TicketPlayer): number {
    if (roles === undefined) return this.#placesOf.length - 1;
    return roles.reduce((offer, role) => offer | (this.#bits.get(role) ?? 0), 0);
  }

  /**
   * Whether players with these offers can all be seated in so many teams, seen as one large team: for one team the
   * whole truth, for several what must hold before it is worth trying.
   */
  canSeat(offers: readonly number[], teams: number): boolean {
    for (let set = 0; set < this.#placesOf.length; set += 1) {
      let bound = 0;
      for (const offer of offers) if ((offer & ~set) === 0) bound += 1;
      if (bound > teams * (this.#placesOf[set] ?? 0)) return false;
    }
    return true;
  }
}
