import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import { LeaseRun, playerName } from "../builders/a-lease-run.ts";
import { changesOfType } from "../builders/a-queue.ts";
import type { LeaseEvent } from "../builders/lease-events.ts";
import { LEASE_PLAYERS, leaseEvents } from "../builders/lease-events.ts";

interface Step {
  readonly run: LeaseRun;
  readonly event: LeaseEvent;
  readonly changes: readonly Change[];
  /** Ids of the tickets that were in a ready check before it. */
  readonly askedBefore: ReadonlySet<string>;
}

/** Plays random histories. `before` sees each event's changes when the model has not heard of them yet, `after` when it has. */
function everyHistory({ before, after }: { before?: (step: Step) => void; after?: (step: Step) => void }): void {
  fc.assert(
    fc.property(leaseEvents, (events) => {
      const run = new LeaseRun();
      for (const event of events) {
        const askedBefore = askedTickets(run);
        const step = { run, event, changes: run.happen(event), askedBefore };
        before?.(step);
        run.model.take(step.changes, run.nowMs);
        after?.(step);
      }
    }),
    { numRuns: 1_000 },
  );
}

/** Ids of tickets whose players are in a ready check. */
function askedTickets(run: LeaseRun): Set<string> {
  const asked = Array.from({ length: LEASE_PLAYERS }, (_, player) => playerName(player)).flatMap((playerId) => {
    const state = run.queue.stateOf(playerId);
    return state.type === "queued" && run.isAsked(playerId) ? [state.ticket.ticketId] : [];
  });
  return new Set(asked);
}

function expiredIds(changes: readonly Change[]): string[] {
  return changesOfType(changes, "ticket_ended")
    .filter(({ ending }) => ending === "expired")
    .map(({ ticket }) => ticket.ticketId);
}

/** Tickets that this event took out of line, into a ready check or a match. */
function takenTickets(run: LeaseRun, changes: readonly Change[]): Ticket[] {
  const asked = changesOfType(changes, "proposal_changed").flatMap(({ event, proposal }) =>
    event === "proposed" || event === "repaired" ? proposal.seats.filter(({ round }) => round === proposal.round) : [],
  );
  const seated = asked.flatMap(({ ticketId }) => run.model.tickets.get(ticketId) ?? []);
  const matched = changesOfType(changes, "ticket_ended").filter(
    ({ ending, ticket }) => ending === "matched" && ticket.mode === "1v1",
  );
  return [...seated, ...matched.map(({ ticket }) => ticket)];
}

describe("after any signs of life, answers and restarts", () => {
  it("a ticket that is not asked expires if and only if a player was not heard of for its lease", () => {
    let count = 0;
    everyHistory({
      before: ({ run, event, changes, askedBefore }) => {
        const due = [...run.model.tickets.values()].filter(
          (ticket) => event.type === "tick" && run.model.runsOutMs(ticket) <= run.nowMs,
        );
        const expected = due.map(({ ticketId }) => ticketId).filter((ticketId) => !askedBefore.has(ticketId));
        expect(expiredIds(changes).sort()).toEqual(expected.sort());
        count += expected.length;
      },
    });
    expect(count).toBeGreaterThan(100);
  });

  it("nobody's ticket ends before they were silent for its lease, though not every sign of life is stored", () => {
    everyHistory({
      before: ({ run, changes }) => {
        for (const { ticket } of changesOfType(changes, "ticket_ended").filter(({ ending }) => ending === "expired")) {
          expect(run.model.isForsaken(ticket, run.nowMs)).toBe(true);
        }
      },
    });
  });

  it("what is stored is what the region knows, and waking up from it stores nothing more", () => {
    let count = 0;
    everyHistory({
      after: ({ run, event }) => {
        for (const ticket of run.model.tickets.values()) {
          const clocks = run.model.clocksOf(ticket);
          expect(run.storedClocks(ticket)).toEqual(clocks);
          expect(run.queue.leases.clocksOf(ticket)).toEqual(clocks);
          count += clocks.length;
        }
        if (event.type === "restart") expect(changesOfType(run.wake().takeChanges(), "lease_changed")).toEqual([]);
      },
    });
    expect(count).toBeGreaterThan(1_000);
  });

  it("no ticket ends twice", () => {
    everyHistory({
      after: ({ run }) => expect(new Set(run.model.endings).size).toBe(run.model.endings.length),
    });
  });

  it("nobody is matched or asked together with a player whose socket was lost", () => {
    let count = 0;
    everyHistory({
      before: ({ run, changes }) => {
        const taken = takenTickets(run, changes);
        for (const ticket of taken) expect(run.model.isPassedOver(ticket, run.nowMs)).toBe(false);
        count += taken.length;
      },
    });
    expect(count).toBeGreaterThan(100);
  });

  it("the region says how many are passed over", () => {
    let count = 0;
    everyHistory({
      after: ({ run, event }) => {
        // Only a tick notices that the grace of a ticket without a lease is over.
        if (event.type !== "tick") return;
        const asked = askedTickets(run);
        for (const mode of ["2v2", "1v1"]) {
          const players = [...run.model.tickets.values()]
            .filter((ticket) => ticket.mode === mode && !asked.has(ticket.ticketId))
            .filter((ticket) => run.model.isPassedOver(ticket, run.nowMs))
            .flatMap((ticket) => ticket.players);
          expect(run.queue.passedOverPlayers(mode)).toBe(players.length);
          count += players.length;
        }
      },
    });
    expect(count).toBeGreaterThan(100);
  });

  it("the next wake is never later than the next lease's end, and after a tick never now", () => {
    everyHistory({
      after: ({ run, event }) => {
        const nextMs = run.queue.nextWakeMs() ?? Number.POSITIVE_INFINITY;
        const asked = askedTickets(run);
        for (const ticket of run.model.tickets.values()) {
          if (!asked.has(ticket.ticketId)) expect(nextMs).toBeLessThanOrEqual(run.model.runsOutMs(ticket));
        }
        if (event.type === "tick") expect(nextMs).toBeGreaterThan(run.nowMs);
      },
    });
  });
});
