import type { Call, LoadReport } from "./load.ts";
import { sendAll } from "./load.ts";
import { median } from "./median.ts";
import type { RunningWorker } from "./workers.ts";

const PLAYERS = 3_000;
const CONCURRENCY = 32;
const RUNS = 5;
/** Runs before the measured ones, until the compilers have settled. */
const WARM_UPS = 3;

export interface EnqueueRatio {
  readonly bare: readonly number[];
  readonly muster: readonly number[];
  /** Median of the runs' ratios, Muster ÷ bare: requests per second. */
  readonly ratio: number;
  readonly highestGeneratorLoad: number;
}

/**
 * The full enqueue call (token, validation, region, durable ticket) against a bare Worker with one object call and one
 * durable row, in alternating runs. Profiles are warm. Everybody's rating differs and nobody accepts a gap, so the
 * region ticks over a full pool every second but forms no match: what is measured is the call.
 */
export async function measureEnqueueRatio(bare: RunningWorker, muster: RunningWorker): Promise<EnqueueRatio> {
  const players = await registerPlayers(muster);
  const enqueue = players.map(
    ({ playerId, token }): Call => ({
      method: "POST",
      path: "/matchmaking/queue",
      headers: { authorization: `Bearer ${token}` },
      body: { player_id: playerId, constraints: { max_rating_gap: 0 } },
    }),
  );
  const cancel = players.map(
    ({ playerId }): Call => ({
      method: "DELETE",
      path: `/matchmaking/queue/${playerId}`,
      headers: { "x-api-key": "dev" },
    }),
  );
  const add = players.map(({ playerId }): Call => ({ method: "POST", path: "/", body: { player_id: playerId } }));
  const runBare = async () => {
    const report = await sendAll(bare.url, add, CONCURRENCY);
    await sendAll(bare.url, [{ method: "DELETE", path: "/" }], 1);
    return report;
  };
  const runMuster = async () => {
    const report = await sendAll(muster.url, enqueue, CONCURRENCY);
    await sendAll(muster.url, cancel, CONCURRENCY);
    return report;
  };
  for (let warmUp = 0; warmUp < WARM_UPS; warmUp += 1) {
    await runBare();
    await runMuster();
  }
  const reports: { bare: LoadReport; muster: LoadReport }[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const report = { bare: await runBare(), muster: await runMuster() };
    reports.push(report);
    const [bareRate, musterRate] = [report.bare, report.muster].map((one) => one.requestsPerSecond.toFixed(0));
    console.log(`  run ${run + 1} of ${RUNS}: bare ${bareRate}/s, Muster ${musterRate}/s`);
  }
  return {
    bare: reports.map((report) => report.bare.requestsPerSecond),
    muster: reports.map((report) => report.muster.requestsPerSecond),
    ratio: median(reports.map((report) => report.muster.requestsPerSecond / report.bare.requestsPerSecond)),
    highestGeneratorLoad: Math.max(
      ...reports.flatMap(({ bare, muster }) => [bare.generatorLoad, muster.generatorLoad]),
    ),
  };
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
  const ratings = players.map(({ player_id }, index) => ({ player_id, mu: 10 + (30 * index) / PLAYERS }));
  const database = await muster.database("DB");
  await database
    .prepare("UPDATE ratings SET mu = j.value ->> 'mu' FROM json_each(?) j WHERE player_id = j.value ->> 'player_id'")
    .bind(JSON.stringify(ratings))
    .run();
  return players.map(({ player_id, access_token }) => ({ playerId: player_id, token: access_token }));
}
