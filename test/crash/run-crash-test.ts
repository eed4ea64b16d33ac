import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../../simulation/random.ts";
import { resolveModes } from "../../src/core/mode-definition.ts";
import { Stack } from "../e2e/stack.ts";
import type { AskedFaults } from "../faults/fault-plan.ts";
import { SignalListener } from "../faults/signal-listener.ts";
import { Crowd } from "./crowd.ts";
import type { Fault } from "./fault.ts";
import { Gate } from "./gate.ts";
import { History } from "./history.ts";
import { judgePlayer } from "./judge-player.ts";
import { judgeRatings } from "./judge-ratings.ts";
import { judgeRecords } from "./judge-records.ts";
import type { KillMoment } from "./kills.ts";
import { awaitMoment, planKills } from "./kills.ts";
import { MODES } from "./modes.ts";
import { readRecords } from "./read-records.ts";
import type { Records } from "./records.ts";

/** Results that were killed on their way are sent again within ten minutes at the latest, usually within seconds. */
const SETTLED_WITHIN_MS = 120_000;
const EVERYBODY_GONE_WITHIN_MS = 300_000;
const LOOK_EVERY_MS = 1_000;

export interface CrashTestOptions {
  readonly kills: number;
  readonly killsPerFailpoint: number;
  readonly players: number;
  readonly seed: number;
  /** A bug to find: goes wrong all the time. Absent: nothing does. */
  readonly planted?: AskedFaults;
  /** Called after each restart. */
  readonly onKill: (done: number, total: number, moment: KillMoment) => void;
  /** Gets what the stack says. */
  readonly onLine: (line: string) => void;
}

export interface CrashTestSummary {
  readonly kills: Readonly<Partial<Record<KillMoment, number>>>;
  readonly seconds: number;
  readonly requests: number;
  readonly unanswered: Readonly<Record<string, number>>;
  readonly acknowledged: ReturnType<History["acknowledged"]>;
  readonly ratingChanges: number;
  readonly faults: readonly Fault[];
  readonly oddities: readonly string[];
}

/**
 * Kills the whole stack again and again while players play on it, and judges from outside what they were told.
 *
 * 1. Players queue, leave and play without a pause; whatever they ask and hear is in the history.
 * 2. At each moment of the plan every process gets SIGKILL at once, and the stack starts on the same state.
 * 3. After the last restart everybody plays to the end and leaves, and every result is waited for.
 * 4. Then the history is judged by itself, and against what is on disk.
 *
 * The seed gives the plan and the players' choices; what the kills meet is left to chance.
 */
export async function runCrashTest(options: CrashTestOptions): Promise<CrashTestSummary> {
  const { seed, players, kills, killsPerFailpoint, planted = {}, onKill, onLine } = options;
  const startedMs = performance.now();
  const random = createRandom(seed);
  const plan = planKills(kills, killsPerFailpoint, random);
  const history = new History();
  const gate = new Gate();
  const listener = await SignalListener.start();
  const stack = await Stack.start({ faults: true, modesFile: join(import.meta.dirname, "modes.ts"), onLine });
  try {
    await stack.setFaults(planted);
    gate.open();
    const crowd = new Crowd({ url: stack.url, places: players, gate, history, random: createRandom(seed + 1) });
    for (const [index, moment] of plan.entries()) {
      await orBroken(crowd, awaitMoment(moment, { stack, listener, random, planted }));
      const restarted = stack.killAndRestart();
      gate.close();
      await restarted;
      await stack.setFaults(planted);
      gate.open();
      onKill(index + 1, plan.length, moment);
    }
    crowd.leave();
    await within(crowd.gone, EVERYBODY_GONE_WITHIN_MS, () =>
      ["These players did not come to the end of their last game:", ...crowd.stillHere()].join("\n  "),
    );
    const records = await settledRecords(stack, history);
    return {
      kills: countKills(plan),
      seconds: (performance.now() - startedMs) / 1_000,
      requests: history.requests,
      unanswered: Object.fromEntries(history.failures),
      acknowledged: history.acknowledged(),
      ratingChanges: records.changes.length,
      faults: judge(history, records),
      oddities: history.oddities,
    };
  } finally {
    await stack.stop();
    await listener.stop();
  }
}

function judge(history: History, records: Records): Fault[] {
  const modes = resolveModes(MODES, 0);
  if (!modes.ok) throw new Error("the crash test's modes are not valid");
  return [
    ...[...history.steps].flatMap(([playerId, steps]) => judgePlayer(playerId, steps)),
    ...judgeRecords(history, records),
    ...judgeRatings(records, modes.value),
  ];
}

/** What is on disk once the regions hold nothing any more, or when the time is over: then the judges say what is left. */
async function settledRecords(stack: Stack, { reports }: History): Promise<Records> {
  const untilMs = performance.now() + SETTLED_WITHIN_MS;
  for (;;) {
    const records = readRecords(stack.stateDir);
    const finished = new Set(records.matches.flatMap(({ matchId, rated }) => (rated === 1 ? [matchId] : [])));
    const isSettled = records.liveMatchIds.length === 0 && [...reports.keys()].every((id) => finished.has(id));
    if (isSettled || performance.now() > untilMs) return records;
    await sleep(LOOK_EVERY_MS);
  }
}

/** @throws what broke a player's side, if that comes first */
async function orBroken(crowd: Crowd, work: Promise<void>): Promise<void> {
  await Promise.race([work, crowd.gone]);
  await work;
}

async function within(work: Promise<unknown>, ms: number, problem: () => string): Promise<void> {
  const late = sleep(ms, undefined, { ref: false }).then(() => {
    throw new Error(problem());
  });
  await Promise.race([work, late]);
}

function countKills(plan: readonly KillMoment[]): Partial<Record<KillMoment, number>> {
  const counts: Partial<Record<KillMoment, number>> = {};
  for (const moment of plan) counts[moment] = (counts[moment] ?? 0) + 1;
  return counts;
}
