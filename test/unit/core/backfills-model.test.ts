import { describe, expect, it } from "vitest";
import type { Change } from "../../../src/core/changes.ts";
import { matchPlayers, unreleasedPlayerIds } from "../../../src/core/match.ts";
import type { RegionRun } from "../builders/a-region-run.ts";
import { expectWhole } from "../builders/change-checker.ts";
import { everyHistory } from "../builders/every-history.ts";
import type { QueueEvent } from "../builders/queue-events.ts";
import { backfillEvents } from "../builders/queue-events.ts";

function filledBy(changes: readonly Change[]) {
  return changes.flatMap((change) => (change.type === "match_changed" && change.event === "filled" ? [change] : []));
}

/** Histories in which a match is running from the beginning. */
function everyRunning(check: (run: RegionRun, event: QueueEvent) => void): void {
  everyHistory(check, backfillEvents, 400);
}

describe("after any events, of running matches that ask for players", () => {
  it("every change follows from what was stored before it, and each backfill ends in one way", () => {
    const endings = new Map<string, number>();
    let joined = 0;
    everyRunning((run, event) => {
      const { changes } = run.step(event);
      joined += filledBy(changes).length;
      for (const change of changes) {
        if (change.type === "backfill_ended") endings.set(change.ending, (endings.get(change.ending) ?? 0) + 1);
      }
      const open = [...run.checker.backfills.endings].filter(([, ending]) => ending === null).map(([id]) => id);
      expect([...run.store.backfills.values()].map(({ ticketId }) => ticketId).sort()).toEqual(open.sort());
    });
    expect(joined).toBeGreaterThan(100);
    for (const ending of ["filled", "cancelled", "match_over"]) expect(endings.get(ending)).toBeGreaterThan(20);
  });

  it("no team ever has more than its size, and no party is split between teams or matches", () => {
    let parties = 0;
    everyRunning((run, event) => {
      const { changes } = run.step(event);
      for (const match of run.store.matches.values()) expectWhole(match);
      for (const { match, joinedIds } of filledBy(changes)) {
        const came = matchPlayers(match).filter(({ playerId }) => joinedIds.includes(playerId));
        for (const { ticketId } of came) {
          const whole = changes.flatMap((change) =>
            change.type === "ticket_ended" && change.ticket.ticketId === ticketId ? change.ticket.players : [],
          );
          if (whole.length > 1) parties += 1;
          const teams = match.teams.filter(({ players }) => players.some((player) => player.ticketId === ticketId));
          expect(teams).toHaveLength(1);
          expect(teams[0]?.players.filter((player) => player.ticketId === ticketId)).toHaveLength(whole.length);
        }
      }
    });
    expect(parties).toBeGreaterThan(10);
  });

  it("nobody is in two matches, or in one and in line", () => {
    everyRunning((run, event) => {
      run.step(event);
      const held = [
        ...[...run.store.tickets.values()].flatMap(({ players }) => players.map(({ playerId }) => playerId)),
        ...[...run.store.matches.values()].filter(({ status }) => status === "pending").flatMap(unreleasedPlayerIds),
      ];
      expect(held).toHaveLength(new Set(held).size);
    });
  });

  it("a cancel's receipt is true: nobody comes after it, and it is refused only when nothing was asked for", () => {
    let cancelled = 0;
    everyRunning((run, event) => {
      const before = new Map(run.store.backfills);
      const { answer, changes } = run.step(event);
      if (event.type !== "cancel_backfill") {
        // Only a match that asked when the event came, or asks in it, gets anybody.
        for (const { match } of filledBy(changes)) expect(before.has(match.matchId)).toBe(true);
        return;
      }
      const matchId = run.matchIds.at(-1 - event.match) ?? "";
      const backfill = before.get(matchId);
      expect(answer).toEqual(
        backfill === undefined ? { ok: false, refusal: { reason: "not_queued" } } : { ok: true, value: backfill },
      );
      expect(run.queue.backfills.standingOf(matchId)?.backfill ?? null).toBeNull();
      if (backfill !== undefined) cancelled += 1;
    });
    expect(cancelled).toBeGreaterThan(30);
  });

  it("a region that wakes up from its storage knows what is asked for", () => {
    everyRunning((run, event) => {
      run.step(event);
      const woken = run.wake();
      expect(woken.takeChanges()).toEqual([]);
      for (const matchId of run.matchIds) {
        expect(woken.backfills.standingOf(matchId)).toEqual(run.queue.backfills.standingOf(matchId));
      }
    });
  });

  it("the region wakes for every ticket that the hard rules would let in", () => {
    let waiting = 0;
    everyRunning((run, event) => {
      run.step(event);
      for (const mode of ["2v2", "1v1", "trio"]) {
        if (!run.queue.backfills.isSeeking(mode)) continue;
        waiting += 1;
        expect(run.queue.nextWakeMs() ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(run.nowMs + 1_000);
      }
    });
    expect(waiting).toBeGreaterThan(30);
  });
});
