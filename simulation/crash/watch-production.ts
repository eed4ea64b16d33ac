import type { Change } from "../../src/core/changes.ts";
import { Outbox } from "../../src/core/outbox.ts";
import { Queue } from "../../src/core/queue.ts";
import { currentLife } from "./platform/life.ts";

const { takeChanges } = Queue.prototype;
const { sent } = Outbox.prototype;

/**
 * Looks over the production code's shoulder: what a region's queue says has changed is what the next write makes durable.
 *
 * @param isSentOnce a planted bug: results are never sent again
 */
export function watchProduction(isSentOnce: boolean): void {
  Queue.prototype.takeChanges = function (this: Queue): Change[] {
    const changes = takeChanges.call(this);
    const life = currentLife();
    if (life !== undefined) {
      life.queue = this;
      life.taken = changes;
    }
    return changes;
  };
  Outbox.prototype.sent = function (this: Outbox, matchId: string, nowMs: number): number {
    return sent.call(this, matchId, isSentOnce ? Number.MAX_SAFE_INTEGER : nowMs);
  };
}
