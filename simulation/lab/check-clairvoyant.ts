import type { CheckedLimit } from "./checked-limit.ts";
import {
  CLAIRVOYANT_SETTINGS,
  CLAIRVOYANT_TICK_MS,
  clairvoyantSteps,
  runClairvoyantContest,
} from "./clairvoyant-contest.ts";
import { REFERENCE_SETTINGS } from "./lab-modes.ts";
import { CLAIRVOYANT_LIMIT } from "./limits.ts";
import { POLICIES } from "./policy-table.ts";

/** Pairing in hindsight takes seconds a trace; three traces say enough. */
const MOST_SEEDS = 3;

const JUDGED = POLICIES.filter(({ name }) => name === "ripe-windows");

/** How these rows were measured, where that differs from the others. */
export function clairvoyantNote(seeds: number): string {
  return [
    `Against the clairvoyant: seeds: ${Math.min(seeds, MOST_SEEDS)}, ticks of ${CLAIRVOYANT_TICK_MS} ms, balance weight`,
    `${CLAIRVOYANT_SETTINGS.balanceWeight} as shipped in 1v1, the best of four settings of a.`,
    `The plain term of the other rows: npm run lab -- --clairvoyant --balance-weight ${REFERENCE_SETTINGS.balanceWeight}`,
  ].join("\n  ");
}

/** Steps of `checkClairvoyant`. */
export function clairvoyantCheckSteps(seeds: number): number {
  return clairvoyantSteps(JUDGED, Math.min(seeds, MOST_SEEDS));
}

/** 1v1 against someone who knows the future; see `clairvoyant-contest.ts`. */
export function checkClairvoyant(seeds: number, stepEnded: () => void): CheckedLimit[] {
  const rows = runClairvoyantContest(JUDGED, CLAIRVOYANT_SETTINGS, Math.min(seeds, MOST_SEEDS), stepEnded);
  return rows.map(({ pointsPerSecond, ratio }) => ({
    of: "1v1 against a clairvoyant",
    figure: `× optimum, a = ${pointsPerSecond}`,
    limit: `≤ ${CLAIRVOYANT_LIMIT}`,
    measured: ratio.toFixed(3),
    shipped: null,
    isKept: ratio <= CLAIRVOYANT_LIMIT,
  }));
}
