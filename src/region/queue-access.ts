import type { Queue } from "../core/queue.ts";
import type { Log } from "../log.ts";

/** What the parts of a region get at its queue by. */
export interface QueueAccess {
  readonly region: string;
  readonly log: Log;
  readonly now: () => number;
  /** The queue as it is now, for reading. */
  readonly queue: () => Queue;
  /** Lets something happen to the queue and makes it durable. */
  readonly event: <Outcome>(act: (queue: Queue, nowMs: number) => Outcome) => Outcome;
}
