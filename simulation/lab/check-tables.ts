import type { CheckedLimit } from "./checked-limit.ts";
import { meanOver } from "./checked-limit.ts";
import { knownShape } from "./game-shape.ts";
import { REFERENCE_SETTINGS, referenceMode, shippedMode } from "./lab-modes.ts";
import type { LimitedCase } from "./limits.ts";
import { isKept, LEAST_COVERAGE, LIMITED_CASES, MOST_COVERAGE } from "./limits.ts";
import { measureOnReference } from "./measure-on-reference.ts";
import type { Measures } from "./measure-run.ts";
import { knownMix } from "./party-mix.ts";
import { ripeWindows } from "./policies/ripe-windows.ts";

/** Runs of `checkTables`. */
export function tableRuns(seeds: number): number {
  return 2 * LIMITED_CASES.length * seeds;
}

/** The limits of each mode, with the reference settings and, beside them, as shipped. */
export function checkTables(seeds: number, runEnded: () => void): CheckedLimit[] {
  return LIMITED_CASES.flatMap((limited) => checkCase(limited, seeds, runEnded));
}

function checkCase({ mode, parties, pointsPerSecond, limits }: LimitedCase, seeds: number, runEnded: () => void) {
  const shape = knownShape(mode);
  const policies = [
    () => ripeWindows(referenceMode(shape, pointsPerSecond, REFERENCE_SETTINGS)),
    () => ripeWindows(shippedMode(shape)),
  ];
  const [ripe = [], shipped = []] = measureOnReference(shape, knownMix(parties), seeds, policies, runEnded);
  const of = `${mode}${parties === "solo" ? "" : " with parties"}, a = ${pointsPerSecond}`;
  const checked = limits.map((limit): CheckedLimit => {
    const { figure, bound, value, digits, read } = limit;
    const measured = meanOver(ripe, read);
    return {
      of,
      figure,
      limit: `${bound === "at most" ? "≤" : "≥"} ${value}`,
      measured: measured.toFixed(digits),
      shipped: meanOver(shipped, read).toFixed(digits),
      isKept: isKept(limit, measured),
    };
  });
  return [...checked, checkCoverage(of, ripe, shipped)];
}

function checkCoverage(of: string, ripe: readonly Measures[], shipped: readonly Measures[]): CheckedLimit {
  const read = ({ estimateCoverage }: Measures) => estimateCoverage;
  const measured = meanOver(ripe, read);
  return {
    of,
    figure: "told waits that came true",
    limit: `${LEAST_COVERAGE} to ${MOST_COVERAGE}`,
    measured: measured.toFixed(3),
    shipped: meanOver(shipped, read).toFixed(3),
    isKept: measured >= LEAST_COVERAGE && measured <= MOST_COVERAGE,
  };
}
