import type { CheckedLimit } from "./checked-limit.ts";
import { meanOver } from "./checked-limit.ts";
import { knownShape } from "./game-shape.ts";
import { referenceMode } from "./lab-modes.ts";
import { CAP_S, CAPPED_POINTS_PER_SECOND, CAPPED_SETTINGS, COMPARED_FIGURES } from "./limits.ts";
import { measureOnReference } from "./measure-on-reference.ts";
import { ripeWindows } from "./policies/ripe-windows.ts";
import { steppedExpansion } from "./policies/stepped-expansion.ts";

/** Runs of `checkAgainstStepped`. */
export function againstSteppedRuns(seeds: number): number {
  return 2 * seeds;
}

/** Against stepped expansion, in 2v2 with a cap of a minute: no worse in any figure, and everybody matched. */
export function checkAgainstStepped(seeds: number, runEnded: () => void): CheckedLimit[] {
  const shape = knownShape("2v2");
  const capped = referenceMode(shape, CAPPED_POINTS_PER_SECOND, CAPPED_SETTINGS);
  const policies = [() => ripeWindows(capped), () => steppedExpansion(shape, 1)];
  const [ripe = [], stepped = []] = measureOnReference(shape, [1], seeds, policies, runEnded);
  const of = `2v2, cap ${CAP_S} s, γ = ${CAPPED_SETTINGS.equity}, a = ${CAPPED_POINTS_PER_SECOND}`;
  const compared = COMPARED_FIGURES.map(({ figure, digits, read }): CheckedLimit => {
    const [measured, peer] = [meanOver(ripe, read), meanOver(stepped, read)];
    const limit = `≤ ${peer.toFixed(digits)} stepped`;
    return { of, figure, limit, measured: measured.toFixed(digits), shipped: null, isKept: measured <= peer };
  });
  const matched = meanOver(ripe, (measures) => measures.matchedShare);
  const everybody = { figure: "matched", limit: "1", measured: matched.toFixed(4), isKept: matched === 1 };
  return [...compared, { of, ...everybody, shipped: null }];
}
