import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Proposal, Seat } from "../../../src/core/proposal.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { ReadyCheckView } from "../../../src/core/ready-check-calls.ts";
import type { RegionRun } from "../builders/a-region-run.ts";
import { aRegionRun } from "../builders/a-region-run.ts";
import type { Store } from "../builders/a-store.ts";
import { ASKING_MODES, EVENT_MODES, EVENT_PLAYERS } from "../builders/event-world.ts";
import { everyHistory } from "../builders/every-history.ts";
import type { QueueEvent } from "../builders/queue-events.ts";
import { askingEvents } from "../builders/queue-events.ts";

/** Fewer than elsewhere: they are longer. */
const HISTORIES = 400;

function everyAskingHistory(check: (run: RegionRun, event: QueueEvent) => void): void {
  everyHistory(check, askingEvents, HISTORIES);
}

function playersOn({ ticketId }: Seat, store: Store): string[] {
  return (store.tickets.get(ticketId)?.players ?? []).map(({ playerId }) => playerId);
}

function rulesOf({ mode }: Proposal) {
  const rules = EVENT_MODES.byName.get(mode)?.readyCheck;
  if (!rules) throw new Error(`${mode} has no ready check`);
  return rules;
}

/** When time alone changes a stored proposal. */
function deadlineOf({ seats, repairUntilMs }: Proposal, store: Store): number {
  const open = seats.filter((seat) => playersOn(seat, store).some((playerId) => !seat.accepted.includes(playerId)));
  return Math.min(repairUntilMs ?? Number.POSITIVE_INFINITY, ...open.map(({ deadlineMs }) => deadlineMs));
}

/** What a player is asked, according to the tables alone. */
function storedView(playerId: string, store: Store, nowMs: number): ReadyCheckView | null {
  for (const proposal of store.proposals.values()) {
    const seat = proposal.seats.find((one) => playersOn(one, store).includes(playerId));
    if (seat === undefined) continue;
    const { coolDownsS } = rulesOf(proposal);
    const coolDown = store.coolDowns.get(playerId);
    const offences = coolDown === undefined || nowMs >= coolDown.forgivenAtMs ? 0 : coolDown.offences;
    return {
      matchId: proposal.matchId,
      mode: proposal.mode,
      round: seat.round,
      deadlineMs: seat.deadlineMs,
      coolDownS: coolDownsS[Math.min(offences, coolDownsS.length - 1)] ?? 0,
      hasAccepted: seat.accepted.includes(playerId),
      repairUntilMs: proposal.repairUntilMs,
    };
  }
  return null;
}

function viewsOf(queue: Queue, nowMs: number) {
  return EVENT_PLAYERS.map(({ playerId }) => queue.readyCheckOf(playerId, nowMs));
}

function isRefusal(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false;
}

describe("after any events in modes with a ready check", () => {
  it("every change follows from what was stored before it and from what players answered", () => {
    const seen: Record<string, number> = {};
    everyAskingHistory((run, event) => {
      for (const change of run.step(event).changes) {
        const name =
          change.type === "proposal_changed"
            ? change.event
            : change.type === "proposal_ended"
              ? change.outcome
              : change.type;
        seen[name] = (seen[name] ?? 0) + 1;
      }
    });
    const often = [
      "proposed",
      "answered",
      "repairing",
      "repaired",
      "extended",
      "confirmed",
      "dissolved",
      "cool_down_started",
    ];

    for (const name of often) expect([name, seen[name] ?? 0]).toEqual([name, expect.toSatisfy((count) => count > 30)]);
  });

  it("every ticket waits, is asked, or ended in one way", () => {
    everyAskingHistory((run, event) => {
      run.step(event);
      const open = [...run.checker.endings].filter(([, ending]) => ending === null).map(([ticketId]) => ticketId);
      expect([...run.store.tickets.keys()].sort()).toEqual(open.sort());
      const seated = [...run.store.proposals.values()].flatMap(({ seats }) => seats.map(({ ticketId }) => ticketId));
      expect(new Set(seated).size).toBe(seated.length);
      for (const mode of ASKING_MODES) {
        const inLine = [...run.store.tickets.values()].filter(
          (ticket) => ticket.mode === mode && !seated.includes(ticket.ticketId),
        );
        expect(run.queue.waitingTickets(mode)).toBe(inLine.length);
        expect(run.queue.waitingPlayers(mode)).toBe(inLine.flatMap(({ players }) => players).length);
      }
    });
  });

  it("what the queue says of a ready check is what is stored, and who is in it shows to nobody", () => {
    everyAskingHistory((run, event) => {
      run.step(event);
      const stored = EVENT_PLAYERS.map(({ playerId }) => storedView(playerId, run.store, run.nowMs));
      expect(viewsOf(run.queue, run.nowMs)).toEqual(stored);
      expect(run.queue.openReadyChecks).toBe(run.store.proposals.size);
      for (const { matchId, mode } of run.store.proposals.values()) {
        expect(run.queue.matches.find(matchId)).toBeUndefined();
        const shown = run.queue.publicMatch(matchId);
        expect(shown).toMatchObject({ status: "proposed", mode });
        expect(shown?.teams.map(({ players }) => players)).toEqual([[], []]);
      }
    });
  });

  it("a refusal leaves no change, and an acknowledgement none that is written", () => {
    everyAskingHistory((run, event) => {
      const { answer, changes } = run.step(event);
      if (isRefusal(answer) || (event.type === "answer" && event.kind === "ack")) expect(changes).toEqual([]);
    });
  });

  it("no ready check outlives its deadline, and the region wakes for each, and for an empty place that could be filled", () => {
    everyAskingHistory((run, event) => {
      run.step(event);
      const nextMs = run.queue.nextWakeMs() ?? Number.POSITIVE_INFINITY;
      if (event.type === "tick") expect(nextMs).toBeGreaterThan(run.nowMs);
      for (const proposal of run.store.proposals.values()) {
        const deadlineMs = deadlineOf(proposal, run.store);
        expect(nextMs).toBeLessThanOrEqual(deadlineMs);
        if (event.type === "tick") expect(deadlineMs).toBeGreaterThan(run.nowMs);
        const mode = EVENT_MODES.byName.get(proposal.mode);
        const isSought = proposal.repairUntilMs !== null && run.queue.waitingTickets(proposal.mode) > 0;
        if (isSought) expect(nextMs).toBeLessThanOrEqual(run.latestMs + (mode?.tickPeriodMs ?? 0));
      }
    });
  });

  it("nobody is put out of the queue for longer than they were told, nor let into it before", () => {
    everyAskingHistory((run, event) => {
      const { answer } = run.step(event);
      if (event.type !== "enqueue" || !ASKING_MODES.includes(event.mode)) return;
      const { playerId = "" } = EVENT_PLAYERS[event.player] ?? {};
      const untilMs = run.store.coolDowns.get(playerId)?.untilMs ?? 0;
      if (untilMs > run.nowMs) expect(run.queue.stateOf(playerId).type).not.toBe("queued");
      else expect(answer).not.toMatchObject({ refusal: { reason: "cooling_down", playerIds: [playerId] } });
    });
  });
});

describe("a region that wakes up from its storage in the middle of ready checks", () => {
  it("knows of every player what it knew, and gives time only to those who were not there and had none before", () => {
    const connected = fc.uniqueArray(fc.nat({ max: EVENT_PLAYERS.length - 1 }));
    fc.assert(
      fc.property(askingEvents, connected, (events, there) => {
        const run = aRegionRun();
        for (const event of events) {
          run.nowMs += event.afterMs;
          run.step(event);
        }
        const woken = run.wake(there);
        const changes = woken.takeChanges().filter(({ type }) => type !== "cool_down_forgotten");
        const extended = changes.flatMap((change) => (change.type === "proposal_changed" ? [change.proposal] : []));
        const ended = changes.flatMap((change) => (change.type === "proposal_ended" ? [change.proposal] : []));
        for (const { repairUntilMs } of ended) expect(repairUntilMs).toBeLessThanOrEqual(run.nowMs);
        const isThere = (playerId: string) => there.some((index) => EVENT_PLAYERS[index]?.playerId === playerId);
        EVENT_PLAYERS.forEach(({ playerId }) => {
          const before = run.queue.readyCheckOf(playerId, run.nowMs);
          const after = woken.readyCheckOf(playerId, run.nowMs);
          if (ended.some(({ matchId }) => matchId === before?.matchId)) {
            expect(after).toBeNull();
            return;
          }
          const isExtended = extended.some(
            ({ matchId, seats }) =>
              matchId === before?.matchId &&
              seats.some((seat) => seat.isExtended === true && playersOn(seat, run.store).includes(playerId)),
          );
          if (!isExtended || before === null) expect(after).toEqual(before);
          else expect({ ...after, deadlineMs: 0 }).toEqual({ ...before, deadlineMs: 0 });
        });
        for (const proposal of run.store.proposals.values()) {
          if (ended.some(({ matchId }) => matchId === proposal.matchId)) continue;
          const after = extended.find(({ matchId }) => matchId === proposal.matchId) ?? proposal;
          proposal.seats.forEach((seat, index) => {
            const missing = playersOn(seat, run.store).filter((playerId) => !seat.accepted.includes(playerId));
            const isDue = missing.some((playerId) => !isThere(playerId)) && seat.isExtended !== true;
            const isStill = after.seats[index];
            const soonestMs = isDue
              ? Math.max(seat.deadlineMs, run.nowMs + rulesOf(proposal).acceptS * 1_000)
              : seat.deadlineMs;
            // Nobody is missed for an ack any more; what is not written anew still says so.
            const { ackDue, ...known } = seat;
            const waitedFor = after === proposal && ackDue !== undefined ? { ackDue } : {};
            const extension = isDue ? { isExtended: true } : {};
            expect(isStill).toEqual({ ...known, ...waitedFor, deadlineMs: soonestMs, ...extension });
          });
        }
        expect(EVENT_PLAYERS.map(({ playerId }) => woken.stateOf(playerId).type)).toEqual(
          EVENT_PLAYERS.map(({ playerId }) => run.queue.stateOf(playerId).type),
        );
      }),
      { numRuns: HISTORIES },
    );
  });
});

describe("the same events in modes with a ready check", () => {
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
      fc.property(askingEvents, (events) => {
        expect(play(events)).toBe(play(events));
      }),
      { numRuns: HISTORIES / 2 },
    );
  });
});
