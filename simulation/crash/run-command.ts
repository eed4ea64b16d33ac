import { startProgress } from "../progress.ts";
import type { CrashOptions } from "./options.ts";
import { parseCrashOptions } from "./options.ts";
import type { Plant } from "./plants.ts";
import { PLANTS } from "./plants.ts";
import { playTwice } from "./play-twice.ts";
import { printOutcome } from "./print-outcome.ts";
import { printFailure, reportShortest } from "./report-failure.ts";
import type { HistoryOutcome } from "./run-history.ts";
import { runHistory } from "./run-history.ts";

/** @returns the process's exit code: 1 if anything was found that must not be, or a planted bug was not */
export async function runCommand(args: readonly string[]): Promise<number> {
  const options = parseCrashOptions(args);
  if (options.plants) return plantAll(options);
  for (let seed = options.seed; seed < options.seed + options.seeds; seed += 1) {
    if (!(await playSeed(seed, options))) return 1;
  }
  return 0;
}

/** @returns whether nothing was found */
async function playSeed(seed: number, options: CrashOptions): Promise<boolean> {
  const { only, json, twice } = options;
  const steps = only ?? Array.from({ length: options.steps }, (_, step) => step);
  const { outcome, seconds } = await play(seed, steps, options);
  console.log(json ? JSON.stringify({ seed, seconds, ...outcome }) : printOutcome(seed, outcome, seconds));
  if (outcome.violation === null) {
    if (twice && !json) console.log("  Played twice: the same, bit for bit.");
    return true;
  }
  if (!json) {
    console.log(printFailure(seed, steps, outcome, options));
    console.log(await reportShortest(seed, steps, outcome, options));
  }
  return false;
}

async function play(
  seed: number,
  steps: readonly number[],
  { plant, climate, drain, json, twice }: CrashOptions,
): Promise<{ readonly outcome: HistoryOutcome; readonly seconds: number }> {
  const progress = json ? null : startProgress(steps.length, `seed ${seed}: {value}/{total} steps`);
  const startedMs = performance.now();
  const outcome = await (twice ? playTwice : runHistory)({
    seed,
    steps,
    plant,
    climate,
    isDrained: drain,
    progressed: (taken) => progress?.update(taken),
  });
  progress?.update(outcome.taken);
  progress?.stop();
  return { outcome, seconds: (performance.now() - startedMs) / 1_000 };
}

/** Until it is found. */
function playPlant(plant: Plant, { seed, steps, climate }: CrashOptions): Promise<HistoryOutcome> {
  const settings = { seed, steps: Array.from({ length: steps }, (_, step) => step), plant, climate };
  return plant.isPlayedTwice === true
    ? playTwice({ ...settings, isDrained: false })
    : runHistory({ ...settings, isDrained: true });
}

/** @returns 0 if every planted bug was found as what it is */
async function plantAll(options: CrashOptions): Promise<number> {
  let missed = 0;
  for (const plant of PLANTS) {
    const { violation, taken } = await playPlant(plant, options);
    const isFound = violation !== null && plant.foundBy.includes(violation.invariant);
    if (!isFound) missed += 1;
    const { name, breaks } = plant;
    if (options.json) console.log(JSON.stringify({ plant: name, breaks, foundBy: plant.foundBy, taken, violation }));
    else
      console.log(
        `  ${isFound ? "found " : "MISSED"} ${name.padEnd(32)} by "${violation?.invariant}" after ${taken} steps`,
      );
  }
  return missed === 0 ? 0 : 1;
}
