import { Command } from "commander";
import { wholeNumber } from "../../simulation/whole-number.ts";
import { isClean, printSummary } from "./print-summary.ts";
import { runCrashTest } from "./run-crash-test.ts";

interface Options {
  readonly kills: number;
  readonly killsPerFailpoint: number;
  readonly players: number;
  readonly seed: number;
  readonly logs?: true;
}

const options = new Command()
  .name("npm run test:crash --")
  .description(
    "Kills the local stack under load and judges from outside whether anything acknowledged was lost or doubled.",
  )
  .option("--kills <count>", "kills at random moments", wholeNumber(), 20)
  .option("--kills-per-failpoint <count>", "kills at each named failpoint", wholeNumber(), 10)
  .option("--players <count>", "players at any time", wholeNumber(), 48)
  .option("--seed <number>", "of the order of the kills and of the players' choices", wholeNumber(), 1)
  .option("--logs", "print what the stack says")
  .parse()
  .opts<Options>();

try {
  const startedMs = performance.now();
  const summary = await runCrashTest({
    ...options,
    onKill: (done, total, moment) => {
      const seconds = ((performance.now() - startedMs) / 1_000).toFixed(0);
      console.error(`  ${String(done).padStart(3)}/${total}  ${seconds.padStart(4)} s  killed: ${moment}`);
    },
    onLine: (line) => {
      if (options.logs) console.error(line);
    },
  });
  console.log(printSummary(summary));
  process.exitCode = isClean(summary) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  // The stack has ended, and players whom nobody answers would ask for ever.
  process.exit(1);
}
