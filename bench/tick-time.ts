import { median } from "./median.ts";
import type { RunningWorker } from "./workers.ts";

const SOLO = [1];
const PARTIES = [0.58, 0.24, 0.09, 0.03, 0.06];

/** The limits are those of the project for 2v2; the others show how it grows with teams and parties. */
const POOLS = [
  { shape: "2v2", partyShares: SOLO, tickets: 1_000, limitMs: 3 },
  { shape: "2v2", partyShares: SOLO, tickets: 10_000, limitMs: 15 },
  { shape: "2v2", partyShares: SOLO, tickets: 100_000, limitMs: 120 },
  { shape: "1v1", partyShares: SOLO, tickets: 10_000, limitMs: null },
  { shape: "5v5", partyShares: SOLO, tickets: 10_000, limitMs: null },
  { shape: "5v5", partyShares: PARTIES, tickets: 10_000, limitMs: null },
  { shape: "8v8", partyShares: SOLO, tickets: 10_000, limitMs: null },
  { shape: "3x3", partyShares: SOLO, tickets: 10_000, limitMs: null },
];
const WARM_UPS = 5;
const RUNS = 21;

export interface TickTime {
  readonly pool: string;
  readonly tickets: number;
  readonly matches: number;
  /** Median time of a tick, in milliseconds. */
  readonly tickMs: number;
  readonly limitMs: number | null;
}

/**
 * One tick over a fully matchable pool inside workerd. Each measured call is followed by an empty one; the tick's time
 * is the median of the differences.
 */
export async function measureTickTimes(worker: RunningWorker): Promise<TickTime[]> {
  const times: TickTime[] = [];
  for (const { limitMs, ...pool } of POOLS) {
    await fetch(new URL("/pool", worker.url), { method: "POST", body: JSON.stringify(pool) });
    const differences: number[] = [];
    let matches = 0;
    for (let run = 0; run < WARM_UPS + RUNS; run += 1) {
      const tick = await timed(worker, "/tick");
      const nothing = await timed(worker, "/nothing");
      matches = (tick.answer as { matches: number }).matches;
      if (run >= WARM_UPS) differences.push(tick.elapsedMs - nothing.elapsedMs);
    }
    const name = pool.partyShares.length > 1 ? `${pool.shape} with parties` : pool.shape;
    const tickMs = median(differences);
    times.push({ pool: name, tickets: pool.tickets, matches, tickMs, limitMs });
    console.log(`  ${name}, ${pool.tickets} tickets: ${tickMs.toFixed(1)} ms for ${matches} matches`);
  }
  return times;
}

async function timed(worker: RunningWorker, path: string): Promise<{ answer: unknown; elapsedMs: number }> {
  const startMs = performance.now();
  const response = await fetch(new URL(path, worker.url));
  const answer: unknown = await response.json();
  return { answer, elapsedMs: performance.now() - startMs };
}
