import { writeFileSync } from "node:fs";
import { Command } from "commander";
import { measureEnqueueRatio, NOBODY_IS_MATCHED } from "./enqueue-ratio.ts";
import { median } from "./median.ts";
import { measureQueueMemory } from "./queue-memory.ts";
import { measureLoneMinute, measureMatchRows } from "./rows-written.ts";
import { measureTickTimes } from "./tick-time.ts";
import { applyMigrations, LOCAL_VARIABLES, withWorkers } from "./workers.ts";

const program = new Command()
  .name("bench")
  .description(
    "Measures how long a tick computes, what an enqueue costs beside a bare Worker, and the rows that a match writes.",
  )
  .option("--json <file>", "also write the figures to this file")
  .option("--only-tick", "measure only the tick", false)
  .option("--skip-lone-minute", "leave out the player who waits alone for a minute", false);
program.parse();
const options = program.opts<{ json?: string; onlyTick: boolean; skipLoneMinute: boolean }>();

console.log("One tick over a fully matchable pool:");
const ticks = await withWorkers([["bench/tick-worker/wrangler.toml", {}]], ([worker]) => measureTickTimes(worker));
const memory = measureQueueMemory();
const calls = options.onlyTick ? null : await measureCalls();

console.table(
  ticks.map(({ pool, tickets, tickMs, limitMs }) => ({
    pool,
    tickets,
    "tick (ms, median)": tickMs.toFixed(1),
    "limit (ms)": limitMs ?? "none",
  })),
);
console.log(
  `${memory.tickets} tickets wait in ${memory.waitingMb.toFixed(0)} MB, and can all be matched in one tick with a heap of ` +
    `${memory.heapLimitMb} MB (pointers of 8 bytes; workerd's have 4).`,
);
if (calls !== null) {
  const { enqueue, rows, loneRows } = calls;
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
}
if (options.json !== undefined) writeFileSync(options.json, JSON.stringify({ ticks, memory, ...calls }, null, 2));

async function measureCalls() {
  const variables = { ...LOCAL_VARIABLES, LOG_LEVEL: "error" };

  console.log("Enqueue call, requests per second:");
  const enqueue = await withWorkers(
    [
      ["bench/bare-worker/wrangler.toml", {}],
      ["wrangler.toml", { ...variables, ...NOBODY_IS_MATCHED }],
    ],
    async ([bare, muster]) => {
      await applyMigrations(await muster.database("DB"));
      return measureEnqueueRatio(bare, muster);
    },
  );
  console.log("Rows written per match:");
  const { rows, loneRows } = await withWorkers([["wrangler.toml", variables]], async ([muster]) => {
    await applyMigrations(await muster.database("DB"));
    return {
      rows: await measureMatchRows(muster),
      loneRows: options.skipLoneMinute ? null : await measureLoneMinute(muster),
    };
  });
  return { enqueue, rows, loneRows };
}
