import { playersPerMatch } from "../mode.ts";
import type { Candidates } from "./candidates.ts";
import type { GroupRules, RuleName } from "./group-rules.ts";
import { NO_RULES } from "./group-rules.ts";
import type { PoolRules } from "./pool-rules.ts";

interface Joined {
  readonly position: number;
  readonly players: number;
  readonly lowest: number;
  readonly highest: number;
  readonly rules: GroupRules;
}

const NOBODY: Joined = {
  position: -1,
  players: 0,
  lowest: Number.POSITIVE_INFINITY,
  highest: Number.NEGATIVE_INFINITY,
  rules: NO_RULES,
};

/**
 * A match in the making: tickets that the hard rules allow together. Each ticket is checked once, when it joins,
 * against a summary of those who are in, so joining takes as long as there are rules, not members.
 */
export class Group {
  readonly #candidates: Candidates;
  readonly #pool: PoolRules;
  readonly #needed: number;
  /** One summary for each member that joined, so that the last can be taken back. */
  readonly #joined: Joined[] = [];

  constructor(candidates: Candidates, pool: PoolRules) {
    this.#candidates = candidates;
    this.#pool = pool;
    this.#needed = playersPerMatch(pool.mode);
  }

  get members(): number[] {
    return this.#joined.map(({ position }) => position);
  }

  get isComplete(): boolean {
    return this.#summary.players === this.#needed;
  }

  has(position: number): boolean {
    return this.#joined.some((member) => member.position === position);
  }

  /** Takes a ticket in, if the rules allow. */
  add(position: number): boolean {
    const summary = this.#summary;
    const { players, lowest, highest } = this.#candidates;
    const size = summary.players + (players[position] ?? 0);
    if (size > this.#needed) return false;
    const rules = this.#join(position);
    if (typeof rules === "string") return false;
    this.#joined.push({
      position,
      players: size,
      lowest: Math.min(summary.lowest, lowest[position] ?? 0),
      highest: Math.max(summary.highest, highest[position] ?? 0),
      rules,
    });
    return true;
  }

  /** Takes the last member out again. */
  removeLast(): void {
    this.#joined.pop();
  }

  /** Starts again with these; false: the rules do not allow them together. */
  take(positions: ArrayLike<number>): boolean {
    this.#joined.length = 0;
    for (let index = 0; index < positions.length; index += 1) {
      if (!this.add(positions[index] ?? 0)) return false;
    }
    return true;
  }

  /** The first rule that keeps a ticket out; null: none does. */
  conflictWith(position: number): RuleName | null {
    const { players } = this.#candidates;
    if (this.#summary.players + (players[position] ?? 0) > this.#needed) return "party_size";
    const rules = this.#join(position);
    return typeof rules === "string" ? rules : null;
  }

  get #summary(): Joined {
    return this.#joined[this.#joined.length - 1] ?? NOBODY;
  }

  /** The group's rules with one ticket more, or the name of the rule that is in the way. */
  #join(position: number): GroupRules | RuleName {
    const summary = this.#summary;
    const { rules, lowest, highest, hasParties, roleOffers } = this.#candidates;
    const joined = rules === null ? NO_RULES : this.#pool.ruleBook.join(summary.rules, rules[position] ?? NO_RULES);
    if (typeof joined === "string") return joined;
    const range = Math.max(summary.highest, highest[position] ?? 0) - Math.min(summary.lowest, lowest[position] ?? 0);
    const maxRatingGap = Math.min(joined.maxRatingGap, this.#pool.mode.maxRatingGap ?? Number.POSITIVE_INFINITY);
    if (range > maxRatingGap) return "max_rating_gap";
    if (rules !== null && this.#isAvoided(position)) return "avoid";
    if (hasParties && !this.#canTileWith(position)) return "party_size";
    if (roleOffers !== null && !this.#canSeatWith(position, roleOffers)) return "roles";
    return joined;
  }

  #isAvoided(position: number): boolean {
    const newcomer = this.#candidates.ticket(position);
    return this.#joined.some((member) => {
      const { players, constraints } = this.#candidates.ticket(member.position);
      return avoidsAny(constraints.avoid, newcomer.players) || avoidsAny(newcomer.constraints.avoid, players);
    });
  }

  #canTileWith(position: number): boolean {
    const { players } = this.#candidates;
    const sizes = this.#joined.map((member) => players[member.position] ?? 0);
    return this.#pool.tiling.canTile([...sizes, players[position] ?? 0]);
  }

  #canSeatWith(position: number, roleOffers: readonly (readonly number[])[]): boolean {
    const offers = [...this.members, position].flatMap((member) => roleOffers[member] ?? []);
    return this.#pool.rolePlaces.canSeat(offers, this.#pool.mode.teams);
  }
}

function avoidsAny(avoid: readonly string[] | undefined, players: readonly { readonly playerId: string }[]): boolean {
  return avoid !== undefined && players.some(({ playerId }) => avoid.includes(playerId));
}
