import { describe, expect, it } from "vitest";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import { aBusyQueue } from "../builders/a-busy-queue.ts";
import { aMode, aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { aSolo } from "../builders/a-ticket.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

/** A thousand people who play or queue, a quarter of an hour from one search to the next. */
const THOUSAND_PER_S = 1_000 / 900;

function busy2v2(overrides: Partial<ModeDefinition>, durationS: number, playersPerS = THOUSAND_PER_S) {
  return aBusyQueue(aModeTable(aModeDefinition(overrides)), { playersPerS, durationS, seed: 5 });
}

/** How the matched tickets' estimates fared once the mode had shown how long it takes. */
function shareInside({ changes }: ReturnType<typeof aBusyQueue>): number {
  const outcomes = changesOfType(changes, "ticket_ended").flatMap(({ estimate }) => estimate ?? []);
  expect(outcomes.length).toBeGreaterThan(1_400);
  return outcomes.filter((outcome) => outcome === "inside").length / outcomes.length;
}

describe("the estimated wait", () => {
  it.each([
    { name: "2v2 of a thousand", definition: {}, playersPerS: THOUSAND_PER_S, durationS: 2_400 },
    { name: "2v2 of a hundred", definition: {}, playersPerS: THOUSAND_PER_S / 10, durationS: 15_000 },
    { name: "fast 1v1", definition: { teamSize: 1, feel: "fast" }, playersPerS: THOUSAND_PER_S, durationS: 2_400 },
    { name: "2v2 with a target", definition: { targetWaitS: 15 }, playersPerS: THOUSAND_PER_S, durationS: 2_400 },
  ] as const)("holds four times of five in $name", ({ definition, playersPerS, durationS }) => {
    const share = shareInside(busy2v2(definition, durationS, playersPerS));
    expect(share).toBeGreaterThan(0.75);
    expect(share).toBeLessThan(0.85);
  });

  it("of a waiting ticket never lies in its past", () => {
    const { queue, store } = busy2v2({}, 600);
    const nowMs = 600_000;
    for (const ticket of store.tickets.values()) {
      const interval = queue.estimatedWait(ticket.ticketId, nowMs);
      expect(interval?.lowS).toBeGreaterThanOrEqual((nowMs - ticket.enqueuedAtMs) / 1_000);
    }
    expect(store.tickets.size).toBeGreaterThan(0);
  });

  it("is unknown in a cold region, and for a ticket that does not wait", () => {
    const ann = aSolo("ann", 25);
    expect(aQueue({ state: { tickets: [ann] } }).estimatedWait(ann.ticketId, 1_000)).toBeNull();
    expect(busy2v2({}, 600).queue.estimatedWait("nobody's", 600_000)).toBeNull();
  });

  it("of a region that wakes up is what it was", () => {
    const { queue, store } = busy2v2({}, 600);
    const [ticket = aSolo("nobody", 25)] = store.tickets.values();
    const woken = aQueue({ state: JSON.parse(JSON.stringify(store.read())), nowMs: 600_000 });
    expect(queue.estimatedWait(ticket.ticketId, 600_000)).not.toBeNull();
    expect(woken.estimatedWait(ticket.ticketId, 600_000)).toEqual(queue.estimatedWait(ticket.ticketId, 600_000));
  });
});

describe("a mode with a target wait", () => {
  /** Mean wait of the players matched in the last half of the time. */
  function settledWaitS({ changes }: ReturnType<typeof aBusyQueue>, durationS: number): number {
    const late = changesOfType(changes, "ticket_ended").flatMap(({ ticket, ending, ...change }) => {
      const atMs = "atMs" in change && typeof change.atMs === "number" ? change.atMs : 0;
      return ending === "matched" && atMs > durationS * 500 ? [(atMs - ticket.enqueuedAtMs) / 1_000] : [];
    });
    return late.reduce((sum, waitS) => sum + waitS, 0) / late.length;
  }

  it.each([4, 15])("comes to a mean wait of %d s", (targetWaitS) => {
    const run = busy2v2({ targetWaitS }, 3_600);
    expect(settledWaitS(run, 3_600)).toBeGreaterThan(0.93 * targetWaitS);
    expect(settledWaitS(run, 3_600)).toBeLessThan(1.07 * targetWaitS);
  });

  it("does not look for looser matches while there is no game server for those it makes", () => {
    const mode = aMode({ teamSize: 1, targetWaitS: 5, assignWithinS: 30 });
    const queue = aQueue({ modes: aModeTable(aModeDefinition({ teamSize: 1, targetWaitS: 5, assignWithinS: 30 })) });
    for (const playerId of ["ann", "bob"]) queue.enqueue(anEnqueueRequest(playerId, { mode }), 0);
    let cancelled = 0;
    for (let nowMs = 250; nowMs < 900_000; nowMs = queue.nextWakeMs() ?? nowMs) {
      queue.tick(nowMs);
      const changes = changesOfType(queue.takeChanges(), "match_changed");
      cancelled += changes.filter(({ event }) => event === "cancelled").length;
    }
    expect(cancelled).toBeGreaterThan(20);
    expect(queue.pointsPerSecond(mode)).toBeLessThan(mode.pointsPerSecond);
  });

  it("keeps its knob through a restart", () => {
    const definition = aModeDefinition({ targetWaitS: 15 });
    const modes = aModeTable(definition);
    const { queue, store } = busy2v2({ targetWaitS: 15 }, 1_200);
    const knob = queue.pointsPerSecond(modes.defaultMode);
    expect(knob).toBeLessThan(0.25);
    const woken = aQueue({ modes, state: JSON.parse(JSON.stringify(store.read())), nowMs: 1_200_000 });
    expect(woken.pointsPerSecond(modes.defaultMode)).toBe(knob);
  });

  it("saves a knob that moved although no match was made", () => {
    const modes = aModeTable(
      aModeDefinition({ targetWaitS: 5, maxRatingGap: 1, overdue: { leastS: 600, mostS: 600 } }),
    );
    const tickets = [5, 15, 25, 35].map((mu) => aSolo(`p${mu}`, mu));
    const queue = aQueue({ modes, state: { tickets } });
    queue.tick(59_000);
    expect(queue.takeChanges()).toEqual([]);
    queue.tick(60_000);
    const [saved] = changesOfType(queue.takeChanges(), "learned_saved");
    expect(saved?.learned.knobs["2v2"]?.pointsPerSecond).toBe(1);
    expect(queue.pointsPerSecond(modes.defaultMode)).toBe(1);
  });
});

it("a mode without a target keeps the knob it has", () => {
  const modes = aModeTable(aModeDefinition());
  expect(busy2v2({}, 600).queue.pointsPerSecond(modes.defaultMode)).toBe(0.5);
});

it("a ticket that is cancelled is told nothing came of its estimate", () => {
  const { queue, store } = busy2v2({}, 600);
  const [ticket = aSolo("nobody", 25)] = store.tickets.values();
  queue.cancel(ticket.players[0]?.playerId ?? "", 0);
  const [ended] = queue.takeChanges();
  expect(ended).toMatchObject({ type: "ticket_ended", ticket, ending: "cancelled" });
  expect(ended).not.toHaveProperty("estimate");
});
