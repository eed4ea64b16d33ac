import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { aRegionRun } from "../builders/a-region-run.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";
import { EVENT_MODES, EVENT_PLAYERS } from "../builders/event-world.ts";
import { historiesWithPrompts } from "../builders/histories-with-prompts.ts";
import { holdersIn, holdersOf } from "../builders/holders.ts";

describe("a region that a deploy closes after any events", () => {
  it("ends every ticket, party, ready check and backfill once, tells all of them, and keeps its matches", () => {
    const seen = { tickets: 0, asked: 0, parties: 0, matches: 0 };
    fc.assert(
      fc.property(historiesWithPrompts, fc.constantFrom(0, 1_000, 30_000), (events, laterMs) => {
        const run = aRegionRun();
        for (const event of events) {
          run.nowMs += event.afterMs;
          run.step(event);
        }
        const { store } = run;
        const before = store.read();
        const nowMs = run.nowMs + laterMs;
        const queue = aQueue({ modes: EVENT_MODES, state: before, nowMs, lastId: 90_000, isClosed: true });
        const changes = queue.takeChanges();
        store.write(changes);

        expect(endedTickets(changes)).toEqual(before.tickets.map(({ ticketId }) => `${ticketId} region_closed`));
        for (const { ticket, matchId } of changesOfType(changes, "ticket_ended")) {
          const proposal = before.proposals.find(({ seats }) =>
            seats.some((seat) => seat.ticketId === ticket.ticketId),
          );
          expect(matchId).toBe(proposal?.matchId);
        }
        const parties = changesOfType(changes, "party_ended");
        expect(parties.map(({ party }) => party.code).sort()).toEqual(before.parties.map(({ code }) => code));
        expect(store.read()).toMatchObject({ tickets: [], parties: [], proposals: [], backfills: [] });
        expect(store.read().matches).toEqual(before.matches);
        expect(holdersOf(queue)).toEqual(holdersIn(store));

        seen.tickets += before.tickets.length;
        seen.asked += before.proposals.length;
        seen.parties += before.parties.length;
        seen.matches += before.matches.length;
      }),
      // One set of histories, so that what they bring about can be counted.
      { numRuns: 300, seed: 5 },
    );
    for (const count of Object.values(seen)) expect(count).toBeGreaterThan(20);
  });

  it("takes nobody in any more, and has nobody in line however long its matches go on", () => {
    fc.assert(
      fc.property(historiesWithPrompts, (events) => {
        const run = aRegionRun();
        for (const event of events) {
          run.nowMs += event.afterMs;
          run.step(event);
        }
        let { nowMs } = run;
        const untilMs = nowMs + 10 * 60_000;
        const queue = aQueue({ modes: EVENT_MODES, state: run.store.read(), nowMs, lastId: 90_000, isClosed: true });
        run.store.write(queue.takeChanges());
        for (;;) {
          expect(queue.playerCount).toBe(0);
          const nextMs = queue.nextWakeMs();
          if (nextMs === null || nextMs > untilMs) break;
          nowMs = Math.max(nowMs, nextMs);
          queue.tick(nowMs);
          run.store.write(queue.takeChanges());
          expect(holdersOf(queue)).toEqual(holdersIn(run.store));
        }
        for (const player of EVENT_PLAYERS) {
          const { playerId } = player;
          if (queue.stateOf(playerId).type !== "free" || queue.coolDownOf(playerId, nowMs) !== null) continue;
          const request = anEnqueueRequest(playerId, { player, mode: EVENT_MODES.defaultMode });
          expect(queue.enqueue(request, nowMs)).toEqual({ ok: false, refusal: { reason: "region_closed" } });
          expect(queue.parties.create({ playerId }, nowMs)).toEqual({
            ok: false,
            refusal: { reason: "region_closed" },
          });
        }
        expect(queue.takeChanges()).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

function endedTickets(changes: readonly Change[]): string[] {
  return changesOfType(changes, "ticket_ended").map(({ ticket, ending }) => `${ticket.ticketId} ${ending}`);
}
