import { describe, expect, it } from "vitest";
import { memberIds } from "../../../src/core/party.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import type { RegionRun } from "../builders/a-region-run.ts";
import { EVENT_PLAYERS } from "../builders/event-world.ts";
import { everyHistory } from "../builders/every-history.ts";
import { idOf } from "../builders/party-events.ts";
import type { QueueEvent } from "../builders/queue-events.ts";
import { partyEvents } from "../builders/queue-events.ts";

function everyPartyHistory(check: (run: RegionRun, event: QueueEvent) => void): void {
  everyHistory(check, partyEvents);
}

function partiesOf(queue: Queue, nowMs: number) {
  return EVENT_PLAYERS.map(({ playerId }) => queue.parties.of(playerId, nowMs) ?? null);
}

function playerIds(ticket: Ticket): string[] {
  return ticket.players.map(({ playerId }) => playerId);
}

describe("after any events", () => {
  it("a player is in at most one party, and the queue knows which", () => {
    let together = 0;
    everyPartyHistory((run, event) => {
      run.step(event);
      const members = [...run.store.parties.values()].flatMap(memberIds);
      expect(new Set(members).size).toBe(members.length);
      for (const party of run.store.parties.values()) {
        const isLive = run.nowMs < party.expiresAtMs;
        for (const playerId of memberIds(party)) {
          expect(run.queue.parties.of(playerId, run.nowMs)).toEqual(isLive ? party : undefined);
        }
        if (party.members.length > 1) together += 1;
      }
    });
    expect(together).toBeGreaterThan(1_000);
  });

  it("a party's ticket holds its members as long as the party lives, led by the one who leads", () => {
    let waiting = 0;
    everyPartyHistory((run, event) => {
      run.step(event);
      for (const ticket of run.store.tickets.values()) {
        if (ticket.party === undefined) continue;
        const party = run.queue.parties.find(ticket.party.code, run.nowMs);
        if (party === undefined) continue;
        expect(playerIds(ticket)).toEqual(memberIds(party));
        expect(ticket.party.leaderId).toBe(memberIds(party)[0]);
        if (party.members.length > 1) waiting += 1;
      }
    });
    expect(waiting).toBeGreaterThan(30);
  });

  it("a party that is gone leaves no ticket of its own behind, unless it expired", () => {
    everyPartyHistory((run, event) => {
      const { changes } = run.step(event);
      for (const change of changes) {
        const isLoosened = change.type === "party_ended" && change.ending === "disbanded";
        if (!isLoosened && !(change.type === "party_changed" && change.event === "left")) continue;
        for (const ticket of run.store.tickets.values()) expect(ticket.party?.code).not.toBe(change.party.code);
      }
    });
  });

  it("any member's cancel ends the one ticket for everybody on it and says who did it", () => {
    let cancelled = 0;
    everyPartyHistory((run, event) => {
      const state = event.type === "cancel" ? run.queue.stateOf(idOf(event.player)) : { type: "free" as const };
      const { changes } = run.step(event);
      if (state.type !== "queued") return;
      const by = event.type === "cancel" ? idOf(event.player) : null;
      expect(changes).toEqual([{ type: "ticket_ended", ticket: state.ticket, ending: "cancelled", by }]);
      for (const playerId of playerIds(state.ticket)) expect(run.queue.stateOf(playerId)).toEqual({ type: "free" });
      if (state.ticket.players.length > 1) cancelled += 1;
    });
    expect(cancelled).toBeGreaterThan(20);
  });

  it("players are queued together only if all of them are free, or exactly they wait already; else nothing changes", () => {
    let refused = 0;
    everyPartyHistory((run, event) => {
      if (event.type !== "enqueue_list") return void run.step(event);
      const ids = event.players.map(idOf);
      const before = ids.map((playerId) => run.queue.stateOf(playerId));
      const busy = ids.filter((_, index) => before[index]?.type !== "free");
      const [first] = before;
      const isSameGroup =
        first?.type === "queued" && playerIds(first.ticket).toSorted().join() === ids.toSorted().join();
      const { answer, changes } = run.step(event);
      if (busy.length === 0) return;
      expect(changes).toEqual([]);
      expect(ids.map((playerId) => run.queue.stateOf(playerId))).toEqual(before);
      if (isSameGroup) return;
      expect(answer).toMatchObject({ ok: false, refusal: { reason: "party_member_busy", playerIds: busy } });
      refused += 1;
    });
    expect(refused).toBeGreaterThan(100);
  });

  it("somebody who is in a party with others waits with them, or as the system wants it", () => {
    everyPartyHistory((run, event) => {
      const { changes } = run.step(event);
      if (event.type === "enqueue_list") return;
      for (const change of changes) {
        if (change.type !== "ticket_added") continue;
        const { party: origin, priorityMs } = change.ticket;
        // What the system put together comes back so, if its match gets no server.
        if (origin === undefined && priorityMs !== undefined) continue;
        for (const playerId of playerIds(change.ticket)) {
          const party = run.queue.parties.of(playerId, run.nowMs);
          if (party !== undefined) expect(playerIds(change.ticket)).toEqual(memberIds(party));
        }
      }
    });
  });

  it("a region that wakes up knows the same parties", () => {
    everyPartyHistory((run, event) => {
      run.step(event);
      expect(partiesOf(run.wake(), run.nowMs)).toEqual(partiesOf(run.queue, run.nowMs));
    });
  });

  it("a refusal leaves no change, and whatever happens fits what was stored before", () => {
    everyPartyHistory((run, event) => {
      const { answer, changes } = run.step(event);
      const isRefusal = typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false;
      if (isRefusal) expect(changes).toEqual([]);
    });
  });

  it("a region that woke up answers and changes the same at the next event", () => {
    everyPartyHistory((run, event) => {
      const imagined = run.imagineAfterWaking(event);
      const { answer, changes } = run.step(event);
      // A region that just woke gathers for a moment before its first tick; the other model test looks at ticks.
      if (event.type === "tick") return;
      expect(imagined.answer).toEqual(answer);
      expect(imagined.changes).toEqual(changes);
    });
  });
});
