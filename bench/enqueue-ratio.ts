import type { Call, LoadReport } from "./load.ts";
import { sendAll } from "./load.ts";
import { median } from "./median.ts";
import type { RunningWorker } from "./workers.ts";

const PLAYERS = 3_000;
const CONCURRENCY = 32;
const RUNS = 5;
/** Each run goes back and forth between the two this often, so that a neighbour's noise meets both. */
const SLICES = 6;
/** Runs before the measured ones, until the compilers have settled. */
const WARM_UPS = 3;

/** A matcher for which nobody is certain enough to be matched before they are overdue: what is measured is the call. */
export const NOBODY_IS_MATCHED = { MATCH_BETA: "100" };

export interface EnqueueRatio {
  /** Requests per second of each run. */
  readonly bare: readonly number[];
  readonly muster: readonly number[];
  /** Median of the runs' ratios, Muster ÷ bare. */
  readonly ratio: number;
  readonly highestGeneratorLoad: number;
}

interface Run {
  readonly bare: number;
  readonly muster: number;
  readonly generatorLoad: number;
}

/**
 * The full enqueue call (token, validation, region, durable ticket) against a bare Worker with one object call and one
 * durable row, in alternating slices. Profiles are warm, and the region ticks over its full pool every second.
 *
 * @param muster runs with `NOBODY_IS_MATCHED`
 */
export async function measureEnqueueRatio(bare: RunningWorker, muster: RunningWorker): Promise<EnqueueRatio> {
  const players = await registerPlayers(muster);
  const enqueue = players.map(
    ({ playerId, token }): Call => ({
      method: "POST",
      path: "/matchmaking/queue",
      headers: { authorization: `Bearer ${token}` },
      body: { player_id: playerId },
    }),
  );
  const cancel = players.map(
    ({ playerId, token }): Call => ({
      method: "DELETE",
      path: `/matchmaking/queue/${playerId}`,
      headers: { authorization: `Bearer ${token}` },
    }),
  );
  const add = players.map(({ playerId }): Call => ({ method: "POST", path: "/", body: { player_id: playerId } }));

  const run = async (): Promise<Run> => {
    const reports: { bare: LoadReport; muster: LoadReport }[] = [];
    for (let slice = 0; slice < SLICES; slice += 1) {
      const part = <One>(calls: readonly One[]) =>
        calls.slice((slice * PLAYERS) / SLICES, ((slice + 1) * PLAYERS) / SLICES);
      reports.push({
        bare: await sendAll(bare.url, part(add), CONCURRENCY),
        muster: await sendAll(muster.url, part(enqueue), CONCURRENCY),
      });
    }
    await sendAll(bare.url, [{ method: "DELETE", path: "/" }], 1);
    await sendAll(muster.url, cancel, CONCURRENCY);
    return {
      bare: PLAYERS / sum(reports.map((report) => report.bare.elapsedS)),
      muster: PLAYERS / sum(reports.map((report) => report.muster.elapsedS)),
      generatorLoad: Math.max(...reports.flatMap((report) => [report.bare.generatorLoad, report.muster.generatorLoad])),
    };
  };

  for (let warmUp = 0; warmUp < WARM_UPS; warmUp += 1) await run();
  const runs: Run[] = [];
  for (let index = 1; index <= RUNS; index += 1) {
    const one = await run();
    runs.push(one);
    console.log(`  run ${index} of ${RUNS}: bare ${one.bare.toFixed(0)}/s, Muster ${one.muster.toFixed(0)}/s`);
  }
  return {
    bare: runs.map((one) => one.bare),
    muster: runs.map((one) => one.muster),
    ratio: median(runs.map((one) => one.muster / one.bare)),
    highestGeneratorLoad: Math.max(...runs.map((one) => one.generatorLoad)),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

async function registerPlayers(muster: RunningWorker): Promise<{ playerId: string; token: string }[]> {
  const calls = Array.from(
    { length: PLAYERS },
    (_, index): Call => ({
      method: "POST",
      path: "/players/register",
      body: { username: `player ${index}`, region: "EUW" },
    }),
  );
  const { bodies } = await sendAll(muster.url, calls, CONCURRENCY);
  const players = bodies as { player_id: string; access_token: string }[];
  return players.map(({ player_id, access_token }) => ({ playerId: player_id, token: access_token }));
}
