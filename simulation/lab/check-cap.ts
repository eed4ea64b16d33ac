import type { CheckedLimit } from "./checked-limit.ts";
import { knownShape } from "./game-shape.ts";
import { referenceMode } from "./lab-modes.ts";
import { CAP_S, CAPPED_POINTS_PER_SECOND, CAPPED_SETTINGS } from "./limits.ts";
import type { OverdueWatch } from "./overdue-watch.ts";
import { watchOverdue } from "./overdue-watch.ts";
import { knownMix } from "./party-mix.ts";
import { ripeWindows } from "./policies/ripe-windows.ts";
import { runTrace } from "./run-trace.ts";
import { createTrace } from "./trace.ts";
import type { TraceName } from "./trace-kinds.ts";
import { traceSettingsOf } from "./trace-kinds.ts";

interface CappedLine {
  readonly mode: string;
  readonly trace: TraceName;
  readonly parties: string;
  readonly concurrentPlayers: number;
}

/** Crowded and lonely lines, with what makes a completion hard to find: parties that must tile, maps to agree on. */
const CAPPED_LINES: readonly CappedLine[] = [
  { mode: "2v2", trace: "reference", parties: "solo", concurrentPlayers: 1_000 },
  { mode: "2v2", trace: "rules", parties: "p5", concurrentPlayers: 1_000 },
  { mode: "5v5", trace: "rules", parties: "p5", concurrentPlayers: 1_000 },
  { mode: "5v5", trace: "rules", parties: "p5", concurrentPlayers: 200 },
  { mode: "3x3", trace: "rules", parties: "p5", concurrentPlayers: 1_000 },
];

/** Runs of `checkCap`. */
export function capRuns(seeds: number): number {
  return CAPPED_LINES.length * seeds;
}

/** Nobody past the cap is kept waiting while there are players for a match, also where these are hard to find. */
export function checkCap(seeds: number, runEnded: () => void): CheckedLimit[] {
  return CAPPED_LINES.map((line) => {
    const watches = Array.from({ length: seeds }, (_, index) => {
      const watch = watchLine(line, index + 1);
      runEnded();
      return watch;
    });
    const misses = watches.reduce((sum, watch) => sum + watch.misses(), 0);
    const overdueTicks = watches.reduce((sum, watch) => sum + watch.overdueTicks(), 0);
    return {
      of: `${line.mode}, cap ${CAP_S} s, ${line.trace} trace, ${line.parties}, ${line.concurrentPlayers} concurrent`,
      figure: "ticks that left an overdue ticket behind",
      limit: "0",
      measured: `${misses} of ${overdueTicks}`,
      shipped: null,
      isKept: misses === 0,
    };
  });
}

function watchLine({ mode, trace, parties, concurrentPlayers }: CappedLine, seed: number): OverdueWatch {
  const shape = knownShape(mode);
  const capped = referenceMode(shape, CAPPED_POINTS_PER_SECOND, CAPPED_SETTINGS);
  const watch = watchOverdue(ripeWindows(capped), shape, CAP_S);
  runTrace(
    createTrace(traceSettingsOf(trace, shape, concurrentPlayers, knownMix(parties)), seed),
    watch.policy,
    capped.tickPeriodMs,
  );
  return watch;
}
