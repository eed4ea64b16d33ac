import { LineChart } from "echarts/charts";
import { GridComponent, LegendComponent, TitleComponent } from "echarts/components";
import type { EChartsCoreOption } from "echarts/core";
import { init, setPlatformAPI, use } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

use([LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer]);

const WIDTH = 860;
const HEIGHT = 500;

/** Told apart by those who see no red or no green as well (Okabe and Ito 2008). */
const COLORS = ["#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#555555", "#8c6d31"];
const SYMBOLS = ["circle", "diamond", "triangle", "rect", "emptyCircle", "emptyRect", "emptyTriangle", "emptyDiamond"];

/** Without a browser nobody knows how wide a text will be; a letter of a wide font takes this part of its height. */
const LETTER_WIDTH = 0.62;

setPlatformAPI({
  measureText: (text, font) => ({
    width: text.length * LETTER_WIDTH * Number.parseFloat(font?.match(/[\d.]+px/)?.[0] ?? "12"),
  }),
});

export interface DrawnSeries {
  readonly name: string;
  /** Stands out among the others: what the chart is about. */
  readonly isEmphasized: boolean;
  readonly data: readonly unknown[];
  readonly showSymbol?: boolean;
}

export interface ChartParts {
  readonly title: string;
  readonly subtitle: string;
  readonly xName: string;
  readonly yName: string;
  readonly xAxis: EChartsCoreOption;
  readonly yAxis: EChartsCoreOption;
  /** Where the curves leave room for the names: a column, or rows. */
  readonly legend: { readonly orient: "vertical" | "horizontal"; readonly [place: string]: unknown };
  readonly series: readonly DrawnSeries[];
}

/** A line chart as SVG, 860 × 500. */
export function drawChart({ title, subtitle, xName, yName, xAxis, yAxis, legend, series }: ChartParts): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width: WIDTH, height: HEIGHT });
  const axis = {
    nameLocation: "middle",
    nameTextStyle: { fontSize: 14, color: "#333" },
    axisLabel: { fontSize: 13, color: "#333" },
    splitLine: { show: true, lineStyle: { color: "#e4e4e4" } },
    minorSplitLine: { show: false },
  };
  chart.setOption({
    animation: false,
    backgroundColor: "#ffffff",
    color: COLORS,
    title: {
      text: title,
      subtext: subtitle,
      left: 16,
      top: 10,
      itemGap: 6,
      textStyle: { fontSize: 18 },
      subtextStyle: { fontSize: 13, color: "#555" },
    },
    legend: { itemWidth: 26, itemHeight: 10, itemGap: 8, textStyle: { fontSize: 13 }, ...legend },
    grid: { left: 72, right: 28, top: 72, bottom: 58 },
    xAxis: { ...axis, name: xName, nameGap: 32, ...xAxis, axisLabel: { ...axis.axisLabel, ...labelsOf(xAxis) } },
    yAxis: { ...axis, name: yName, nameGap: 46, ...yAxis, axisLabel: { ...axis.axisLabel, ...labelsOf(yAxis) } },
    series: series.map(({ isEmphasized, ...one }, index) => ({
      type: "line",
      symbol: SYMBOLS[index % SYMBOLS.length],
      symbolSize: symbolSize(isEmphasized, one.data.length),
      lineStyle: { width: isEmphasized ? 4 : 1.75 },
      z: isEmphasized ? 10 : 2,
      ...one,
    })),
  });
  const svg = chart.renderToSVGString();
  chart.dispose();
  return svg;
}

/** A logarithmic axis that ends where the values do, with ticks at 1, 2 and 5 of every decade. */
export function logAxis(values: readonly number[]): EChartsCoreOption {
  const positive = values.filter((value) => value > 0);
  const [least, most] = [Math.min(...positive), Math.max(...positive)];
  const ticks: number[] = [];
  for (let power = Math.floor(Math.log10(least)); power <= Math.ceil(Math.log10(most)); power += 1) {
    for (const digit of [1, 2, 5]) ticks.push(Number((digit * 10 ** power).toPrecision(1)));
  }
  const min = ticks.findLast((tick) => tick <= least) ?? least;
  const max = ticks.find((tick) => tick >= most) ?? most;
  const customValues = ticks.filter((tick) => tick >= min && tick <= max);
  return { type: "log", min, max, axisTick: { customValues }, axisLabel: { customValues } };
}

/** A point on its own has no line that leads the eye to it. */
function symbolSize(isEmphasized: boolean, points: number): number {
  if (points === 1) return 13;
  return isEmphasized ? 10 : 8;
}

function labelsOf({ axisLabel }: EChartsCoreOption): object {
  return typeof axisLabel === "object" && axisLabel !== null ? axisLabel : {};
}
