import type { PartyMix } from "./lab/party-mix.ts";
import { drawPartySize } from "./lab/party-mix.ts";
import type { Random } from "./random.ts";
import type { Player } from "./service.ts";

/** Players of one region who play all their games together, in one ticket each time; most are alone. */
export interface Party {
  readonly region: string;
  /** Whoever acts for all. */
  readonly leader: Player;
  readonly others: readonly Player[];
}

export function membersOf(party: Party): Player[] {
  return [party.leader, ...party.others];
}

/** The mix without the sizes that a mode does not take, the rest in proportion; null if that leaves nothing. */
export function mixOfSizes(mix: PartyMix, sizes: readonly number[]): PartyMix | null {
  const fitting = mix.map((share, index) => (sizes.includes(index + 1) ? share : 0));
  const total = fitting.reduce((sum, share) => sum + share, 0);
  return total > 0 ? fitting.map((share) => share / total) : null;
}

/**
 * Puts the players of each region into parties, in their order.
 *
 * @param mix as `mixOfSizes` gives it for the same sizes
 * @param sizes what the mode takes; the last of a region may make a smaller party, or none and stay away
 */
export function formParties(
  players: readonly Player[],
  mix: PartyMix,
  sizes: readonly number[],
  random: Random,
): Party[] {
  return [...Map.groupBy(players, (player) => player.region)].flatMap(([region, people]) => {
    const parties: Party[] = [];
    let rest = people;
    for (;;) {
      const drawn = drawPartySize(mix, random);
      const size = Math.max(...sizes.filter((size) => size <= Math.min(drawn, rest.length)));
      const [leader, ...others] = rest.slice(0, Math.max(0, size));
      if (leader === undefined) return parties;
      parties.push({ region, leader, others });
      rest = rest.slice(size);
    }
  });
}
