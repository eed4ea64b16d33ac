import { writeFileSync } from "node:fs";
import type { SimulationObserver } from "./observer.ts";
import { parseOptions } from "./options.ts";
import { printSummary } from "./print-summary.ts";
import type { Progress } from "./progress.ts";
import { startProgress } from "./progress.ts";
import { runSimulation } from "./run-simulation.ts";

const options = parseOptions(process.argv.slice(2));
let progress: Progress | null = null;
let reported = 0;

// Ctrl-C: the summary of what has been played so far.
const stopping = new AbortController();
process.once("SIGINT", () => stopping.abort());

try {
  const observer: SimulationObserver = {
    registered: (players, expectedMatches) => {
      console.error(`  ${players.length} players registered in ${options.regions.length} regions`);
      progress = startProgress(expectedMatches, "{value}/{total} matches reported");
    },
    matchReported: () => {
      reported += 1;
      progress?.update(reported);
    },
    gamesOver: (departuresRemainMs) => {
      progress?.stop();
      const remainS = Math.ceil(departuresRemainMs / 1_000);
      const gone = remainS === 0 ? "" : `, and ${remainS} s for the places of those who are gone to run out`;
      console.error(`  the games are over; waiting for the last ratings${gone} ...`);
    },
  };
  const summary = await runSimulation(options, observer, stopping.signal);
  console.log(printSummary(summary));
  if (options.json !== null) writeFileSync(options.json, `${JSON.stringify(summary, null, 2)}\n`);
  process.exitCode = summary.ok ? 0 : 1;
} catch (error) {
  console.error(`${options.url}: ${error instanceof Error ? error.message : error}`);
  process.exitCode = 1;
}
