import type { Violation } from "./checkers/violations.ts";
import { drain } from "./drain.ts";
import type { Story } from "./story.ts";
import { takeStep } from "./take-step.ts";
import type { WorldSettings } from "./world.ts";
import { World } from "./world.ts";

export interface HistorySettings extends WorldSettings {
  /** Which steps are taken, by their numbers, ascending. */
  readonly steps: readonly number[];
  /** Whether everything must come to rest at the end. */
  readonly isDrained: boolean;
  readonly progressed?: (steps: number) => void;
  /** Called after each step with what happened in it. */
  readonly told?: (story: Story) => void;
}

export interface HistoryOutcome {
  readonly violation: Violation | null;
  /** How many of the steps were taken. */
  readonly taken: number;
  readonly digest: string;
  readonly tally: readonly (readonly [name: string, count: number])[];
  readonly virtualMs: number;
}

/** All is compared with all so seldom that it does not count. */
const CHECK_ALL_EVERY = 20_000;
const PROGRESS_EVERY = 500;

/** Plays one history to its end, or to the first violation. One at a time in a process: it takes over its clock. */
export async function runHistory(settings: HistorySettings): Promise<HistoryOutcome> {
  const { steps, isDrained } = settings;
  const world = new World(settings);
  const { found } = world.violations;
  const startMs = world.time.nowMs;
  const taken = await takeSteps(world, settings);
  if (found.length === 0) world.checkAll();
  if (found.length === 0 && isDrained) {
    const unfinished = await drain(world, (steps.at(-1) ?? 0) + 1);
    world.violations.expect(unfinished.length === 0, "liveness", () => unfinished.slice(0, 5).join("; "));
    if (found.length === 0) world.checkAll();
  }
  const outcome = {
    violation: found[0] ?? null,
    taken,
    digest: world.digest.hex,
    tally: world.tally.entries(),
    virtualMs: world.time.nowMs - startMs,
  };
  world.close();
  return outcome;
}

async function takeSteps(world: World, { steps, progressed, told }: HistorySettings): Promise<number> {
  const startMs = world.time.nowMs;
  let taken = 0;
  for (const step of steps) {
    const before = told === undefined ? null : world.tally.snapshot();
    const act = await takeStep(world, step);
    taken += 1;
    if (before !== null) {
      told?.({
        step,
        act,
        atMs: world.time.nowMs - startMs,
        details: world.takeDetails(),
        events: world.tally.since(before),
      });
    }
    if (taken % CHECK_ALL_EVERY === 0) world.checkAll();
    if (taken % PROGRESS_EVERY === 0) progressed?.(taken);
    if (world.violations.found.length > 0) break;
  }
  return taken;
}
