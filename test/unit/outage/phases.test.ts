import { expect, it } from "vitest";
import { figuresOf } from "../../outage/phases.ts";
import { TimedHistory } from "../../outage/timed-history.ts";

const MINUTE = { name: "outage", fromMs: 1_000, toMs: 61_000 } as const;

it("a phase counts what was begun in it, and a match once, however many of its players hear of it", () => {
  const history = new TimedHistory();
  history.matchesAtMs.push(999, 1_000, 60_999, 61_000);
  for (const atMs of [500, 2_000, 3_000]) history.enqueues.push({ atMs, tookMs: atMs / 10, isInLine: atMs !== 3_000 });
  history.failedAt.push({ atMs: 900, label: "early" }, { atMs: 5_000, label: "POST /x: 500" });
  expect(figuresOf(MINUTE, history)).toEqual({
    name: "outage",
    seconds: 60,
    matches: 2,
    matchesPerSecond: 2 / 60,
    enqueues: 2,
    enqueueP95Ms: 300,
    waitP95Ms: null,
    failedEnqueues: 1,
    failures: { "POST /x: 500": 1 },
  });
});

it("a match is told of when its first player hears, and each player's wait is their own", () => {
  const history = new TimedHistory();
  history.wishes("ann");
  history.tell("m", "ann");
  history.tell("m", "bob");
  history.tell("m", "ann");
  expect(history.matchesAtMs).toHaveLength(1);
  expect(history.waits).toHaveLength(1);
});
