import { mean } from "../../statistics.ts";
import type { Chart } from "../charts.ts";
import { drawChart } from "../draw-chart.ts";
import type { ReadyCheckRow } from "./ready-check-contest.ts";
import { REPAIR } from "./ready-check-contest.ts";

/**
 * Who still has no match so long after they were first asked; a curve ends above those who were put out. Only of people
 * who answer each question anew: the others would need a chart of their own.
 */
export function readyCheckChart(rows: readonly ReadyCheckRow[]): Chart {
  const shown = rows.filter(({ habits }) => !habits.isLasting);
  const curves = shown.map(({ label, measures }) => {
    const seconds = measures[0]?.withoutMatch.keys() ?? [];
    return {
      label,
      points: [...seconds].map((second) => [
        second,
        100 * (mean(measures.map(({ withoutMatch }) => withoutMatch[second] ?? 0)) ?? 0),
      ]),
    };
  });
  return {
    name: "ready-check",
    svg: drawChart({
      title: "A ready check that repairs, and one that dissolves",
      subtitle: "5v5 with parties, 1,000 concurrent players; of each question 10 % are declined, 5 % reach nobody",
      xName: "seconds since they were first asked",
      yName: "players without a match, %",
      xAxis: { type: "value", min: 0, max: Math.max(...curves.map(({ points }) => points.length - 1)) },
      yAxis: { type: "value", min: 0, max: 100 },
      legend: { orient: "vertical", right: 36, top: 80 },
      series: curves.map(({ label, points }) => ({
        name: label,
        isEmphasized: label === REPAIR.label,
        showSymbol: false,
        data: points,
      })),
    }),
  };
}
