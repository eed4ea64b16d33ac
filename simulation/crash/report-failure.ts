import { execFileSync } from "node:child_process";
import { startProgress } from "../progress.ts";
import type { CrashOptions } from "./options.ts";
import { playTwice } from "./play-twice.ts";
import type { HistoryOutcome } from "./run-history.ts";
import { runHistory } from "./run-history.ts";
import { shrink } from "./shrink.ts";
import { formatSteps } from "./step-list.ts";
import { tellStory } from "./story.ts";

/** More steps than this nobody reads. */
const STEPS_TOLD = 200;

/** Where a failure was seen and how to see it again: to the letter, whatever is shortened afterwards. */
export function printFailure(
  seed: number,
  steps: readonly number[],
  outcome: HistoryOutcome,
  options: CrashOptions,
): string {
  const { violation, taken } = outcome;
  const { only } = options;
  const played = only === null ? `--steps ${taken}` : `--only ${formatSteps(steps.slice(0, taken))}`;
  const at = steps[taken - 1];
  return [
    "",
    `  seed    ${seed}`,
    `  step    ${at}${violation?.invariant === "liveness" ? ", and then everything was to come to rest" : ""}`,
    `  commit  ${commit()}`,
    `  again   ${commandOf(seed, options, played)}`,
  ].join("\n");
}

/** Finds the shortest history that fails in the same way, and tells it step by step. */
export async function reportShortest(
  seed: number,
  steps: readonly number[],
  { violation, taken }: HistoryOutcome,
  options: CrashOptions,
): Promise<string> {
  const { plant, climate, shrinkAttempts, shrinkSeconds } = options;
  const isDrained = violation?.invariant === "liveness";
  const isPlayedTwice = violation?.invariant === "determinism";
  const play = isPlayedTwice ? playTwice : runHistory;
  const untilMs = performance.now() + shrinkSeconds * 1_000;
  const progress = startProgress(shrinkAttempts, "{value}/{total} attempts to shorten");
  const {
    steps: left,
    attempts,
    isShortest,
  } = await shrink(steps.slice(0, taken), {
    fails: async (fewer) => {
      const outcome = await play({ seed, steps: fewer, plant, climate, isDrained });
      return outcome.violation?.invariant === violation?.invariant;
    },
    attempts: shrinkAttempts,
    hasTime: () => performance.now() < untilMs,
    attempted: (count) => progress.update(count),
  });
  progress.stop();
  const lines: string[] = [];
  const { violation: last } = await runHistory({
    seed,
    steps: left,
    plant,
    climate,
    isDrained,
    told: (story) => lines.push(tellStory(story)),
  });
  return [
    "",
    `  ${left.length} steps are left after ${attempts} attempts${isShortest ? ": none of them can be left out" : ""}`,
    `  again   ${commandOf(seed, { ...options, drain: isDrained, twice: isPlayedTwice }, `--only ${formatSteps(left)}`)}`,
    "",
    ...lines.slice(-STEPS_TOLD),
    "",
    `  ${violation?.invariant}: ${last?.detail ?? violation?.detail}`,
  ].join("\n");
}

function commandOf(seed: number, { plant, climate, drain, twice }: CrashOptions, steps: string): string {
  const rest = [
    ...(plant === null ? [] : [`--plant ${plant.name}`]),
    ...(climate === "stormy" ? ["--stormy"] : []),
    ...(twice ? ["--twice"] : []),
    ...(drain ? [] : ["--no-drain"]),
  ];
  return ["npm run simulate:crash --", `--seed ${seed}`, steps, ...rest].join(" ");
}

/** The code's version; `and changes` if some of it is not in it. */
function commit(): string {
  const git = (...args: string[]) => execFileSync("git", args, { cwd: import.meta.dirname, encoding: "utf8" }).trim();
  try {
    return `${git("rev-parse", "--short=12", "HEAD")}${git("status", "--porcelain") === "" ? "" : " and changes that are in no commit"}`;
  } catch {
    return "unknown: this is no checkout";
  }
}
