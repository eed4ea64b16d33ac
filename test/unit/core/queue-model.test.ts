import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import { playersPerMatch } from "../../../src/core/mode.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { aRegionRun } from "../builders/a-region-run.ts";
import { expectWhole } from "../builders/change-checker.ts";
import { EVENT_MODES, EVENT_PLAYERS, PLAIN_MODES } from "../builders/event-world.ts";
import { everyHistory } from "../builders/every-history.ts";
import { holdersIn, holdersOf } from "../builders/holders.ts";
import type { QueueEvent } from "../builders/queue-events.ts";
import { queueEvents } from "../builders/queue-events.ts";

function states(queue: Queue) {
  return EVENT_PLAYERS.map(({ playerId }) => queue.stateOf(playerId));
}

/** The part of a tick's changes that does not depend on arrival densities, which a restart may set back. */
function deadlinePart(changes: readonly Change[]): readonly Change[] {
  const end = changes.findIndex((change) => change.type === "ticket_ended");
  return end === -1 ? changes : changes.slice(0, end);
}

function isRefusal(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false;
}

describe("after any events", () => {
  it("every change follows from what was stored before it, and revisions only grow", () => {
    let matches = 0;
    everyHistory((run, event) => {
      matches += run.step(event).changes.filter((change) => change.type === "match_changed").length;
    });
    expect(matches).toBeGreaterThan(1_000);
  });

  it("a player is bound to at most one ticket or match, and the queue says which", () => {
    everyHistory((run, event) => {
      run.step(event);
      expect(holdersOf(run.queue)).toEqual(holdersIn(run.store));
    });
  });

  it("every ticket waits or ended in one way", () => {
    everyHistory((run, event) => {
      run.step(event);
      const waiting = [...run.checker.endings].filter(([, ending]) => ending === null).map(([ticketId]) => ticketId);
      expect([...run.store.tickets.keys()].sort()).toEqual(waiting.sort());
    });
  });

  it("a match has exactly its mode's teams and sizes", () => {
    everyHistory((run, event) => {
      run.step(event);
      for (const match of run.store.matches.values()) expectWhole(match);
    });
  });

  it("a refusal leaves no change", () => {
    everyHistory((run, event) => {
      const { answer, changes } = run.step(event);
      if (isRefusal(answer)) expect(changes).toEqual([]);
    });
  });

  it("the region wakes in time for every deadline and every pool that could match, and never spins", () => {
    everyHistory((run, event) => {
      run.step(event);
      const nextMs = run.queue.nextWakeMs() ?? Number.POSITIVE_INFINITY;
      if (event.type === "tick") expect(nextMs).toBeGreaterThan(run.nowMs);
      for (const match of run.store.matches.values()) {
        const hasDeadline = match.status === "pending" || match.status === "abandoned";
        if (hasDeadline) expect(nextMs).toBeLessThanOrEqual(match.deadlineMs);
      }
      for (const mode of EVENT_MODES.byName.values()) {
        if (run.queue.waitingPlayers(mode.name) < playersPerMatch(mode)) continue;
        expect(nextMs).toBeLessThanOrEqual(run.nowMs + mode.tickPeriodMs);
      }
    });
  });
});

describe("a region that wakes up from its storage after any events", () => {
  it("knows of every player what it knew before", () => {
    everyHistory((run, event) => {
      run.step(event);
      const woken = run.wake();
      expect(woken.takeChanges()).toEqual([]);
      expect(states(woken)).toEqual(states(run.queue));
      expect(woken.matches.highestRev).toBe(run.queue.matches.highestRev);
    });
  });

  it("answers and changes the same at the next event", () => {
    everyHistory((run, event) => {
      const imagined = run.imagineAfterWaking(event);
      const { answer, changes } = run.step(event);
      // A region that just woke gathers for a moment before its first tick, so only the deadlines can be compared.
      if (event.type === "tick") expect(deadlinePart(imagined.changes)).toEqual(deadlinePart(changes));
      else {
        expect(imagined.answer).toEqual(answer);
        expect(imagined.changes).toEqual(changes);
        expect(states(imagined.woken)).toEqual(states(run.queue));
      }
    });
  });

  it("makes the same matches at its next tick when nobody came after the last one that matched", () => {
    const arrivals = fc.array(
      fc.record({
        player: fc.nat({ max: EVENT_PLAYERS.length - 1 }),
        mode: fc.constantFrom(...PLAIN_MODES),
        afterMs: fc.nat({ max: 2_000 }),
      }),
      { minLength: 6, maxLength: 24 },
    );
    const tick = { type: "tick", afterMs: 0 } as const;
    let compared = 0;
    fc.assert(
      fc.property(arrivals, fc.integer({ min: 2_000, max: 400_000 }), (all, laterMs) => {
        const run = aRegionRun();
        for (const arrival of all) {
          run.nowMs += arrival.afterMs;
          run.step({ ...arrival, type: "enqueue", isSystem: false, release: false });
        }
        run.nowMs += 250;
        if (!run.step(tick).changes.some((change) => change.type === "learned_saved")) return;
        const woken = run.wake();
        run.nowMs += laterMs;
        woken.tick(run.nowMs);
        const changes = woken.takeChanges();
        if (changes.some((change) => change.type === "learned_saved")) compared += 1;
        expect(changes).toEqual(run.step(tick).changes);
      }),
      { numRuns: 1_000 },
    );
    expect(compared).toBeGreaterThan(10);
  });
});

describe("the same events", () => {
  it("give the same answers and changes, bit for bit", () => {
    const play = (events: readonly QueueEvent[]) => {
      const run = aRegionRun();
      const steps = events.map((event) => {
        run.nowMs += event.afterMs;
        return run.step(event);
      });
      return JSON.stringify(steps);
    };
    fc.assert(
      fc.property(queueEvents, (events) => {
        expect(play(events)).toBe(play(events));
      }),
      { numRuns: 1_000 },
    );
  });
});
