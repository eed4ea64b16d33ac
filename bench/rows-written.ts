import type { Call } from "./load.ts";
import { sendAll } from "./load.ts";
import type { RunningWorker } from "./workers.ts";

const ROUNDS = 10;
const PLAYERS_PER_ROUND = 20;
/** Longer than the pause between two pushes of metrics. */
const METRICS_SETTLE_MS = 7_000;

interface Rows {
  readonly object: number;
  readonly d1: number;
}

export interface MatchRows extends Rows {
  readonly matches: number;
  /** Object and D1 together, per finished match. */
  readonly perMatch: number;
}

/**
 * Rows written per finished four-player match, registration apart: `cursor.rowsWritten` of the region's object, its
 * alarms, and `meta.rows_written` of D1, as the service counts them itself in `muster_rows_written_total`. Twenty new
 * players queue at once in each round, so that a tick makes several matches.
 */
export async function measureMatchRows(muster: RunningWorker): Promise<MatchRows> {
  const players = await register(muster, PLAYERS_PER_ROUND * ROUNDS, "NA");
  await settle();
  const before = await rowsWritten(muster);
  let matches = 0;
  for (let round = 0; round < ROUNDS; round += 1) {
    const queued = players.slice(round * PLAYERS_PER_ROUND, (round + 1) * PLAYERS_PER_ROUND);
    await call(
      muster,
      queued.map((player_id) => ({ method: "POST", path: "/matchmaking/queue", body: { player_id } })),
    );
    matches += await playEverything(muster, queued);
    console.log(`  round ${round + 1} of ${ROUNDS}: ${matches} matches finished`);
  }
  await settle();
  const after = await rowsWritten(muster);
  const rows = { object: after.object - before.object, d1: after.d1 - before.d1 };
  return { ...rows, matches, perMatch: (rows.object + rows.d1) / matches };
}

/** Rows that one player costs who waits alone for a minute. */
export async function measureLoneMinute(muster: RunningWorker): Promise<number> {
  const [player_id = ""] = await register(muster, 1, "OCE");
  await settle();
  const before = await rowsWritten(muster);
  await call(muster, [{ method: "POST", path: "/matchmaking/queue", body: { player_id } }]);
  await sleep(60_000);
  const after = await rowsWritten(muster);
  return after.object + after.d1 - before.object - before.d1;
}

/** Reports every match as it appears, until all of these players are through. */
async function playEverything(muster: RunningWorker, players: readonly string[]): Promise<number> {
  const waiting = new Set(players);
  const reported = new Set<string>();
  while (waiting.size > 0) {
    await sleep(100);
    const [latest] = await call(muster, [{ method: "GET", path: "/matchmaking/matches/latest?limit=50" }]);
    for (const match of latest as {
      match_id: string;
      status: string;
      players: Record<string, { player_id: string }[]>;
    }[]) {
      if (match.status !== "pending" || reported.has(match.match_id)) continue;
      reported.add(match.match_id);
      await call(muster, [
        { method: "POST", path: `/matchmaking/match/${match.match_id}/result`, body: { winner_team: "teamA" } },
      ]);
      for (const { player_id } of Object.values(match.players).flat()) waiting.delete(player_id);
    }
  }
  await finished(muster, reported);
  return reported.size;
}

async function finished(muster: RunningWorker, matchIds: ReadonlySet<string>): Promise<void> {
  for (const matchId of matchIds) {
    for (;;) {
      const [match] = await call(muster, [{ method: "GET", path: `/matchmaking/match/${matchId}` }]);
      if ((match as { status: string }).status === "finished") break;
      await sleep(100);
    }
  }
}

async function register(muster: RunningWorker, count: number, region: string): Promise<string[]> {
  const body = (index: number) => ({ username: `player ${index}`, region });
  const calls = Array.from(
    { length: count },
    (_, index): Call => ({
      method: "POST",
      path: "/players/register",
      body: body(index),
    }),
  );
  return ((await call(muster, calls)) as { player_id: string }[]).map(({ player_id }) => player_id);
}

async function rowsWritten(muster: RunningWorker): Promise<Rows> {
  const response = await fetch(new URL("/metrics", muster.url), { headers: { "x-api-key": "dev" } });
  const text = await response.text();
  const rows = (store: string) =>
    Number(new RegExp(`^muster_rows_written_total\\{store="${store}"\\} (\\S+)`, "m").exec(text)?.[1] ?? 0);
  return { object: rows("object"), d1: rows("d1") };
}

async function call(muster: RunningWorker, calls: readonly Call[]): Promise<readonly unknown[]> {
  const withKey = calls.map((one) => ({ ...one, headers: { "x-api-key": "dev" } }));
  return (await sendAll(muster.url, withKey, Math.min(calls.length, 32))).bodies;
}

function settle(): Promise<void> {
  return sleep(METRICS_SETTLE_MS);
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
