import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { xoroshiro128plus } from "pure-rand/generator/xoroshiro128plus";

/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** Evenly from `least` to below `limit`. */
  between(least: number, limit: number): number;
  normal(mean: number, deviation: number): number;
}

/** @param seed a whole number */
export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  const uniform = () => uniformFloat64(generator);
  return {
    between: (least, limit) => least + (limit - least) * uniform(),
    // Box and Muller 1958; 1 − u keeps the logarithm's argument above 0.
    normal: (mean, deviation) =>
      mean + deviation * Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  };
}
