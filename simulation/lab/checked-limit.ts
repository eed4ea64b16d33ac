import { assert } from "../../src/core/assert.ts";
import { acrossSeeds } from "./across-seeds.ts";
import type { Measures } from "./measure-run.ts";

/** One line of the report on what Muster promises: what was asked, what came out. */
export interface CheckedLimit {
  readonly of: string;
  readonly figure: string;
  /** `≤ 7.6`. */
  readonly limit: string;
  readonly measured: string;
  /** The same figure of the shipped defaults; null where they were not run. */
  readonly shipped: string | null;
  readonly isKept: boolean;
}

/** A figure's mean over the seeds, where every seed has it. */
export function meanOver(measures: readonly Measures[], read: (measures: Measures) => number | null): number {
  const estimate = acrossSeeds(measures.map(read));
  assert(estimate !== null, "every seed's run has this figure");
  return estimate.mean;
}
