import { setTimeout as sleep } from "node:timers/promises";
import type { Random } from "../../simulation/random.ts";
import type { Stack } from "../e2e/stack.ts";
import type { AskedFaults, Failpoint } from "../faults/fault-plan.ts";
import { FAILPOINTS } from "../faults/fault-plan.ts";
import type { SignalListener } from "../faults/signal-listener.ts";

export type KillMoment = Failpoint | "random";

/** Long enough for a result to come to the consumer on a busy machine. */
const REACHED_WITHIN_MS = 180_000;
const EARLIEST_MS = 200;
const LATEST_MS = 3_500;
/** A failpoint is passed up to so many times before it works, so that what else is under way differs. */
const MOST_SKIPPED = 3;
/** Which commits `before_notify` is about: a new ticket, a ticket that ends, a match, whatever comes first. */
const STATEMENTS = ["INTO tickets", "FROM tickets", "INTO matches", ""] as const;

/** Every kill of a run, in the order that the seed gives. */
export function planKills(random: number, perFailpoint: number, chance: Random): KillMoment[] {
  const moments: KillMoment[] = [
    ...Array.from({ length: random }, () => "random" as const),
    ...FAILPOINTS.flatMap((name) => Array.from({ length: perFailpoint }, () => name)),
  ];
  return moments
    .map((moment) => ({ moment, at: chance.between(0, 1) }))
    .sort((one, other) => one.at - other.at)
    .map(({ moment }) => moment);
}

export interface Attack {
  readonly stack: Stack;
  readonly listener: SignalListener;
  readonly random: Random;
  /** What goes wrong besides. */
  readonly planted: AskedFaults;
}

/** Resolves when it is time to kill. @throws if the stack never comes to the failpoint */
export async function awaitMoment(moment: KillMoment, attack: Attack): Promise<void> {
  const { stack, listener, random, planted } = attack;
  if (moment === "random") {
    await sleep(random.between(EARLIEST_MS, LATEST_MS));
    return;
  }
  const skip = Math.floor(random.between(0, MOST_SKIPPED + 1));
  const statement = STATEMENTS[Math.floor(random.between(0, STATEMENTS.length))] ?? "";
  const signalled = listener.signalled();
  await stack.setFaults({ ...planted, failpoint: { name: moment, signalUrl: listener.url, skip, statement } });
  const isReached = await Promise.race([signalled.then(() => true), sleep(REACHED_WITHIN_MS, false, { ref: false })]);
  if (!isReached) throw new Error(`the stack did not come to ${moment} within ${REACHED_WITHIN_MS} ms`);
}
