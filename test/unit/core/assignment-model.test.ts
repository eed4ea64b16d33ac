import { describe, expect, it } from "vitest";
import type { Awaiting } from "../../../src/core/assignment.ts";
import { awaitingOf } from "../../../src/core/assignment.ts";
import type { Change } from "../../../src/core/changes.ts";
import type { Match } from "../../../src/core/match.ts";
import { unreleasedPlayerIds } from "../../../src/core/match.ts";
import { changesOfType } from "../builders/a-queue.ts";
import type { RegionRun } from "../builders/a-region-run.ts";
import { everyHistory } from "../builders/every-history.ts";
import { assignmentEvents } from "../builders/queue-events.ts";

type Cancelled = Extract<Change, { readonly event: "cancelled" }>;

function awaitingIn(run: RegionRun): Map<string, { match: Match; awaiting: Awaiting }> {
  const awaiting = new Map<string, { match: Match; awaiting: Awaiting }>();
  for (const match of run.store.matches.values()) {
    const wait = awaitingOf(match);
    if (wait !== null) awaiting.set(match.matchId, { match, awaiting: wait });
  }
  return awaiting;
}

function cancelledIn(changes: readonly Change[]): Cancelled[] {
  return changesOfType(changes, "match_changed").filter((change) => change.event === "cancelled");
}

describe("matches that need a server, after any events", () => {
  it("have exactly one outcome, and until then wait", () => {
    const seen = new Map<string, number>();
    everyHistory((run, event) => {
      const before = new Set(awaitingIn(run).keys());
      const { changes } = run.step(event);
      const ended = new Set<string>();
      for (const change of changesOfType(changes, "match_changed")) {
        if (change.hasAwaited !== true) continue;
        expect(before).toContain(change.match.matchId);
        expect(ended).not.toContain(change.match.matchId);
        ended.add(change.match.matchId);
        seen.set(change.event, (seen.get(change.event) ?? 0) + 1);
      }
      const after = awaitingIn(run);
      for (const matchId of before) expect(after.has(matchId)).toBe(!ended.has(matchId));
    }, assignmentEvents);
    expect([...seen.keys()].sort()).toEqual(["assigned", "cancelled", "reported"]);
    for (const count of seen.values()) expect(count).toBeGreaterThan(20);
  });

  it("never wait past their deadline once time was looked at", () => {
    everyHistory((run, event) => {
      run.step(event);
      const nextMs = run.queue.nextWakeMs() ?? Number.POSITIVE_INFINITY;
      for (const { awaiting } of awaitingIn(run).values()) {
        if (event.type === "tick") expect(awaiting.deadlineMs).toBeGreaterThan(run.nowMs);
        expect(nextMs).toBeLessThanOrEqual(awaiting.deadlineMs);
      }
    }, assignmentEvents);
  });

  it("send whoever is told so back into line, in one ticket with the old place and what the match cost it", () => {
    let returned = 0;
    let left = 0;
    everyHistory((run, event) => {
      const before = awaitingIn(run);
      const { changes } = run.step(event);
      const added = changesOfType(changes, "ticket_added").map(({ ticket }) => ticket);
      for (const { match, playerIds, backInLine } of cancelledIn(changes)) {
        const awaiting = before.get(match.matchId)?.awaiting;
        expect(playerIds).toEqual(unreleasedPlayerIds(match));
        expect(new Set(backInLine).size).toBe(backInLine.length);
        for (const playerId of playerIds) {
          const tickets = added.filter(({ players }) => players.some((player) => player.playerId === playerId));
          expect(tickets).toHaveLength(backInLine.includes(playerId) ? 1 : 0);
          if (backInLine.includes(playerId)) returned += 1;
          else left += 1;
          for (const ticket of tickets) {
            const old = awaiting?.tickets.find(({ players }) => players.some((player) => player.playerId === playerId));
            expect(ticket.ticketId).not.toBe(old?.ticketId);
            expect(ticket.players).toEqual(old?.players);
            expect(ticket.enqueuedAtMs).toBe(old?.enqueuedAtMs);
            expect(ticket.priorityMs).toBe((old?.priorityMs ?? 0) + run.nowMs - match.createdAtMs);
          }
        }
      }
    }, assignmentEvents);
    expect(returned).toBeGreaterThan(100);
    expect(left).toBeGreaterThan(5);
  });
});
