import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../../simulation/random.ts";
import { Stack } from "../e2e/stack.ts";
import type { AskedFaults } from "../faults/fault-plan.ts";
import { SignalListener } from "../faults/signal-listener.ts";
import { Crowd } from "./crowd.ts";
import type { Fault } from "./fault.ts";
import { Gate } from "./gate.ts";
import { History } from "./history.ts";
import { judge } from "./judge.ts";
import type { KillMoment } from "./kills.ts";
import { awaitMoment, planKills } from "./kills.ts";
import { MODES } from "./modes.ts";
import { settledRecords } from "./settled-records.ts";

/** Results that were killed on their way are sent again within ten minutes at the latest, usually within seconds. */
const SETTLED_WITHIN_MS = 120_000;
const EVERYBODY_GONE_WITHIN_MS = 300_000;

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
    const records = await settledRecords(stack.stateDir, history, SETTLED_WITHIN_MS);
    return {
      kills: countKills(plan),
      seconds: (performance.now() - startedMs) / 1_000,
      requests: history.requests,
      unanswered: Object.fromEntries(history.failures),
      acknowledged: history.acknowledged(),
      ratingChanges: records.changes.length,
      faults: judge(history, records, MODES),
      oddities: history.oddities,
    };
  } finally {
    await stack.stop();
    await listener.stop();
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
