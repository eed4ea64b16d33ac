import { Counter, Gauge, Histogram } from "prom-client";
import type { Change } from "../../src/core/changes.ts";
import { Queue } from "../../src/core/queue.ts";
import { Log } from "../../src/log.ts";
import { currentLife } from "./platform/life.ts";

const { takeChanges } = Queue.prototype;

/**
 * Looks over the production code's shoulder: what a region's queue says has changed is what the next write makes durable,
 * and what goes wrong is seen as the error that it is, before it becomes a line of text. What is counted nobody reads, see
 * `platform/collect-delta.ts`, so it is not counted.
 *
 * @param complained called when the production code logs an error
 */
export function watchProduction(complained: (event: string, error: unknown) => void): void {
  Queue.prototype.takeChanges = function (this: Queue): Change[] {
    const changes = takeChanges.call(this);
    const life = currentLife();
    if (life !== undefined) {
      life.queue = this;
      life.taken = changes;
    }
    return changes;
  };
  Log.prototype.error = complained;
  Counter.prototype.inc = () => {};
  Gauge.prototype.set = () => {};
  Histogram.prototype.observe = () => {};
}
