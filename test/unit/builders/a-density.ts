import type { Density } from "../../../src/core/matching/density.ts";
import { DENSITY_BINS } from "../../../src/core/matching/density.ts";

/** The same number of arrivals per second and rating point at every rating. */
export function anEvenDensity(rho: number): Density {
  return { perBin: new Array<number>(DENSITY_BINS).fill(rho), mean: rho };
}
