import { expect, it } from "vitest";
import { acrossSeeds } from "../../../simulation/lab/across-seeds.ts";
import { waitAgainstSpread, waitByRating, waitDistribution } from "../../../simulation/lab/charts.ts";
import { logAxis } from "../../../simulation/lab/draw-chart.ts";
import { htmlReport } from "../../../simulation/lab/html-report.ts";
import { measureRun } from "../../../simulation/lab/measure-run.ts";
import { printContest } from "../../../simulation/lab/print-contest.ts";
import { printLimits } from "../../../simulation/lab/print-limits.ts";
import { aMadeMatch, aRun } from "./builders/a-line.ts";

const run = (madeAtS: number) =>
  measureRun(
    aRun([
      aMadeMatch(madeAtS, [
        [20, 30],
        [24, 26],
      ]),
    ]),
  );
const rows = [{ label: "a < b", measures: [run(510), run(520)] }];

it("shows means over the seeds, and below them how far seeds differ", () => {
  const [head = "", means = "", deviations = ""] = printContest(rows).split("\n");
  expect(head).toMatch(/policy +mean s/);
  expect(means).toMatch(/a < b +15\.00 /);
  expect(deviations).toMatch(/^ +±7\.07 /);
});

it("leaves out what no policy has", () => {
  expect(printContest(rows)).not.toContain("parties");
});

it("has no mean where a seed has no figure", () => {
  expect(acrossSeeds([1, null])).toBeNull();
  expect(acrossSeeds([3])).toEqual({ mean: 3, deviation: null });
});

it("says how many limits are missed", () => {
  const limit = { of: "2v2", figure: "spread", limit: "≤ 4", measured: "5", shipped: null };
  expect(
    printLimits([
      { ...limit, isKept: false },
      { ...limit, isKept: true },
    ]),
  ).toContain("1 of 2 limits are missed.");
  expect(printLimits([{ ...limit, isKept: true }])).toContain("Every limit is kept.");
});

it("names a case once, above its limits", () => {
  const limit = { of: "2v2", limit: "≤ 4", measured: "3.9", shipped: null, isKept: true };
  const [, heading, spread, wait] = printLimits([
    { ...limit, figure: "spread" },
    { ...limit, figure: "wait" },
  ]).split("\n");
  expect(heading).toBe("  2v2");
  expect(spread).toMatch(/^ {4}spread +≤ 4 +3\.9 +- +ok$/);
  expect(wait).toMatch(/^ {4}wait +≤ 4/);
});

it("writes a report that needs no other file and takes no name for markup", () => {
  const charts = [waitDistribution("2v2", rows), waitByRating("2v2", rows)];
  const html = htmlReport({ title: "2v2", call: "npm run lab", settings: [["trace", "reference"]], rows, charts });
  expect(html).toContain("a &lt; b");
  expect(html).not.toMatch(/<(script|link|img)|url\((?!#)|(src|href)="http/);
  expect(html.match(/<svg/g)).toHaveLength(2);
});

it("draws a curve through every setting of a knob, and tells the settings of Muster's", () => {
  const points = [1, 2, 4].map((knob) => ({ knob, waitS: 10 / knob, spread: knob, unevenness: 0.1 }));
  const { svg } = waitAgainstSpread("2v2", [
    { name: "ripe-windows", points },
    { name: "fixed-windows", points: points.map((point) => ({ ...point, knob: 10 * point.knob })) },
  ]);
  expect(svg).toContain("fixed-windows");
  expect(svg).toContain("mean wait, s");
  expect([1, 2, 4, 10].map((knob) => svg.includes(`a = ${knob}<`))).toEqual([true, true, true, false]);
});

it("ends a logarithmic axis at the next 1, 2 or 5 beyond the values", () => {
  const customValues = [0.5, 1, 2, 5, 10, 20];
  expect(logAxis([0, 0.7, 3, 12])).toMatchObject({ min: 0.5, max: 20, axisLabel: { customValues } });
});
