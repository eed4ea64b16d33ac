import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Draws that are the same for the same seed. */
export class Dice {
  readonly #generator;

  /** @param seed a whole number */
  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
  }

  /** From `least` to below `limit`. */
  between(least: number, limit: number): number {
    return least + (limit - least) * uniformFloat64(this.#generator);
  }

  isLucky(chance: number): boolean {
    return this.between(0, 1) < chance;
  }

  pick<One>(all: readonly [One, ...One[]]): One {
    return all[Math.floor(this.between(0, all.length))] ?? all[0];
  }

  /** A whole number of them from `least` to `most`, as far as there are so many, in any order. */
  some<One>(all: readonly One[], least: number, most: number): One[] {
    const count = Math.floor(this.between(least, most + 1));
    return sortedByPlace(all.map((one) => ({ one, place: this.between(0, 1) }))).slice(0, count);
  }
}

export function sortedByPlace<One>(all: readonly { readonly one: One; readonly place: number }[]): One[] {
  return all.toSorted((a, b) => a.place - b.place).map(({ one }) => one);
}
