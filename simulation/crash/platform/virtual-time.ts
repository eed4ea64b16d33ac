/** Something that will happen. */
export interface Timer {
  readonly dueMs: number;
  readonly order: number;
  readonly act: () => void;
  isCancelled: boolean;
}

/**
 * The simulation's clock and all that is going to happen, soonest first; of the same millisecond in the order in which
 * it was asked for. A binary heap: a run has millions of timers.
 */
export class VirtualTime {
  nowMs: number;
  readonly #heap: Timer[] = [];
  #order = 0;

  /** @param startMs the first time there is; ULIDs need one of this century */
  constructor(startMs: number) {
    this.nowMs = startMs;
  }

  /** @param delayMs from now; below 0 counts as 0 */
  after(delayMs: number, act: () => void): Timer {
    const dueMs = this.nowMs + Math.max(0, Math.ceil(delayMs));
    const timer = { dueMs, order: this.#order++, act, isCancelled: false };
    this.#push(timer);
    return timer;
  }

  /** The next one that is due by `untilMs`, with the clock moved to it; null, with the clock at `untilMs`: none. */
  takeNext(untilMs: number): Timer | null {
    for (let next = this.#heap[0]; next !== undefined && next.dueMs <= untilMs; next = this.#heap[0]) {
      this.#pop();
      if (next.isCancelled) continue;
      this.nowMs = Math.max(this.nowMs, next.dueMs);
      return next;
    }
    this.nowMs = Math.max(this.nowMs, untilMs);
    return null;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let index = heap.push(timer) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent];
      if (above === undefined || !comesBefore(timer, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = timer;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let child = 2 * index + 1;
      let below = heap[child];
      const right = heap[child + 1];
      if (below === undefined) break;
      if (right !== undefined && comesBefore(right, below)) {
        child += 1;
        below = right;
      }
      if (!comesBefore(below, last)) break;
      heap[index] = below;
      index = child;
    }
    heap[index] = last;
  }
}

function comesBefore(one: Timer, other: Timer): boolean {
  return one.dueMs < other.dueMs || (one.dueMs === other.dueMs && one.order < other.order);
}
