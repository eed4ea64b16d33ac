import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { measureEnqueueRatio } from "./enqueue-ratio.ts";
import { median } from "./median.ts";
import { measureLoneMinute, measureMatchRows } from "./rows-written.ts";
import { applyMigrations, LOCAL_VARIABLES, runWorker } from "./workers.ts";

const program = new Command()
  .name("bench")
  .description("Measures what an enqueue costs beside a bare Worker, and the rows that a match writes.")
  .option("--json <file>", "also write the figures to this file")
  .option("--skip-lone-minute", "leave out the player who waits alone for a minute", false);
program.parse();
const options = program.opts<{ json?: string; skipLoneMinute: boolean }>();

console.log("Building and starting both Workers …");
const bare = await runWorker("bench/bare-worker/wrangler.toml");
const muster = await runWorker("wrangler.toml", { ...LOCAL_VARIABLES, LOG_LEVEL: "error" });
try {
  await applyMigrations(await muster.database("DB"));
  console.log("Enqueue call, requests per second:");
  const enqueue = await measureEnqueueRatio(bare, muster);
  console.log("Rows written per match:");
  const rows = await measureMatchRows(muster);
  const loneRows = options.skipLoneMinute ? null : await measureLoneMinute(muster);

  console.table({
    "bare Worker (requests/s, median)": median(enqueue.bare).toFixed(0),
    "Muster's enqueue (requests/s, median)": median(enqueue.muster).toFixed(0),
    "Muster ÷ bare (median of 5)": enqueue.ratio.toFixed(3),
    "load generator (highest share of a core)": enqueue.highestGeneratorLoad.toFixed(2),
    "rows per finished 2v2 match": rows.perMatch.toFixed(2),
    "  of these in the region's object": (rows.object / rows.matches).toFixed(2),
    "  of these in D1": (rows.d1 / rows.matches).toFixed(2),
    "rows of a player alone for a minute": loneRows ?? "not measured",
  });
  if (options.json !== undefined) writeFileSync(options.json, JSON.stringify({ enqueue, rows, loneRows }, null, 2));
} finally {
  await Promise.all([bare.stop(), muster.stop()]);
}
