import { AsyncLocalStorage } from "node:async_hooks";
import type { Change } from "../../../src/core/changes.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { InjectedFailure } from "../injected-failure.ts";

/**
 * One life of a process: of a region's object from its constructor to its crash, or of a consumer from its batch to
 * its end. Code of a dead life may still run, because nothing can stop a promise, but the platform no longer listens
 * to it: what it sends goes nowhere, what it asks is never answered, what it writes fails.
 */
export class Life {
  readonly name: string;
  isDead = false;
  /** Set by a planned crash: how many more platform calls this life may make. */
  callsLeft = Number.POSITIVE_INFINITY;
  /** Changes that the queue gave out last and that are to be written next. */
  taken: readonly Change[] = [];
  /** The queue that last gave out changes: the region's memory. */
  queue: Queue | null = null;

  /** Lets something leave once all that this life has written is durable. */
  readonly gate: (act: () => void) => void;

  constructor(name: string, gate: (act: () => void) => void = (act) => act()) {
    this.name = name;
    this.gate = gate;
  }

  /** Where a planned crash came. */
  diedAt: string | null = null;

  /** Counts one call of the platform. @param where it is in what the code does @throws when the life ends here */
  called(where: string): void {
    if (this.isDead) throw new Crashed();
    this.callsLeft -= 1;
    if (this.callsLeft >= 0) return;
    this.isDead = true;
    this.diedAt = where;
    throw new Crashed();
  }
}

/** What code of a dead life gets to see. */
export class Crashed extends InjectedFailure {
  constructor() {
    super("the process is gone");
  }
}

const current = new AsyncLocalStorage<Life>();

/** Runs code as part of a life; whatever it starts is part of it too. */
export function inLife<Value>(life: Life, act: () => Value): Value {
  return current.run(life, act);
}

/** Whose code is running; undefined: the simulation's own. */
export function currentLife(): Life | undefined {
  return current.getStore();
}
