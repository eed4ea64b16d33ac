import type { MatcherSettings } from "./lab-modes.ts";
import { REFERENCE_SETTINGS } from "./lab-modes.ts";
import type { Measures } from "./measure-run.ts";

/** A bound on a figure's mean over the seeds. */
export interface Limit {
  readonly figure: string;
  readonly bound: "at most" | "at least";
  readonly value: number;
  readonly digits: number;
  readonly read: (measures: Measures) => number | null;
}

export function isKept({ bound, value }: Limit, measured: number): boolean {
  return bound === "at most" ? measured <= value : measured >= value;
}

/** What Muster must show of a mode with some settings, at 1,000 concurrent players. */
export interface LimitedCase {
  readonly mode: string;
  readonly parties: string;
  /** `a`. */
  readonly pointsPerSecond: number;
  readonly limits: readonly Limit[];
}

function atMost(figure: string, value: number, digits: number, read: Limit["read"]): Limit {
  return { figure, bound: "at most", value, digits, read };
}

const meanWait = (value: number) => atMost("mean wait, s", value, 2, ({ waitS }) => waitS.mean);
const p95 = (value: number) => atMost("95th percentile, s", value, 1, ({ waitS }) => waitS.p95);
const spread = (value: number) => atMost("spread, points", value, 2, (measures) => measures.spread);
const unevenness = (value: number) => atMost("|p-½|", value, 4, (measures) => measures.unevenness);
const within48To52 = (value: number): Limit => ({
  figure: "within 48-52 %",
  bound: "at least",
  value,
  digits: 3,
  read: (measures) => measures.within48To52,
});

export const LIMITED_CASES: readonly LimitedCase[] = [
  {
    mode: "2v2",
    parties: "solo",
    pointsPerSecond: 0.5,
    limits: [meanWait(7.6), p95(24), spread(4.5), unevenness(0.025), within48To52(0.55)],
  },
  {
    mode: "2v2",
    parties: "solo",
    pointsPerSecond: 0.1,
    limits: [meanWait(16.5), spread(2.1), within48To52(0.84)],
  },
  { mode: "1v1", parties: "solo", pointsPerSecond: 2, limits: [meanWait(4), spread(1.5)] },
  { mode: "5v5", parties: "p5", pointsPerSecond: 0.5, limits: [meanWait(14.5), unevenness(0.062)] },
];

/** With a cap of a minute it must not lose to stepped expansion, which opens to everybody then, in any of these. */
export const CAPPED_POINTS_PER_SECOND = 0.45;
export const CAP_S = 60;
export const CAPPED_SETTINGS: MatcherSettings = { ...REFERENCE_SETTINGS, equity: 0.8, capS: CAP_S };

export interface ComparedFigure {
  readonly figure: string;
  readonly digits: number;
  readonly read: (measures: Measures) => number | null;
}

export const COMPARED_FIGURES: readonly ComparedFigure[] = [
  { figure: "mean wait, s", digits: 2, read: ({ waitS }) => waitS.mean },
  { figure: "95th percentile, s", digits: 1, read: ({ waitS }) => waitS.p95 },
  { figure: "99th percentile, s", digits: 1, read: ({ waitS }) => waitS.p99 },
  { figure: "longest wait, s", digits: 1, read: ({ waitS }) => waitS.max },
  { figure: "spread, points", digits: 2, read: (measures) => measures.spread },
  { figure: "|p-½|", digits: 4, read: (measures) => measures.unevenness },
  { figure: "extremes ÷ middle", digits: 2, read: (measures) => measures.extremesToMiddle },
];

/** Above it the matcher pays too much for not knowing the future. */
export const CLAIRVOYANT_LIMIT = 1.37;

/** Four of five waits should fall into the interval that was told. */
export const LEAST_COVERAGE = 0.75;
export const MOST_COVERAGE = 0.85;
