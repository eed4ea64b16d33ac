import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Chart } from "./charts.ts";
import { waitAgainstSpread, waitAgainstUnevenness, waitByRating, waitDistribution } from "./charts.ts";
import { contendersOf } from "./contenders.ts";
import type { ContestRow } from "./contest.ts";
import { runContest } from "./contest.ts";
import { htmlReport } from "./html-report.ts";
import { curveRuns, runKnobCurves } from "./knob-curves.ts";
import type { LabOptions } from "./lab-options.ts";
import { fittingMix, meanPartySize } from "./party-mix.ts";
import { printContest } from "./print-contest.ts";
import type { TraceSettings } from "./trace.ts";
import { traceSettingsOf } from "./trace-kinds.ts";
import { withProgress } from "./with-progress.ts";

/** Runs a contest, writes the files it was asked for and returns the table. */
export function reportContest(options: LabOptions, call: string): string {
  const { shape, seeds, policies } = options;
  const settings = traceSettingsOf(options.trace, shape, options.concurrentPlayers, options.partyMix);
  const contenders = contendersOf(policies, shape, options.pointsPerSecond, options);
  const rows = withProgress(contenders.length * seeds, (ended) => runContest(contenders, settings, seeds, ended));
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify({ settings, rows }, null, 2)}\n`);
  if (options.html !== null || options.svg !== null) writeCharts(options, settings, rows, call);
  const title = `${shape.name}, ${options.concurrentPlayers} concurrent players, trace ${options.trace}, seeds: ${seeds}`;
  return `\n  ${title}\n\n${printContest(rows)}`;
}

function writeCharts(options: LabOptions, settings: TraceSettings, rows: readonly ContestRow[], call: string): void {
  const { shape, seeds, policies, html, svg } = options;
  const curves = withProgress(curveRuns(policies, seeds), (ended) =>
    runKnobCurves(policies, shape, options, settings, seeds, ended),
  );
  const players = options.concurrentPlayers.toLocaleString("en");
  const title = `${shape.name}, ${players} concurrent players, ${options.trace} trace`;
  const charts: Chart[] = [
    waitAgainstSpread(title, curves),
    waitAgainstUnevenness(title, curves),
    waitDistribution(title, rows),
    waitByRating(title, rows),
  ];
  if (svg !== null) {
    mkdirSync(svg, { recursive: true });
    for (const chart of charts) writeFileSync(join(svg, `${chart.name}.svg`), chart.svg);
  }
  if (html === null) return;
  writeFileSync(html, htmlReport({ title, call, settings: settingsOf(options, settings), rows, charts }));
}

function settingsOf(options: LabOptions, { durationS, partyMix }: TraceSettings): (readonly [string, string])[] {
  return [
    ["trace", `${options.trace}, ${durationS} s, the first 15 % and the last 5 % not measured`],
    ["seeds", `1 to ${options.seeds}`],
    ["mean party size", meanPartySize(fittingMix(partyMix, options.shape.teamSize)).toFixed(2)],
    ["equity of ripe-windows", String(options.equity)],
    ["balance weight of ripe-windows", String(options.balanceWeight)],
    ["cap of ripe-windows", options.capS === null ? "120 s to 900 s, by rating" : `${options.capS} s`],
  ];
}
