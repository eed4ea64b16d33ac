import { acrossSeeds } from "../across-seeds.ts";
import { alignColumns } from "../print-contest.ts";
import type { ReadyCheckMeasures } from "./measure-ready-checks.ts";
import type { ReadyCheckRow } from "./ready-check-contest.ts";

interface Figure {
  readonly title: string;
  readonly digits: number;
  readonly isShare?: boolean;
  readonly read: (measures: ReadyCheckMeasures) => number | null;
}

const FIGURES: readonly Figure[] = [
  { title: "first asked to confirmed: a match, s, median", digits: 1, read: ({ matchTookS }) => matchTookS.p50 },
  { title: "  95th percentile", digits: 1, read: ({ matchTookS }) => matchTookS.p95 },
  { title: "half of all who were asked have a match after, s", digits: 1, read: (all) => all.halfMatchedS },
  { title: "players who got a match, s, median", digits: 1, read: ({ playerTookS }) => playerTookS.p50 },
  { title: "  95th percentile", digits: 1, read: ({ playerTookS }) => playerTookS.p95 },
  { title: "where nobody had to be replaced, s, median", digits: 1, read: ({ answersS }) => answersS.p50 },
  { title: "from queueing to confirmed, s, mean", digits: 1, read: ({ waitS }) => waitS.mean },
  { title: "  95th percentile", digits: 1, read: ({ waitS }) => waitS.p95 },
  { title: "players who got a match", digits: 1, isShare: true, read: (all) => all.confirmedShare },
  { title: "  of these when first asked", digits: 1, isShare: true, read: (all) => all.atFirstShare },
  { title: "  times that they were asked", digits: 2, read: (all) => all.timesAsked },
  { title: "rounds of a match", digits: 2, read: (all) => all.rounds },
  { title: "proposals dissolved", digits: 1, isShare: true, read: (all) => all.dissolvedShare },
  { title: "matches", digits: 0, read: ({ quality }) => quality.matches },
  { title: "  spread, points", digits: 2, read: ({ quality }) => quality.spread },
  { title: "  |p-½|", digits: 4, read: ({ quality }) => quality.unevenness },
  { title: "repaired matches", digits: 0, read: ({ repairedQuality }) => repairedQuality.matches },
  { title: "  spread, points", digits: 2, read: ({ repairedQuality }) => repairedQuality.spread },
  { title: "  |p-½|", digits: 4, read: ({ repairedQuality }) => repairedQuality.unevenness },
  { title: "cool-downs", digits: 0, read: (all) => all.coolDowns },
];

/** A line for every figure, a column for every contender: means over the seeds. */
export function printReadyChecks(rows: readonly ReadyCheckRow[]): string {
  const lines = FIGURES.map((figure) => [figure.title, ...rows.map(({ measures }) => show(figure, measures))]);
  return alignColumns([["", ...rows.map(({ label }) => label)], ...lines]);
}

function show({ digits, isShare = false, read }: Figure, measures: readonly ReadyCheckMeasures[]): string {
  const estimate = acrossSeeds(measures.map(read));
  if (estimate === null) return "-";
  return isShare ? `${(100 * estimate.mean).toFixed(digits)}%` : estimate.mean.toFixed(digits);
}
