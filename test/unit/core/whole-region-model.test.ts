import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { awaitingOf } from "../../../src/core/assignment.ts";
import type { Change } from "../../../src/core/changes.ts";
import { playersPerMatch } from "../../../src/core/mode.ts";
import type { RegionRun } from "../builders/a-region-run.ts";
import { aRegionRun } from "../builders/a-region-run.ts";
import { expectWhole } from "../builders/change-checker.ts";
import { EVENT_MODES, EVENT_PLAYERS } from "../builders/event-world.ts";
import { everyHistory } from "../builders/every-history.ts";
import { holdersIn, holdersOf } from "../builders/holders.ts";
import type { QueueEvent } from "../builders/queue-events.ts";
import { wholeRegionEvents } from "../builders/whole-region-events.ts";

const HISTORIES = 300;

function everyWholeHistory(check: (run: RegionRun, event: QueueEvent) => void): void {
  everyHistory(check, wholeRegionEvents, HISTORIES);
}

/** What a change is about, in two words. */
function nameOf(change: Change): string {
  switch (change.type) {
    case "ticket_ended":
    case "backfill_ended":
      return `${change.type} ${change.ending}`;
    case "proposal_changed":
    case "match_changed":
      return `${change.type} ${change.event}`;
    case "proposal_ended":
      return `${change.type} ${change.outcome}`;
    default:
      return change.type;
  }
}

/** What must happen in enough of the histories for them to say anything. */
const OFTEN = [
  "ticket_ended matched",
  "ticket_ended cancelled",
  "ticket_ended declined",
  "ticket_ended lapsed",
  "ticket_ended expired",
  "proposal_changed repairing",
  "proposal_changed repaired",
  "proposal_changed extended",
  "proposal_ended confirmed",
  "proposal_ended dissolved",
  "cool_down_started",
  "match_changed released",
  "match_changed filled",
  "match_changed assigned",
  "match_changed cancelled",
  "match_changed reported",
  "match_changed abandoned",
  "backfill_ended match_over",
  "party_changed",
];

describe("a region where ready checks, leases, servers, backfills, parties and restarts meet", () => {
  it("every change follows from what was stored before it", () => {
    const seen: Record<string, number> = {};
    everyWholeHistory((run, event) => {
      for (const change of run.step(event).changes) {
        const name = nameOf(change);
        seen[name] = (seen[name] ?? 0) + 1;
      }
    });
    for (const name of OFTEN) expect([name, seen[name] ?? 0]).toEqual([name, expect.toSatisfy((count) => count > 3)]);
  });

  it("a player is bound to at most one ticket or match, every ticket waits or ended in one way, every match is whole", () => {
    everyWholeHistory((run, event) => {
      run.step(event);
      expect(holdersOf(run.queue)).toEqual(holdersIn(run.store));
      const open = [...run.checker.endings].filter(([, ending]) => ending === null).map(([ticketId]) => ticketId);
      expect([...run.store.tickets.keys()].sort()).toEqual(open.sort());
      for (const match of run.store.matches.values()) expectWhole(match);
    });
  });

  it("a refusal leaves no change, except that the call was a sign of life", () => {
    everyWholeHistory((run, event) => {
      const { answer, changes } = run.step(event);
      if (typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false)
        expect(changes.filter(({ type }) => type !== "lease_changed")).toEqual([]);
    });
  });

  it("who waits and who is asked adds up, and the queue can say of everybody why they wait", () => {
    everyWholeHistory((run, event) => {
      run.step(event);
      const seated = new Set(
        [...run.store.proposals.values()].flatMap(({ seats }) => seats.map(({ ticketId }) => ticketId)),
      );
      for (const { name } of EVENT_MODES.byName.values()) {
        const inLine = [...run.store.tickets.values()].filter(
          ({ mode, ticketId }) => mode === name && !seated.has(ticketId),
        );
        const players = inLine.flatMap((ticket) => ticket.players).length;
        expect(run.queue.waitingTickets(name)).toBe(inLine.length);
        expect(run.queue.waitingPlayers(name)).toBe(players);
        expect(run.queue.passedOverPlayers(name)).toBeGreaterThanOrEqual(0);
        expect(run.queue.passedOverPlayers(name)).toBeLessThanOrEqual(players);
      }
      if (event.type !== "tick") return;
      for (const ticketId of run.store.tickets.keys()) {
        expect(run.queue.explain(ticketId, run.nowMs)?.needed).toBeGreaterThanOrEqual(0);
      }
    });
  });

  it("the region wakes in time for every deadline and every pool that could match, and never spins", () => {
    everyWholeHistory((run, event) => {
      run.step(event);
      const nextMs = run.queue.nextWakeMs() ?? Number.POSITIVE_INFINITY;
      if (event.type === "tick") expect(nextMs).toBeGreaterThan(run.nowMs);
      for (const match of run.store.matches.values()) {
        if (!["pending", "abandoned", "cancelled"].includes(match.status)) continue;
        expect(nextMs).toBeLessThanOrEqual(awaitingOf(match)?.deadlineMs ?? match.deadlineMs);
      }
      for (const { repairUntilMs } of run.store.proposals.values()) {
        expect(nextMs).toBeLessThanOrEqual(repairUntilMs ?? Number.POSITIVE_INFINITY);
      }
      for (const mode of EVENT_MODES.byName.values()) {
        const matchable = run.queue.waitingPlayers(mode.name) - run.queue.passedOverPlayers(mode.name);
        const isSought = matchable > 0 && run.queue.backfills.isSeeking(mode.name);
        if (matchable < playersPerMatch(mode) && !isSought) continue;
        expect(nextMs).toBeLessThanOrEqual(run.nowMs + mode.tickPeriodMs);
      }
    });
  });
});

describe("a region that is left alone after any events", () => {
  it("comes to rest: nobody is asked or plays, and whoever lost their socket is gone, whatever it was in the middle of", () => {
    fc.assert(
      fc.property(wholeRegionEvents, (events) => {
        const run = aRegionRun();
        for (const event of events) {
          run.nowMs += event.afterMs;
          run.step(event);
        }
        for (const player of EVENT_PLAYERS.keys()) run.step({ type: "disconnect", player, afterMs: 0 });
        restUntilQuiet(run, run.nowMs + 10 * 60_000);
        expect(run.queue.openReadyChecks).toBe(0);
        expect([...run.store.proposals.keys()]).toEqual([]);
        expect([...run.store.backfills.keys()]).toEqual([]);
        // Without a server the same tickets come back and are matched again, for as long as they have no lease.
        const pending = [...run.store.matches.values()].filter(({ status }) => status === "pending");
        expect(pending.filter((match) => awaitingOf(match) === null)).toEqual([]);
        expect([...run.store.tickets.values()].filter(({ lease }) => lease?.kind === "socket")).toEqual([]);
      }),
      { numRuns: HISTORIES },
    );
  });
});

/** Ticks whenever the region asks for it, until it sleeps or that time; every wake must lie ahead. */
function restUntilQuiet(run: RegionRun, untilMs: number): void {
  for (;;) {
    const nextMs = run.queue.nextWakeMs();
    if (nextMs === null || nextMs > untilMs) return;
    run.nowMs = Math.max(run.nowMs, nextMs);
    run.step({ type: "tick", afterMs: 0 });
    expect(run.queue.nextWakeMs() ?? Number.POSITIVE_INFINITY).toBeGreaterThan(run.nowMs);
  }
}

describe("the same events, of all kinds", () => {
  it("give the same answers and changes, bit for bit", () => {
    const play = (events: readonly QueueEvent[]) => {
      const run = aRegionRun();
      return JSON.stringify(
        events.map((event) => {
          run.nowMs += event.afterMs;
          return run.step(event);
        }),
      );
    };
    fc.assert(
      fc.property(wholeRegionEvents, (events) => {
        expect(play(events)).toBe(play(events));
      }),
      { numRuns: HISTORIES / 2 },
    );
  });
});
