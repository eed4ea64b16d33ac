import { Command, Option } from "commander";
import { wholeNumber } from "../../simulation/whole-number.ts";
import { isPassed, printSummary } from "./print-summary.ts";
import type { OutageKind } from "./run-outage-test.ts";
import { runOutageTest } from "./run-outage-test.ts";

interface Options {
  readonly seconds: number;
  readonly kind: OutageKind;
  readonly rounds: number;
  readonly players: number;
  readonly rest: number;
  readonly warmUp: number;
  readonly seed: number;
  readonly logs?: true;
}

const { seconds, rest, warmUp, logs, ...options } = new Command()
  .name("npm run test:outage --")
  .description(
    "Takes D1 away from the local stack while players play on it, and compares that minute with those around it.",
  )
  .option("--seconds <count>", "how long D1 is out, and how long each of the minutes around that", wholeNumber(), 60)
  .addOption(new Option("--kind <kind>", "what D1 does meanwhile").choices(["hang", "fail"]).default("hang"))
  .option("--rounds <count>", "how often; a busy machine needs more to tell anything", wholeNumber(), 1)
  .option("--players <count>", "players in three regions", wholeNumber(), 360)
  .option("--rest <seconds>", "how long each rests after a game", wholeNumber(), 25)
  .option("--warm-up <seconds>", "before anything is measured", wholeNumber(), 40)
  .option("--seed <number>", "of the players' choices", wholeNumber(), 1)
  .option("--logs", "print what the stack says")
  .parse()
  .opts<Options>();

try {
  const startedMs = performance.now();
  const summary = await runOutageTest({
    ...options,
    outageSeconds: seconds,
    normalSeconds: seconds,
    warmUpSeconds: warmUp,
    restSeconds: rest,
    onPhase: (name, lastsSeconds) => {
      const at = ((performance.now() - startedMs) / 1_000).toFixed(0);
      console.error(`  ${at.padStart(4)} s  ${name}${lastsSeconds === 0 ? "" : `, ${lastsSeconds} s`}`);
    },
    onLine: (line) => {
      if (logs) console.error(line);
    },
  });
  console.log(printSummary(summary));
  process.exitCode = isPassed(summary) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
