import type { Contender } from "./contest.ts";
import type { GameShape } from "./game-shape.ts";
import type { MatcherSettings } from "./lab-modes.ts";
import { shippedMode } from "./lab-modes.ts";
import type { PolicyEntry } from "./policy-table.ts";

/** A policy at one setting of its knob. */
export function contender(entry: PolicyEntry, shape: GameShape, knob: number, settings: MatcherSettings): Contender {
  const label = entry.knob === null ? entry.name : `${entry.name}, ${entry.knob.label} = ${knob}`;
  return {
    label,
    tickPeriodMs: shippedMode(shape).tickPeriodMs,
    create: () => entry.create(shape, knob, settings),
  };
}

/**
 * The contenders that a call asks for: every policy at each `a` if it has that knob, else at its usual setting.
 *
 * @param pointsPerSecond empty: the mode's usual
 */
export function contendersOf(
  policies: readonly PolicyEntry[],
  shape: GameShape,
  pointsPerSecond: readonly number[],
  settings: MatcherSettings,
): Contender[] {
  return policies.flatMap((entry) => {
    const usual = entry.knob?.usual(shape) ?? 0;
    const knobs = entry.knob?.label === "a" && pointsPerSecond.length > 0 ? pointsPerSecond : [usual];
    return knobs.map((knob) => contender(entry, shape, knob, settings));
  });
}
