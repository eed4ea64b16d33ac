import { describe, expect, it } from "vitest";
import { openTicketsBy, unratedResultsBy } from "../../../../src/core/ledger/books.ts";
import type { RegionRun } from "../../builders/a-region-run.ts";
import { everyHistory } from "../../builders/every-history.ts";
import { assignmentEvents, queueEvents } from "../../builders/queue-events.ts";
import { wholeRegionEvents } from "../../builders/whole-region-events.ts";

function unratedIn({ store }: RegionRun): number {
  return [...store.matches.values()].filter(({ status }) => status === "reporting" || status === "rating_failed")
    .length;
}

describe("the ledger of a region, in every history", () => {
  it.each([
    ["of all kinds", wholeRegionEvents, 300],
    ["of matches above all", queueEvents, 300],
    ["of matches that need a server", assignmentEvents, 200],
  ])(
    "%s balances after every event: nothing is found wrong, and the books add up to what storage holds",
    (_, events, count) => {
      let reported = 0;
      let ended = 0;
      everyHistory(
        (run, event) => {
          run.step(event);
          expect(run.queue.takeViolations()).toEqual([]);
          const { books } = run.queue.ledger;
          expect(openTicketsBy(books)).toBe(run.store.tickets.size);
          expect(unratedResultsBy(books)).toBe(unratedIn(run));
          reported += books.reported;
          ended += Object.keys(books.ended).length;
        },
        events,
        count,
      );
      expect(reported).toBeGreaterThan(0);
      expect(ended).toBeGreaterThan(0);
    },
  );

  it("goes on where it was saved: a restart right after a save loses nothing of the totals", () => {
    let restarts = 0;
    everyHistory(
      (run, event) => {
        const { changes } = run.step(event);
        if (changes.at(-1)?.type !== "learned_saved") return;
        expect(run.wake().ledger.books).toEqual(run.queue.ledger.books);
        restarts += 1;
      },
      wholeRegionEvents,
      100,
    );
    expect(restarts).toBeGreaterThan(20);
  });
});
