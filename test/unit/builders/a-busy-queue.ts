import { createRandom } from "../../../simulation/random.ts";
import type { Change } from "../../../src/core/changes.ts";
import type { ModeTable } from "../../../src/core/mode.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { EMPTY_QUEUE_STATE } from "../../../src/core/queue-state.ts";
import { aPlayer } from "./a-player.ts";
import { aQueue } from "./a-queue.ts";
import type { Store } from "./a-store.ts";
import { aStore } from "./a-store.ts";
import { anEnqueueRequest } from "./an-enqueue-request.ts";

export interface Traffic {
  readonly playersPerS: number;
  readonly durationS: number;
  readonly seed: number;
}

export interface BusyQueue {
  readonly queue: Queue;
  readonly store: Store;
  /** With the time at which each was recorded. */
  readonly changes: readonly (Change & { readonly atMs: number })[];
}

/**
 * The default mode's queue through a time of steady traffic: players come as a Poisson process, ratings N(25, 8²), one
 * tick a second. The same traffic gives the same changes.
 */
export function aBusyQueue(modes: ModeTable, { playersPerS, durationS, seed }: Traffic): BusyQueue {
  const random = createRandom(seed);
  const queue = aQueue({ modes, state: EMPTY_QUEUE_STATE });
  const store = aStore();
  const changes: (Change & { readonly atMs: number })[] = [];
  const mode = modes.defaultMode;
  let arrivesAtMs = 0;
  let players = 0;
  for (let nowMs = 1_000; nowMs <= durationS * 1_000; nowMs += 1_000) {
    while (arrivesAtMs <= nowMs) {
      players += 1;
      const player = aPlayer(`p${players}`, random.normal(25, 8), 1.5);
      queue.enqueue(anEnqueueRequest(player.playerId, { player, mode }), arrivesAtMs);
      arrivesAtMs += Math.ceil((-Math.log(1 - random.between(0, 1)) / playersPerS) * 1_000);
    }
    queue.tick(nowMs);
    const recorded = queue.takeChanges();
    store.write(recorded);
    changes.push(...recorded.map((change) => ({ ...change, atMs: nowMs })));
  }
  return { queue, store, changes };
}
