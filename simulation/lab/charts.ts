import { mean } from "../statistics.ts";
import { acrossSeeds } from "./across-seeds.ts";
import type { ContestRow } from "./contest.ts";
import { drawChart, logAxis } from "./draw-chart.ts";
import type { CurvePoint, KnobCurve } from "./knob-curves.ts";

/** A drawing by the name that its file gets. */
export interface Chart {
  readonly name: string;
  readonly svg: string;
}

/** Share of the players, in percent, that the distribution shows: beyond, single players decide. */
const SHOWN_PERCENT = 99;
const SHORTEST_SHOWN_S = 0.5;

const TENTHS: readonly number[] = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];

const TOP_RIGHT = { orient: "vertical", right: 36, top: 80 } as const;
const BOTTOM_LEFT = { orient: "vertical", left: 84, bottom: 70 } as const;
const ABOVE_THE_MIDDLE = { orient: "horizontal", left: 180, width: 540, top: 78 } as const;

/** Waiting and closeness against each other; on these axes the law wait × spread = constant is a falling diagonal. */
export function waitAgainstSpread(of: string, curves: readonly KnobCurve[]): Chart {
  return {
    name: "wait-against-spread",
    svg: drawCurves("What waiting buys: closeness", of, "rating spread in a match, points", curves, (at) => at.spread),
  };
}

export function waitAgainstUnevenness(of: string, curves: readonly KnobCurve[]): Chart {
  return {
    name: "wait-against-unevenness",
    svg: drawCurves("What waiting buys: fairness", of, "|p − ½|, predicted", curves, (at) => at.unevenness),
  };
}

/** How many still wait after some time. */
export function waitDistribution(of: string, rows: readonly ContestRow[]): Chart {
  const curves = rows.map(({ label, measures }) => ({
    label,
    points: Array.from({ length: SHOWN_PERCENT + 1 }, (_, percent) => ({
      waitS: mean(measures.map(({ waitQuantilesS }) => waitQuantilesS[percent] ?? 0)) ?? 0,
      stillWaiting: 100 - percent,
    })).filter(({ waitS }) => waitS >= SHORTEST_SHOWN_S),
  }));
  return {
    name: "wait-distribution",
    svg: drawChart({
      title: "Who still waits",
      subtitle: of,
      xName: "after so many seconds",
      yName: "players still waiting, %",
      xAxis: logAxis([SHORTEST_SHOWN_S, ...curves.flatMap(({ points }) => points.map(({ waitS }) => waitS))]),
      yAxis: { min: 0, max: 100 },
      legend: TOP_RIGHT,
      series: curves.map(({ label, points }) => ({
        name: label,
        isEmphasized: isOwn(label),
        showSymbol: false,
        data: points.map(({ waitS, stillWaiting }) => [waitS, stillWaiting]),
      })),
    }),
  };
}

/** Who pays: the mean wait of each tenth of the ratings. */
export function waitByRating(of: string, rows: readonly ContestRow[]): Chart {
  const curves = rows.map(({ label, measures }) => ({
    label,
    waitsS: TENTHS.map(
      (tenth) => acrossSeeds(measures.map(({ waitByDecileS }) => waitByDecileS[tenth] ?? null))?.mean ?? null,
    ),
  }));
  return {
    name: "wait-by-rating",
    svg: drawChart({
      title: "Who waits: by rating",
      subtitle: of,
      xName: "tenth of the players by rating",
      yName: "mean wait, s",
      xAxis: { type: "category", data: TENTHS.map(nameOfTenth), splitLine: { show: false } },
      yAxis: logAxis(curves.flatMap(({ waitsS }) => waitsS.filter((waitS) => waitS !== null))),
      legend: ABOVE_THE_MIDDLE,
      series: curves.map(({ label, waitsS }) => ({ name: label, isEmphasized: isOwn(label), data: waitsS })),
    }),
  };
}

function drawCurves(
  title: string,
  of: string,
  yName: string,
  curves: readonly KnobCurve[],
  read: (point: CurvePoint) => number,
): string {
  return drawChart({
    title,
    subtitle: `${of}; each line is a policy with its knob turned; lower left is better`,
    xName: "mean wait, s",
    yName,
    xAxis: logAxis(curves.flatMap(({ points }) => points.map(({ waitS }) => waitS))),
    yAxis: logAxis(curves.flatMap(({ points }) => points.map(read))),
    legend: BOTTOM_LEFT,
    series: curves.map(({ name, points }) => ({
      name,
      isEmphasized: isOwn(name),
      data: points.map((point) => ({ value: [point.waitS, read(point)], label: knobLabel(name, point) })),
    })),
  });
}

/** Only Muster's knob is told, below its curve: eight curves' numbers would hide each other. */
function knobLabel(name: string, { knob }: CurvePoint) {
  return {
    show: isOwn(name) && knob !== null,
    formatter: `a = ${knob}`,
    position: "left",
    offset: [0, 10],
    fontSize: 12,
    color: "inherit",
  };
}

function isOwn(name: string): boolean {
  return name.startsWith("ripe-windows");
}

function nameOfTenth(tenth: number): string {
  if (tenth === 0) return "lowest";
  return tenth === 9 ? "highest" : String(tenth + 1);
}
