import type { Queue } from "../../../src/core/queue.ts";
import { aModeDefinition, aModeTable } from "./a-mode.ts";
import { aQueue, changesOfType } from "./a-queue.ts";
import { aStore } from "./a-store.ts";

/** The platform forgets an object that nothing has happened to for so long. */
const FORGOTTEN_AFTER_MS = 10_000;

/** Big matches, so that whoever waits goes on waiting. */
export const SLEEPY_MODES = aModeTable(aModeDefinition({ name: "5v5", teamSize: 5 }));

/**
 * A region as it really lives: between events that are far enough apart it is forgotten, and each time it comes back from
 * its storage. Its alarm wakes it when it said so.
 */
export class SleepingRegion {
  /** Who has one. */
  readonly sockets: string[] = [];
  readonly #store = aStore();
  readonly #endedAtMs = new Map<string, number>();
  #queue: Queue | null = null;
  #nowMs = 1_000_000;
  #lastEventMs = this.#nowMs;
  #alarmMs = Number.POSITIVE_INFINITY;
  #lastId = 0;

  get nowMs(): number {
    return this.#nowMs;
  }

  /** When a player's ticket ended; Infinity: it has not, as far as is stored. To ask the region would be an event. */
  endedAtMs(playerId: string): number {
    return this.#endedAtMs.get(playerId) ?? Number.POSITIVE_INFINITY;
  }

  /** Something happens now. */
  happen(act: (queue: Queue, nowMs: number) => void): void {
    const isForgotten = this.#nowMs - this.#lastEventMs >= FORGOTTEN_AFTER_MS;
    const queue = isForgotten || this.#queue === null ? this.#open() : this.#queue;
    this.#queue = queue;
    this.#lastEventMs = this.#nowMs;
    act(queue, this.#nowMs);
    const changes = queue.takeChanges();
    this.#store.write(changes);
    for (const { ticket } of changesOfType(changes, "ticket_ended")) {
      for (const { playerId } of ticket.players) this.#endedAtMs.set(playerId, this.#nowMs);
    }
    const nextMs = queue.nextWakeMs() ?? Number.POSITIVE_INFINITY;
    this.#alarmMs = Math.min(this.#alarmMs, Math.max(nextMs, this.#nowMs + 1));
  }

  /** Lets time pass, with nothing but the alarms that the region set. */
  pass(ms: number): void {
    const untilMs = this.#nowMs + ms;
    while (this.#alarmMs <= untilMs) {
      this.#nowMs = this.#alarmMs;
      this.#alarmMs = Number.POSITIVE_INFINITY;
      this.happen((queue, nowMs) => queue.tick(nowMs));
    }
    this.#nowMs = untilMs;
  }

  /** Ids of one life must not come again in the next. */
  #open(): Queue {
    this.#lastId += 1_000;
    const { sockets: connected } = this;
    return aQueue({
      modes: SLEEPY_MODES,
      state: this.#store.read(),
      nowMs: this.#nowMs,
      lastId: this.#lastId,
      connected,
    });
  }
}
