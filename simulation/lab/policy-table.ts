import type { GameShape } from "./game-shape.ts";
import type { MatcherSettings } from "./lab-modes.ts";
import { referenceMode, shippedMode } from "./lab-modes.ts";
import { fixedWindows } from "./policies/fixed-windows.ts";
import { greedyWindows } from "./policies/greedy-windows.ts";
import { oldestFirst } from "./policies/oldest-first.ts";
import { queryResubmit } from "./policies/query-resubmit.ts";
import { ripeWindows } from "./policies/ripe-windows.ts";
import { steppedExpansion } from "./policies/stepped-expansion.ts";
import type { Policy } from "./policy.ts";

/** The one setting that trades waiting for closeness. */
export interface Knob {
  /** As a table shows it: `a`, `width`. */
  readonly label: string;
  readonly usual: (shape: GameShape) => number;
  /** From close and slow to loose and fast, for a curve. */
  readonly sweep: readonly number[];
  /** Settings worth trying where a second of waiting costs this many points and, in 1v1, a point of difference one. */
  readonly judgedAt: (pointsPerSecond: number, settings: MatcherSettings) => readonly number[];
}

export interface PolicyEntry {
  readonly name: string;
  readonly description: string;
  /** Who is known for doing it this way; null: Muster itself. */
  readonly origin: string | null;
  /** Null: it always does the same. */
  readonly knob: Knob | null;
  /** @param settings heeded by `ripe-windows` only */
  create(shape: GameShape, knob: number, settings: MatcherSettings): Policy;
}

/** A knob whose every swept setting is worth trying, whatever a second costs. */
function sweptKnob(label: string, usual: Knob["usual"], sweep: readonly number[]): Knob {
  return { label, usual, sweep, judgedAt: () => sweep };
}

const usualA: Knob["usual"] = ({ pointsPerSecond }) => pointsPerSecond;
const SWEPT_A = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10];
const JUDGED_FACTORS = [0.8, 1, 1.25, 2];

export const POLICIES: readonly PolicyEntry[] = [
  {
    name: "ripe-windows",
    description: "Muster's matcher with the settings of the reference table",
    origin: null,
    knob: {
      ...sweptKnob("a", usualA, SWEPT_A),
      // In teams of one a difference counts as range and again as imbalance: a second must count as much more.
      judgedAt: (pointsPerSecond, { balanceWeight }) =>
        JUDGED_FACTORS.map((factor) => factor * pointsPerSecond * (1 + balanceWeight)),
    },
    create: (shape, pointsPerSecond, settings) => ripeWindows(referenceMode(shape, pointsPerSecond, settings)),
  },
  {
    name: "shipped",
    description: "Muster's matcher as it is shipped",
    origin: null,
    knob: null,
    create: (shape) => ripeWindows(shippedMode(shape)),
  },
  {
    name: "greedy-windows",
    description: "Muster's first matcher",
    origin: null,
    knob: sweptKnob("a", usualA, SWEPT_A),
    create: (shape, pointsPerSecond) => greedyWindows(shape, pointsPerSecond),
  },
  {
    name: "stepped-expansion",
    description: "2/4/8/all rating points at 0/10/30/60 s",
    origin: "FlexMatch's way",
    knob: sweptKnob("×", () => 1, [0.25, 0.5, 0.75, 1, 1.5, 2, 4]),
    create: (shape, widthFactor) => steppedExpansion(shape, widthFactor),
  },
  {
    name: "fixed-windows",
    description: "sorted windows of one width",
    origin: "Open Match's example",
    knob: sweptKnob("width", () => 4, [1.5, 2, 3, 4, 6, 8, 12, 20]),
    create: (shape, width) => fixedWindows(shape, width),
  },
  {
    name: "query-resubmit",
    description: "±2 rating points, ×1.5 every 15 s",
    origin: "Nakama's way",
    knob: sweptKnob("±", () => 2, [0.5, 1, 2, 4, 8]),
    create: (shape, width) => queryResubmit(shape, width),
  },
  {
    name: "oldest-four",
    description: "who waits longest, whoever it is",
    origin: "the original",
    knob: null,
    create: (shape) => oldestFirst(shape),
  },
];

/** `fixed-windows (Open Match's example)`. */
export function nameWithOrigin({ name, origin }: PolicyEntry): string {
  return origin === null ? name : `${name} (${origin})`;
}

export function policyNamed(name: string): PolicyEntry | undefined {
  return POLICIES.find((policy) => policy.name === name);
}
