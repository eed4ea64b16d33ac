import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { againstSteppedRuns, checkAgainstStepped } from "./check-against-stepped.ts";
import { capRuns, checkCap } from "./check-cap.ts";
import { checkClairvoyant, clairvoyantCheckSteps, clairvoyantNote } from "./check-clairvoyant.ts";
import { checkTables, tableRuns } from "./check-tables.ts";
import { clairvoyantSteps, runClairvoyantContest } from "./clairvoyant-contest.ts";
import { printClosedLoop, runClosedLoopContest } from "./closed-loop-contest.ts";
import { contendersOf } from "./contenders.ts";
import { reportContest } from "./contest-report.ts";
import type { LabOptions } from "./lab-options.ts";
import { parseLabOptions } from "./lab-options.ts";
import { printClairvoyant } from "./print-clairvoyant.ts";
import { printLimits } from "./print-limits.ts";
import { checkReadyChecks, readyCheckRuns } from "./ready-check/check-ready-checks.ts";
import { printReadyChecks } from "./ready-check/print-ready-checks.ts";
import { readyCheckChart } from "./ready-check/ready-check-chart.ts";
import { READY_CHECK_CONTENDERS, runReadyCheckContest } from "./ready-check/ready-check-contest.ts";
import { withProgress } from "./with-progress.ts";

const args = process.argv.slice(2);
const options = parseLabOptions(args);

switch (options.task) {
  case "limits":
    reportLimits(options);
    break;
  case "contest":
    console.log(reportContest(options, `npm run lab -- ${args.join(" ")}`));
    break;
  case "clairvoyant":
    reportClairvoyant(options);
    break;
  case "closed-loop":
    reportClosedLoop(options);
    break;
  case "ready-check":
    reportReadyChecks(options);
    break;
}

/** Exits with 1 where a limit is missed, so that a pipeline notices. */
function reportLimits({ seeds, json }: LabOptions): void {
  const tables = tableRuns(seeds) + againstSteppedRuns(seeds) + capRuns(seeds);
  const steps = tables + readyCheckRuns(seeds) + clairvoyantCheckSteps(seeds);
  const checked = withProgress(steps, (ended) => [
    ...checkTables(seeds, ended),
    ...checkAgainstStepped(seeds, ended),
    ...checkCap(seeds, ended),
    ...checkReadyChecks(seeds, ended),
    ...checkClairvoyant(seeds, ended),
  ]);
  console.log(`\n  Limits at 1,000 concurrent players, seeds: ${seeds}\n\n${printLimits(checked)}`);
  console.log(`  ${clairvoyantNote(seeds)}`);
  write(json, checked);
  process.exitCode = checked.every(({ isKept }) => isKept) ? 0 : 1;
}

function reportClairvoyant(labOptions: LabOptions): void {
  const { policies, seeds, json } = labOptions;
  const rows = withProgress(clairvoyantSteps(policies, seeds), (ended) =>
    runClairvoyantContest(policies, labOptions, seeds, ended),
  );
  console.log(`\n  1v1 against somebody who knows the future, seeds: ${seeds}\n\n${printClairvoyant(rows)}`);
  write(json, rows);
}

function reportClosedLoop(labOptions: LabOptions): void {
  const { policies, shape, concurrentPlayers, pointsPerSecond, seeds, json } = labOptions;
  const contenders = contendersOf(policies, shape, pointsPerSecond, labOptions);
  const rows = withProgress(contenders.length * seeds, (ended) =>
    runClosedLoopContest(contenders, shape, concurrentPlayers, seeds, ended),
  );
  console.log(`\n  ${shape.name}, ${concurrentPlayers} new players, seeds: ${seeds}\n\n${printClosedLoop(rows)}`);
  write(json, rows);
}

function reportReadyChecks({ seeds, json, svg }: LabOptions): void {
  const rows = withProgress(READY_CHECK_CONTENDERS.length * seeds, (ended) =>
    runReadyCheckContest(READY_CHECK_CONTENDERS, seeds, ended),
  );
  console.log(`\n  Ready checks in 5v5 with parties, 1,000 concurrent, seeds: ${seeds}\n\n${printReadyChecks(rows)}`);
  write(json, rows);
  if (svg === null) return;
  mkdirSync(svg, { recursive: true });
  const { name, svg: drawing } = readyCheckChart(rows);
  writeFileSync(join(svg, `${name}.svg`), drawing);
}

function write(file: string | null, figures: unknown): void {
  if (file !== null) writeFileSync(file, `${JSON.stringify(figures, null, 2)}\n`);
}
