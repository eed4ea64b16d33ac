import type { Measures } from "./measure-run.ts";

/** One figure of a table: its title, how to read it, how to write it. */
export interface MeasureColumn {
  readonly title: string;
  readonly digits: number;
  readonly isShare: boolean;
  /** What it says, for a reader who sees it for the first time. */
  readonly meaning: string;
  readonly read: (measures: Measures) => number | null;
}

function column(
  title: string,
  digits: number,
  meaning: string,
  read: MeasureColumn["read"],
  isShare = false,
): MeasureColumn {
  return { title, digits, isShare, meaning, read };
}

export const MEASURE_COLUMNS: readonly MeasureColumn[] = [
  column("mean s", 2, "mean wait of a player, seconds", ({ waitS }) => waitS.mean),
  column("p50", 1, "half of the players wait less", ({ waitS }) => waitS.p50),
  column("p95", 1, "19 of 20 players wait less", ({ waitS }) => waitS.p95),
  column("p99", 1, "99 of 100 players wait less", ({ waitS }) => waitS.p99),
  column("max", 0, "longest wait of a player", ({ waitS }) => waitS.max),
  column("matched", 1, "players who were matched", ({ matchedShare }) => matchedShare, true),
  column("spread", 2, "best minus worst rating of a match", ({ spread }) => spread),
  column("|p-½|", 3, "how far the predicted win probability is from even", ({ unevenness }) => unevenness),
  column("48-52", 1, "matches predicted within 48-52 %", ({ within48To52 }) => within48To52, true),
  column("45-55", 1, "matches predicted within 45-55 %", ({ within45To55 }) => within45To55, true),
  column("real", 3, "|p-½| from the players' true skills", ({ realUnevenness }) => realUnevenness),
  column("extremes", 2, "wait of the outer rating tenths by the middle's", (measures) => measures.extremesToMiddle),
  column("parties", 2, "wait of parties by that of single players", ({ partiesToSolos }) => partiesToSolos),
  column(
    "told",
    0,
    "tickets whose wait fell into the 80 % interval told",
    (measures) => measures.estimateCoverage,
    true,
  ),
  column("exact", 0, "matches of neighbours on the rating axis", ({ passes }) => passes.exact ?? null, true),
  column("leftover", 0, "matches of what the neighbours left", ({ passes }) => passes.leftover ?? null, true),
  column("overdue", 1, "matches for a ticket past its cap", ({ passes }) => passes.overdue ?? null, true),
  column("tick ms", 3, "median time of a tick on this machine", ({ tickMs }) => tickMs.p50),
  column("tick p99", 2, "99 of 100 ticks take less", ({ tickMs }) => tickMs.p99),
  column("tick max", 1, "longest tick", ({ tickMs }) => tickMs.max),
];

/** `57.3 %`, `0.024`, or a dash for nothing. */
export function showFigure(value: number | null, { digits, isShare }: MeasureColumn): string {
  if (value === null) return "-";
  return isShare ? `${(100 * value).toFixed(digits)}%` : value.toFixed(digits);
}
