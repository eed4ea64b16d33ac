import { assert } from "../../src/core/assert.ts";
import type { Random } from "../random.ts";

/** Share of the tickets by party size: `shares[0]` come alone. They add up to 1. */
export type PartyMix = readonly number[];

export const PARTY_MIXES: ReadonlyMap<string, PartyMix> = new Map([
  ["solo", [1]],
  ["p5", [0.58, 0.24, 0.09, 0.03, 0.06]],
  ["pairs", [0.5, 0.5]],
]);

/** For the lab's own use of a mix. */
export function knownMix(name: string): PartyMix {
  const mix = PARTY_MIXES.get(name);
  assert(mix !== undefined, `the lab knows the party mix ${name}`);
  return mix;
}

/** The mix without parties that no team can hold, the rest in proportion. */
export function fittingMix(mix: PartyMix, largestParty: number): PartyMix {
  const fitting = mix.slice(0, largestParty);
  const total = fitting.reduce((sum, share) => sum + share, 0);
  assert(total > 0, "a mix holds parties that fit");
  return fitting.map((share) => share / total);
}

/** `p5` of a team of five: 1.75. */
export function meanPartySize(mix: PartyMix): number {
  return mix.reduce((sum, share, index) => sum + share * (index + 1), 0);
}

export function drawPartySize(mix: PartyMix, random: Random): number {
  let point = random.between(0, 1);
  for (const [index, share] of mix.entries()) {
    point -= share;
    if (point < 0) return index + 1;
  }
  // Rounding may leave a remainder of the order of 1e-16.
  return mix.length;
}
