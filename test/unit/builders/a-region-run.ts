import type { Change } from "../../../src/core/changes.ts";
import { Queue } from "../../../src/core/queue.ts";
import { LOCATIONS } from "./a-queue.ts";
import type { Store } from "./a-store.ts";
import { aStore } from "./a-store.ts";
import { ChangeChecker } from "./change-checker.ts";
import { EVENT_MODES } from "./event-world.ts";
import type { QueueEvent } from "./queue-events.ts";
import { happen } from "./queue-events.ts";

export interface Step {
  readonly answer: unknown;
  readonly changes: readonly Change[];
}

/** A region through its days: a queue, and the store that its changes are written to after each event. */
export class RegionRun {
  readonly store: Store = aStore();
  readonly checker = new ChangeChecker(this.store);
  readonly matchIds: string[] = [];
  readonly partyCodes: string[] = [];
  nowMs = 1_000_000;
  queue: Queue;
  #ids = { last: 0 };

  constructor() {
    this.queue = this.#open(this.#ids);
  }

  /** Passes the time until an event and lets it happen. */
  step(event: QueueEvent): Step {
    if (event.type === "restart") this.queue = this.#open(this.#ids);
    const answer = happen(this.queue, event, this, this.nowMs);
    const changes = this.queue.takeChanges();
    this.checker.take(changes);
    for (const change of changes) {
      if (change.type === "match_changed" && change.event === "formed") this.matchIds.push(change.match.matchId);
      if (change.type === "party_changed" && change.event === "created") this.partyCodes.push(change.party.code);
    }
    return { answer, changes };
  }

  /**
   * What the same event would do to a region that woke up from the store just now; the run itself goes on untouched.
   */
  imagineAfterWaking(event: QueueEvent): Step & { readonly woken: Queue } {
    const woken = this.#open({ ...this.#ids });
    const answer = happen(woken, event, this, this.nowMs);
    return { answer, changes: woken.takeChanges(), woken };
  }

  wake(): Queue {
    return this.#open({ ...this.#ids });
  }

  #open(ids: { last: number }): Queue {
    const newId = () => {
      ids.last += 1;
      return `id-${String(ids.last).padStart(6, "0")}`;
    };
    const settings = { region: "EUW", modes: EVENT_MODES, locations: LOCATIONS, newId, newSecret: newId };
    return new Queue(settings, this.store.read(), this.nowMs);
  }
}

export function aRegionRun(): RegionRun {
  return new RegionRun();
}
