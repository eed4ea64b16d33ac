import fc from "fast-check";
import type { RegionRun } from "./a-region-run.ts";
import { aRegionRun } from "./a-region-run.ts";
import type { QueueEvent } from "./queue-events.ts";
import { queueEvents } from "./queue-events.ts";

/** Plays random histories; `check` sees the run before every event, and plays the event itself. */
export function everyHistory(
  check: (run: RegionRun, event: QueueEvent) => void,
  histories: fc.Arbitrary<QueueEvent[]> = queueEvents,
  count = 1_000,
): void {
  fc.assert(
    fc.property(histories, (events) => {
      const run = aRegionRun();
      for (const event of events) {
        run.nowMs += event.afterMs;
        check(run, event);
      }
    }),
    { numRuns: count },
  );
}
