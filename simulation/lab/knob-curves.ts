import { acrossSeeds } from "./across-seeds.ts";
import { contender } from "./contenders.ts";
import { runContest } from "./contest.ts";
import type { GameShape } from "./game-shape.ts";
import type { MatcherSettings } from "./lab-modes.ts";
import type { PolicyEntry } from "./policy-table.ts";
import { nameWithOrigin } from "./policy-table.ts";
import type { TraceSettings } from "./trace.ts";

/** A policy at one setting of its knob: what waiting buys. */
export interface CurvePoint {
  /** Null: the policy has no knob. */
  readonly knob: number | null;
  readonly waitS: number;
  readonly spread: number;
  readonly unevenness: number;
}

export interface KnobCurve {
  /** The policy, and who is known for it. */
  readonly name: string;
  readonly points: readonly CurvePoint[];
}

/** More would move the points by less than their size. */
const MOST_SEEDS = 2;

export function curveRuns(policies: readonly PolicyEntry[], seeds: number): number {
  return policies.reduce((sum, { knob }) => sum + (knob?.sweep.length ?? 1), 0) * Math.min(seeds, MOST_SEEDS);
}

/** Every policy over the settings of its knob; a setting that matches nobody has no point. */
export function runKnobCurves(
  policies: readonly PolicyEntry[],
  shape: GameShape,
  settings: MatcherSettings,
  trace: TraceSettings,
  seeds: number,
  runEnded: () => void,
): KnobCurve[] {
  return policies.map((policy) => {
    const knobs = policy.knob?.sweep ?? [0];
    const contenders = knobs.map((knob) => contender(policy, shape, knob, settings));
    const rows = runContest(contenders, trace, Math.min(seeds, MOST_SEEDS), runEnded);
    const points = rows.flatMap(({ measures }, index): CurvePoint[] => {
      const waitS = acrossSeeds(measures.map((measure) => measure.waitS.mean));
      const spread = acrossSeeds(measures.map((measure) => measure.spread));
      const unevenness = acrossSeeds(measures.map((measure) => measure.unevenness));
      if (waitS === null || spread === null || unevenness === null) return [];
      const knob = policy.knob === null ? null : (knobs[index] ?? null);
      return [{ knob, waitS: waitS.mean, spread: spread.mean, unevenness: unevenness.mean }];
    });
    return { name: nameWithOrigin(policy), points };
  });
}
