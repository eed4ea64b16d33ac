import type { Act } from "./acts/act.ts";
import { crash, crashSoon, nothing, ringTwice, sleep } from "./acts/fault-acts.ts";
import { askBackfill, assign, cancelBackfill, redrive, report } from "./acts/match-acts.ts";
import { deploy, letIn, revoke } from "./acts/operator-acts.ts";
import { createParty, joinParty, leaveParty, queueParty } from "./acts/party-acts.ts";
import { acceptAll, cancel, decline, enqueue, enqueueParty, everybodyLeaves, lookUp } from "./acts/queue-acts.ts";
import { connect, disconnect, sendFrame } from "./acts/socket-acts.ts";
import type { World } from "./world.ts";

const ACTS = {
  acceptAll,
  askBackfill,
  assign,
  cancel,
  cancelBackfill,
  connect,
  crash,
  crashSoon,
  createParty,
  decline,
  deploy,
  disconnect,
  enqueue,
  enqueueParty,
  joinParty,
  leaveParty,
  letIn,
  lookUp,
  nothing,
  queueParty,
  redrive,
  report,
  revoke,
  ringTwice,
  sendFrame,
  sleep,
} satisfies Record<string, Act>;

type ActName = keyof typeof ACTS;

const WEIGHTS: readonly (readonly [ActName, number])[] = [
  ["enqueue", 30],
  ["enqueueParty", 3],
  ["acceptAll", 10],
  ["decline", 0.5],
  ["report", 16],
  ["assign", 6],
  ["cancel", 3],
  ["lookUp", 4],
  ["askBackfill", 1],
  ["cancelBackfill", 0.3],
  ["redrive", 0.3],
  ["revoke", 0.3],
  ["letIn", 0.6],
  ["createParty", 0.6],
  ["joinParty", 2],
  ["queueParty", 2],
  ["leaveParty", 1],
  ["connect", 2],
  ["disconnect", 1],
  ["sendFrame", 6],
  ["crash", 2],
  ["crashSoon", 8],
  ["sleep", 0.5],
  ["ringTwice", 0.3],
  ["deploy", 0.1],
  ["nothing", 5],
];

/** How long it takes until something else is done: mostly moments, seldom so long that every deadline passes. */
const PAUSES = [
  [0, 5, 30],
  [5, 40, 45],
  [40, 300, 22],
  [300, 3_000, 2.5],
  [3_000, 30_000, 0.3],
  [30_000, 900_000, 0.01],
  [90_000_000, 100_000_000, 0.0005],
] as const;

export interface Decision {
  readonly pauseMs: number;
  readonly act: ActName;
}

/** What is done in a step. It follows from the seed and the step's number alone. */
export function decide({ choice }: Pick<World, "choice">, step: number): Decision {
  choice.begin(step, 2);
  const pause = choice.weighted(PAUSES.map(([least, , weight]) => [String(least), weight] as const));
  const [least, limit] = PAUSES.find(([ms]) => String(ms) === pause) ?? [0, 1];
  return { pauseMs: Math.floor(choice.between(least, limit)), act: choice.weighted(WEIGHTS) };
}

/** A pause in which what nobody answers is given up. */
const NIGHT_MS = 86_400_000;
/** What answers nobody in such a pause. */
const OUTAGES = ["queue", "d1"] as const;
/** Until all are gone: who was slow to come, or is back because there was no server, leaves too. */
const LEAVE_WITHIN_S = 180;

/** Lets one step happen: time passes with all that it brings, then somebody does something. @returns what */
export async function takeStep(world: World, step: number): Promise<ActName> {
  world.random.begin(step);
  const { pauseMs, act } = decide(world, step);
  const isNight = pauseMs > NIGHT_MS;
  world.faults.begin(step, isNight ? (world.choice.pick(OUTAGES) ?? null) : null);
  if (isNight) await leave(world);
  await world.advance(pauseMs);
  world.takeDetails();
  ACTS[act](world);
  await world.settle();
  return act;
}

/** Nobody would wait for a day; and those who cannot get a server would make a match every few seconds. */
async function leave(world: World): Promise<void> {
  for (let second = 0; second < LEAVE_WITHIN_S; second += 1) {
    everybodyLeaves(world);
    await world.advance(1_000);
  }
}
