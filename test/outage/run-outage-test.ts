import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRandom } from "../../simulation/random.ts";
import type { Fault } from "../crash/fault.ts";
import { judge } from "../crash/judge.ts";
import { settledRecords } from "../crash/settled-records.ts";
import { Stack } from "../e2e/stack.ts";
import { judgeProbes } from "./judge-probes.ts";
import { MODES } from "./modes.ts";
import type { Phase, PhaseFigures, PhaseName, ProbeFigures } from "./phases.ts";
import { figuresOf, isDuring, probeFigures } from "./phases.ts";
import type { Probe } from "./prober.ts";
import { Prober } from "./prober.ts";
import { SteadyCrowd } from "./steady-crowd.ts";
import { TimedHistory } from "./timed-history.ts";

const STRANGERS = 12;
/** Nobody asks D1 for up to 10 s after it failed last, and whoever asked before that waits for 5 s. */
const WELL_AGAIN_AFTER_MS = 20_000;
const EVERYBODY_GONE_WITHIN_MS = 120_000;
/** Results of the outage come with their region's next send, or with the queue's own next try. */
const SETTLED_WITHIN_MS = 300_000;

export type OutageKind = "hang" | "fail";

export interface OutageTestOptions {
  readonly kind: OutageKind;
  /** How often D1 is taken away and given back: the more often, the less a busy machine matters. */
  readonly rounds: number;
  readonly outageSeconds: number;
  /** What is measured before each, and after the last. */
  readonly normalSeconds: number;
  /** Everybody plays already, and nothing is measured. */
  readonly warmUpSeconds: number;
  readonly players: number;
  readonly restSeconds: number;
  /** Of the players' choices. */
  readonly seed: number;
  /** Called when something begins that takes so many seconds. */
  readonly onPhase: (name: PhaseName | "warming up" | "settling", seconds: number) => void;
  /** Gets what the stack says. */
  readonly onLine: (line: string) => void;
}

export interface OutageTestSummary {
  readonly kind: OutageKind;
  readonly phases: readonly PhaseFigures[];
  /** What was answered, while D1 was out, to those who asked for what needs it. */
  readonly probes: readonly ProbeFigures[];
  /** From the end of the last outage until D1 held everything, all players having left meanwhile. */
  readonly settledAfterSeconds: number;
  readonly acknowledged: ReturnType<TimedHistory["acknowledged"]>;
  readonly ratingChanges: number;
  /** What was acknowledged and D1 does not hold, or twice. */
  readonly faults: readonly Fault[];
  /** Whatever else was not as it should be, one sentence each. */
  readonly oddities: readonly string[];
}

/**
 * Takes D1 away while players play, and gives it back.
 *
 * 1. The same players queue, play and rest all the time, in several regions, and each has queued before. They rest for
 *    most of a round, so as many matches are made in every minute unless something holds them up.
 * 2. Before, during and after the outage it is counted what they are told: matches by when somebody first heard of them.
 * 3. Meanwhile others ask for what needs D1. During the outage they must be told in time to come back later.
 * 4. At last everybody leaves. Then D1 must hold every match that anybody was told of, and every result once.
 */
export async function runOutageTest(options: OutageTestOptions): Promise<OutageTestSummary> {
  const { kind, seed, players, restSeconds, onPhase, onLine } = options;
  const history = new TimedHistory();
  const stack = await Stack.start({ faults: true, modesFile: join(import.meta.dirname, "modes.ts"), onLine });
  try {
    const prober = new Prober(stack.url);
    await prober.makeStrangers(STRANGERS);
    const settings = { url: stack.url, players, restMs: restSeconds * 1_000, history, random: createRandom(seed) };
    const crowd = new SteadyCrowd(settings);
    const phases = await orBroken(crowd, measure(options, stack, crowd, prober));
    onPhase("settling", 0);
    crowd.leave();
    await within(crowd.gone, EVERYBODY_GONE_WITHIN_MS, "not everybody came to the end of their last game");
    history.registrations.push(...prober.registrations);
    const records = await settledRecords(stack.stateDir, history, SETTLED_WITHIN_MS);
    const settledAfterSeconds = (performance.now() - lastHealedMs(phases)) / 1_000;
    await prober.askAll();
    await prober.comeAndGo();
    const duringOutage = prober.probes.filter(({ atMs }) => isDuring(phases, "outage", atMs));
    const inPeace = prober.probes.filter((probe) => isInPeace(probe, phases));
    return {
      kind,
      phases: phases.map((phase) => figuresOf(phase, history)),
      probes: probeFigures(duringOutage),
      settledAfterSeconds,
      acknowledged: history.acknowledged(),
      ratingChanges: records.changes.length,
      faults: judge(history, records, MODES),
      oddities: [...history.oddities, ...judgeProbes(duringOutage, inPeace)],
    };
  } finally {
    await stack.stop();
  }
}

async function measure(options: OutageTestOptions, stack: Stack, crowd: SteadyCrowd, prober: Prober): Promise<Phase[]> {
  const { kind, rounds, outageSeconds, normalSeconds, warmUpSeconds, onPhase } = options;
  const phases: Phase[] = [];
  const measured = async (name: PhaseName, seconds: number) => {
    onPhase(name, seconds);
    const fromMs = performance.now();
    await sleep(seconds * 1_000);
    phases.push({ name, fromMs, toMs: performance.now() });
  };
  onPhase("warming up", warmUpSeconds);
  await crowd.warm();
  await sleep(warmUpSeconds * 1_000);
  const over = new AbortController();
  const asking = prober.askUntil(over.signal);
  for (let round = 0; round < rounds; round += 1) {
    await measured("before", normalSeconds);
    await stack.setFaults({ reads: { kind }, writes: { kind } });
    const healing = new AbortController();
    const coming = prober.comeUntil(healing.signal);
    await measured("outage", outageSeconds);
    healing.abort();
    // A stranger who is being looked up when D1 comes back would be let in.
    await coming;
    await stack.setFaults({});
    await measured("catching up", Math.min(normalSeconds, WELL_AGAIN_AFTER_MS / 1_000));
  }
  await measured("after", normalSeconds);
  over.abort();
  await asking;
  return phases;
}

function lastHealedMs(phases: readonly Phase[]): number {
  return phases.reduce((latest, { name, toMs }) => (name === "outage" ? Math.max(latest, toMs) : latest), 0);
}

/** Whether it was answered before an outage, or asked long after one. */
function isInPeace({ atMs, tookMs }: Probe, phases: readonly Phase[]): boolean {
  return phases
    .filter(({ name }) => name === "outage")
    .every(({ fromMs, toMs }) => atMs + tookMs < fromMs || atMs > toMs + WELL_AGAIN_AFTER_MS);
}

/** @throws what broke a player's side, if that comes first */
async function orBroken<Value>(crowd: SteadyCrowd, work: Promise<Value>): Promise<Value> {
  await Promise.race([work, crowd.gone]);
  return work;
}

async function within(work: Promise<unknown>, ms: number, problem: string): Promise<void> {
  const late = sleep(ms, undefined, { ref: false }).then(() => {
    throw new Error(problem);
  });
  await Promise.race([work, late]);
}
