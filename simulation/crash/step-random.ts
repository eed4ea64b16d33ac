import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";
import type { RandomGenerator } from "pure-rand/types/RandomGenerator";

/**
 * The only source of chance in a run. Each step begins its own sequence, made from the seed and the step's number
 * alone: so a step draws the same numbers when earlier steps are left out, and a history can be shrunk.
 */
export class StepRandom {
  readonly #seed: number;
  #generator: RandomGenerator;

  constructor(seed: number) {
    this.#seed = seed;
    this.#generator = xoroshiro128plus(mixed(seed, 0));
  }

  /** @param purpose keeps sequences of the same step apart */
  begin(step: number, purpose = 0): void {
    this.#generator = xoroshiro128plus(mixed(mixed(this.#seed, step + 1), purpose));
  }

  /** 0 to below 1. */
  fraction(): number {
    return uniformFloat64(this.#generator);
  }

  between(least: number, limit: number): number {
    return least + (limit - least) * this.fraction();
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.fraction() * limit);
  }

  chance(probability: number): boolean {
    return probability > 0 && this.fraction() < probability;
  }

  pick<Value>(values: readonly Value[]): Value | undefined {
    return values[this.below(values.length)];
  }

  /** The name whose share of all weights is hit. */
  weighted<Name extends string>(weights: readonly (readonly [Name, number])[]): Name {
    let left = this.fraction() * weights.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [name, weight] of weights) {
      left -= weight;
      if (left < 0) return name;
    }
    const [first] = weights;
    if (first === undefined) throw new Error("weights of something");
    return first[0];
  }
}

/** Two numbers into one of 32 bits, each bit of which depends on all of theirs (MurmurHash3's finalizer). */
function mixed(one: number, other: number): number {
  let hash = Math.imul(one ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(other + 0x165667b1, 0xc2b2ae35);
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  hash = Math.imul(hash, 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) | 0;
}
