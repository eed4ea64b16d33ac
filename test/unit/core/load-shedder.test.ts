import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { LoadLimits } from "../../../src/core/load-shedder.ts";
import { LoadShedder } from "../../../src/core/load-shedder.ts";

const RULES: LoadLimits = {
  lateMs: 2_000,
  lateTicks: 3,
  uneasyMs: 500,
  calmForMs: 10_000,
  fullPlayers: 100,
  roomyPlayers: 90,
};

function aShedderAfter(latenessMs: readonly number[]): LoadShedder {
  const shedder = new LoadShedder(RULES);
  latenessMs.forEach((lateMs, index) => {
    shedder.ticked(lateMs, 1_000_000 + index * 1_000);
  });
  return shedder;
}

describe("ticks that run late", () => {
  it("shut the region when several in a row do, and not before", () => {
    expect(aShedderAfter([2_000, 2_000]).isShedding(0, 1_002_000)).toBe(false);
    expect(aShedderAfter([2_000, 1_999, 2_000]).isShedding(0, 1_002_000)).toBe(false);
    expect(aShedderAfter([2_000, 2_000, 2_000]).isShedding(0, 1_002_000)).toBe(true);
  });

  it("do not shut it by a single one, however late: the object may have been away", () => {
    expect(aShedderAfter([3_600_000, 0, 0]).isShedding(0, 1_002_000)).toBe(false);
  });

  it("keep it shut while they are uneasy, and open it after a while of calm", () => {
    const shedder = aShedderAfter([2_000, 2_000, 2_000]);
    shedder.ticked(500, 1_008_000);
    expect(shedder.isShedding(0, 1_017_999)).toBe(true);
    expect(shedder.isShedding(0, 1_018_000)).toBe(false);
    expect(shedder.isShedding(0, 1_018_001)).toBe(false);
  });

  it("leave it open again although nothing ticks any more", () => {
    expect(aShedderAfter([2_000, 2_000, 2_000]).isShedding(0, 1_012_000)).toBe(false);
  });

  it("do not keep it shut for as long as a clock was set back", () => {
    const shedder = aShedderAfter([2_000, 2_000, 2_000]);
    expect(shedder.isShedding(0, 500_000)).toBe(true);
    expect(shedder.isShedding(0, 510_000)).toBe(false);
  });
});

describe("too many in line", () => {
  it("shut the region at the limit, and open it only clearly below", () => {
    const shedder = new LoadShedder(RULES);
    expect(shedder.isShedding(99, 0)).toBe(false);
    expect(shedder.isShedding(100, 0)).toBe(true);
    expect(shedder.isShedding(90, 0)).toBe(true);
    expect(shedder.isShedding(89, 0)).toBe(false);
    expect(shedder.isShedding(99, 0)).toBe(false);
  });
});

/** A history of a region: some time passes, a tick runs so late, so many wait. */
const anyHistory = fc.array(
  fc.record({
    passedMs: fc.integer({ min: 1, max: 12_000 }),
    latenessMs: fc.option(fc.constantFrom(0, 499, 500, 1_999, 2_000, 60_000)),
    waiting: fc.constantFrom(0, 89, 90, 99, 100, 200),
  }),
  { maxLength: 60 },
);

/** What was seen at each step of a history. */
function runOf(history: typeof anyHistory extends fc.Arbitrary<infer History> ? History : never) {
  const shedder = new LoadShedder(RULES);
  let nowMs = 1_000_000;
  return history.map(({ passedMs, latenessMs, waiting }) => {
    nowMs += passedMs;
    if (latenessMs !== null) shedder.ticked(latenessMs, nowMs);
    return { nowMs, latenessMs, waiting, isShedding: shedder.isShedding(waiting, nowMs) };
  });
}

describe("whatever happens", () => {
  it("it shuts only when it has become full or the last ticks were all late", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const run = runOf(history);
        run.forEach(({ isShedding, waiting }, index) => {
          if (!isShedding || run[index - 1]?.isShedding === true || waiting >= RULES.fullPlayers) return;
          const ticks = run.slice(0, index + 1).flatMap(({ latenessMs }) => latenessMs ?? []);
          const last = ticks.slice(-RULES.lateTicks);
          expect(last).toHaveLength(RULES.lateTicks);
          expect(Math.min(...last)).toBeGreaterThanOrEqual(RULES.lateMs);
        });
      }),
    );
  });

  it("it is open whenever there is room and no tick was uneasy for a while", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const run = runOf(history);
        for (const { nowMs, waiting, isShedding } of run) {
          const lately = run.filter((one) => one.nowMs <= nowMs && one.nowMs > nowMs - RULES.calmForMs);
          const isCalm = lately.every(({ latenessMs }) => (latenessMs ?? 0) < RULES.uneasyMs);
          if (isCalm && waiting < RULES.roomyPlayers) expect(isShedding).toBe(false);
        }
      }),
    );
  });

  it("it is shut whenever it is full", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        for (const { waiting, isShedding } of runOf(history)) {
          if (waiting >= RULES.fullPlayers) expect(isShedding).toBe(true);
        }
      }),
    );
  });

  it("it does not flap: between two closings lies a whole calm, or the line has shrunk by all that room", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const run = runOf(history);
        run.forEach((step, index) => {
          if (!step.isShedding || run[index - 1]?.isShedding !== false) return;
          const opened = run.slice(0, index).findLastIndex((one, at) => !one.isShedding && run[at - 1]?.isShedding);
          if (opened === -1) return;
          // What shut it before had to end altogether before it opened.
          const shut = run.slice(0, opened).findLastIndex((one, at) => one.isShedding && !run[at - 1]?.isShedding);
          const calmMs = (run[opened]?.nowMs ?? 0) - (run[shut]?.nowMs ?? 0);
          const shrank = run[opened]?.waiting ?? 0;
          expect(calmMs >= RULES.calmForMs || shrank < RULES.roomyPlayers).toBe(true);
        });
      }),
    );
  });

  it("it cannot be shut by ticks more often than once in a whole calm, however late they run", () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const run = runOf(history.map((step) => ({ ...step, waiting: 0 })));
        const closings = run.filter(({ isShedding }, index) => isShedding && run[index - 1]?.isShedding !== true);
        closings.forEach(({ nowMs }, index) => {
          const before = closings[index - 1];
          if (before !== undefined) expect(nowMs - before.nowMs).toBeGreaterThanOrEqual(RULES.calmForMs);
        });
      }),
    );
  });
});
