import type { Change } from "../../../src/core/changes.ts";
import { Queue } from "../../../src/core/queue.ts";
import { LOCATIONS } from "./a-queue.ts";
import type { Store } from "./a-store.ts";
import { aStore } from "./a-store.ts";
import { ChangeChecker } from "./change-checker.ts";
import { EVENT_MODES } from "./event-world.ts";
import { idOf } from "./party-events.ts";
import type { QueueEvent } from "./queue-events.ts";
import { happen } from "./queue-events.ts";
import { answersOf } from "./ready-check-events.ts";

export interface Step {
  readonly answer: unknown;
  readonly changes: readonly Change[];
}

/** A region through its days: a queue, and the store that its changes are written to after each event. */
export class RegionRun {
  readonly store: Store = aStore();
  readonly checker = new ChangeChecker(this.store);
  readonly matchIds: string[] = [];
  readonly proposedIds: string[] = [];
  readonly partyCodes: string[] = [];
  nowMs = 1_000_000;
  /** The latest time of an event: the clock may have been set back since. */
  latestMs = this.nowMs;
  /** Players who have an open socket. */
  readonly sockets = new Set<string>();
  queue: Queue;
  #ids = { last: 0 };

  constructor() {
    this.queue = this.#open(this.#ids, this.sockets);
  }

  /** Passes the time until an event and lets it happen. */
  step(event: QueueEvent): Step {
    this.latestMs = Math.max(this.latestMs, this.nowMs);
    if (event.type === "connect") this.sockets.add(idOf(event.player));
    if (event.type === "disconnect") this.sockets.delete(idOf(event.player));
    if (event.type === "restart") {
      this.sockets.clear();
      for (const player of event.connected ?? []) this.sockets.add(idOf(player));
      this.queue = this.#open(this.#ids, this.sockets);
      this.checker.restarted();
    }
    const answer = happen(this.queue, event, this, this.nowMs);
    const changes = this.queue.takeChanges();
    this.checker.hear(answersOf(answer));
    this.checker.take(changes, this.nowMs);
    for (const change of changes) {
      if (change.type === "proposal_changed" && change.event === "proposed") {
        this.proposedIds.push(change.proposal.matchId);
      }
      if (change.type === "match_changed" && change.event === "formed") this.matchIds.push(change.match.matchId);
      if (change.type === "party_changed" && change.event === "created") this.partyCodes.push(change.party.code);
    }
    return { answer, changes };
  }

  /**
   * What the same event would do to a region that woke up from the store just now; the run itself goes on untouched.
   */
  imagineAfterWaking(event: QueueEvent): Step & { readonly woken: Queue } {
    const woken = this.#open({ ...this.#ids }, new Set());
    const answer = happen(woken, event, this, this.nowMs);
    return { answer, changes: woken.takeChanges(), woken };
  }

  /** @param connected who has a socket then */
  wake(connected: readonly number[] = []): Queue {
    return this.#open({ ...this.#ids }, new Set(connected.map(idOf)));
  }

  #open(ids: { last: number }, sockets: ReadonlySet<string>): Queue {
    const newId = () => {
      ids.last += 1;
      return `id-${String(ids.last).padStart(6, "0")}`;
    };
    const settings = { region: "EUW", modes: EVENT_MODES, locations: LOCATIONS, newId, newSecret: newId };
    return new Queue(settings, this.store.read(), this.nowMs, (playerId) => sockets.has(playerId));
  }
}

export function aRegionRun(): RegionRun {
  return new RegionRun();
}
