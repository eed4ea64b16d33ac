import { describe, expect, it } from "vitest";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import type { OpenReadyCheck } from "../builders/a-ready-check.ts";
import {
  acceptAll,
  anOpenReadyCheck,
  askedAt,
  askedNow,
  askingModes,
  queueUp,
  settle,
} from "../builders/a-ready-check.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

function decline({ queue, matchId }: OpenReadyCheck, playerId: string, nowMs: number): void {
  const round = queue.readyCheckOf(playerId, nowMs)?.round ?? 0;
  const outcome = queue.decline({ playerId, matchId, round }, nowMs);
  if (!outcome.ok) throw new Error(outcome.refusal.reason);
}

/** Dan declines at 3 s; the others have accepted. */
function aBrokenReadyCheck(overrides: Partial<ModeDefinition> = {}): OpenReadyCheck {
  const check = anOpenReadyCheck(overrides);
  acceptAll(check, ["ann", "bob", "cay"], 2_000);
  decline(check, "dan", 3_000);
  settle(check);
  return check;
}

describe("repair", () => {
  it("goes on while others have not answered: they may still accept, and then hear that a place is empty", () => {
    const check = anOpenReadyCheck();
    acceptAll(check, ["ann"], 2_000);
    decline(check, "dan", 3_000);
    settle(check);
    acceptAll(check, ["bob"], 4_000);
    expect(changesOfType(settle(check), "proposal_changed")).toMatchObject([
      { event: "answered", prompts: [], playerIds: ["bob"], proposal: { repairUntilMs: 13_000 } },
    ]);
    expect(check.queue.readyCheckOf("bob", 4_000)).toMatchObject({ hasAccepted: true, repairUntilMs: 13_000 });
  });

  it("does not make a match of the rest when all of them have accepted", () => {
    const check = anOpenReadyCheck();
    decline(check, "dan", 3_000);
    acceptAll(check, ["ann", "bob", "cay"], 4_000);
    expect(changesOfType(settle(check), "match_changed")).toEqual([]);
    expect(check.queue.openReadyChecks).toBe(1);
  });

  it("asks somebody again and again, each time in a new round and for the whole time to answer", () => {
    const check = aBrokenReadyCheck();
    const { queue, modes } = check;
    queueUp(queue, modes, ["eve"], 3_000);
    queue.tick(4_000);
    expect(queue.readyCheckOf("eve", 4_000)).toMatchObject({ round: 2, deadlineMs: 16_000, repairUntilMs: null });
    expect(queue.readyCheckOf("ann", 4_000)).toMatchObject({ round: 1, deadlineMs: 13_000, hasAccepted: true });
    decline(check, "eve", 5_000);
    queueUp(queue, modes, ["fay"], 5_000);
    settle(check);
    queue.tick(7_000);
    expect(askedNow(queue)).toEqual([["fay", 3]]);
    acceptAll(check, ["fay"], 8_000);
    expect(["ann", "bob", "cay", "fay"].map((playerId) => queue.stateOf(playerId).type)).toEqual(
      new Array(4).fill("matched"),
    );
    expect(queue.stateOf("eve").type).toBe("free");
  });

  it("fills places that fell empty at different times at once", () => {
    const check = aBrokenReadyCheck();
    const { queue, modes } = check;
    decline(check, "cay", 4_000);
    queueUp(queue, modes, ["eve"], 4_000);
    settle(check);
    queue.tick(6_000);
    expect(askedNow(queue)).toEqual([]);
    queueUp(queue, modes, ["fay"], 6_000);
    settle(check);
    queue.tick(8_000);
    expect(askedNow(queue).sort()).toEqual([
      ["eve", 2],
      ["fay", 2],
    ]);
  });

  it("starts its time anew with each place that falls empty, but not when it was over", () => {
    const check = aBrokenReadyCheck();
    expect(check.queue.readyCheckOf("ann", 3_000)).toMatchObject({ repairUntilMs: 13_000 });
    decline(check, "cay", 9_000);
    expect(check.queue.readyCheckOf("ann", 9_000)).toMatchObject({ repairUntilMs: 19_000 });
    const over = anOpenReadyCheck();
    acceptAll(over, ["ann", "bob"], 2_000);
    decline(over, "dan", 3_000);
    settle(over);
    // Cay's time to answer and the time to find somebody for Dan are over in the same instant.
    over.queue.tick(13_000);
    expect(changesOfType(settle(over), "proposal_ended")).toMatchObject([
      { outcome: "dissolved", playerIds: ["ann", "bob"] },
    ]);
  });

  it("goes on with exactly half of the players, and is given up with fewer", () => {
    const check = anOpenReadyCheck();
    for (const playerId of ["cay", "dan"]) decline(check, playerId, 2_000);
    expect(changesOfType(settle(check), "proposal_ended")).toEqual([]);
    decline(check, "bob", 2_500);
    expect(changesOfType(settle(check), "proposal_ended")).toMatchObject([
      { outcome: "dissolved", playerIds: ["ann"] },
    ]);
  });

  it("takes all at once who did not answer, and holds the others", () => {
    const check = anOpenReadyCheck();
    acceptAll(check, ["ann", "bob"], 2_000);
    settle(check);
    check.queue.tick(13_000);
    const changes = settle(check);
    expect(changesOfType(changes, "ticket_ended").map(({ ending }) => ending)).toEqual(["lapsed", "lapsed"]);
    expect(changesOfType(changes, "proposal_changed")).toMatchObject([
      { event: "repairing", playerIds: ["ann", "bob"], proposal: { repairUntilMs: 23_000 } },
    ]);
  });

  it("is never tried in a mode that gives it no time: all return at once", () => {
    const check = anOpenReadyCheck({ readyCheck: { repairS: 0 } });
    queueUp(check.queue, check.modes, ["eve"], 1_500);
    decline(check, "dan", 3_000);
    expect(changesOfType(settle(check), "proposal_ended")).toMatchObject([
      { outcome: "dissolved", playerIds: ["ann", "bob", "cay"] },
    ]);
  });

  it("is given up after six rounds: those who are held have waited enough", () => {
    const check = aBrokenReadyCheck();
    const { queue, modes } = check;
    let nowMs = 3_000;
    for (let round = 2; round <= 6; round += 1) {
      queueUp(queue, modes, [`p${round}`], nowMs);
      settle(check);
      nowMs += 2_000;
      queue.tick(nowMs);
      expect(askedNow(queue)).toEqual([[`p${round}`, round]]);
      decline(check, `p${round}`, nowMs);
    }
    expect(changesOfType(queue.takeChanges(), "proposal_ended")).toMatchObject([
      { outcome: "dissolved", playerIds: ["ann", "bob", "cay"] },
    ]);
  });

  it("puts everybody on the fairest teams anew", () => {
    const modes = askingModes({ overdue: { naturalWaits: 1_000, leastS: 0, mostS: 1 } });
    const queue = aQueue({ modes });
    const come = (playerId: string, mu: number, nowMs: number) =>
      queue.enqueue(anEnqueueRequest(playerId, { mode: modes.defaultMode, player: aPlayer(playerId, mu, 1) }), nowMs);
    for (const [playerId, mu] of [
      ["ann", 30],
      ["bob", 25],
      ["cay", 25],
      ["dan", 30],
    ] as const)
      come(playerId, mu, 0);
    const check = askedAt(queue, modes, 1_000);
    const teamsNow = () => {
      const [proposal] = check.store.proposals.values();
      return [0, 1].map((team) =>
        proposal?.seats
          .filter((seat) => seat.team === team)
          .map(({ ticketId }) => check.store.tickets.get(ticketId)?.players[0]?.playerId)
          .sort(),
      );
    };
    expect(teamsNow()).toEqual(expect.not.arrayContaining([["ann", "dan"]]));
    acceptAll(check, ["ann", "bob", "cay"], 2_000);
    const partner = teamsNow()
      .find((team) => team?.includes("ann"))
      ?.find((name) => name !== "ann");
    decline(check, "dan", 2_500);
    come("eve", 20, 2_500);
    settle(check);
    queue.tick(4_000);
    settle(check);
    expect(partner).not.toBe("eve");
    expect(teamsNow()).toContainEqual(["ann", "eve"]);
    acceptAll(check, ["eve"], 5_000);
    const [formed] = changesOfType(settle(check), "match_changed");
    const teams = formed?.match.teams.map(({ players }) => players.map(({ playerId }) => playerId).sort());
    expect(teams).toContainEqual(["ann", "eve"]);
  });

  it("comes before new matches: who waits fills the empty place of those who have waited longer", () => {
    const check = aBrokenReadyCheck();
    const { queue, modes, matchId } = check;
    queueUp(queue, modes, ["eve", "fay", "gus", "hal"], 3_000);
    settle(check);
    queue.tick(4_000);
    const asked = changesOfType(settle(check), "proposal_changed");
    expect(asked.map(({ event, proposal }) => [event, proposal.matchId])).toEqual([["repaired", matchId]]);
  });

  it("wakes the region for whoever comes, and lets it sleep when nobody does", () => {
    const { queue, modes } = aBrokenReadyCheck();
    expect(queue.nextWakeMs()).toBe(13_000);
    queueUp(queue, modes, ["eve"], 5_000);
    expect(queue.nextWakeMs()).toBeLessThanOrEqual(6_000);
  });

  it("wakes the region no more once it is given up: three who wait are no match", () => {
    const { queue } = aBrokenReadyCheck();
    queue.tick(13_000);
    expect(queue.waitingPlayers("2v2")).toBe(3);
    expect(queue.nextWakeMs()).toBeNull();
  });
});

describe("those who return to line", () => {
  it("are owed the time that it took them, each from when they were asked, on top of what they were owed", () => {
    const check = aBrokenReadyCheck();
    const { queue, modes } = check;
    queueUp(queue, modes, ["eve"], 3_000);
    queue.tick(4_000);
    settle(check);
    decline(check, "ann", 5_000);
    settle(check);
    queue.tick(15_000);
    const returned = changesOfType(settle(check), "ticket_changed").map(({ ticket }) => [
      ticket.players[0]?.playerId,
      ticket.enqueuedAtMs,
      ticket.priorityMs,
    ]);
    expect(returned.sort()).toEqual([
      ["bob", 0, 14_000],
      ["cay", 0, 14_000],
      ["eve", 3_000, 11_000],
    ]);
    // Asked and let down once more.
    queueUp(queue, modes, ["fay"], 15_000);
    settle(check);
    queue.tick(16_000);
    const [again] = changesOfType(settle(check), "proposal_changed");
    queue.decline({ playerId: "fay", matchId: again?.proposal.matchId ?? "", round: 1 }, 17_000);
    queue.tick(27_000);
    const owed = changesOfType(settle(check), "ticket_changed").map(({ ticket }) => ticket.priorityMs);
    // The three had not answered either: their time was over at 28 s.
    expect(owed).toEqual([25_000, 25_000, 22_000]);
  });

  it("come before those who came between", () => {
    const overdue = { naturalWaits: 1_000, leastS: 0, mostS: 20 };
    const check = aBrokenReadyCheck({ overdue, teamSize: 1, teams: 4 });
    const { queue, modes } = check;
    queue.tick(13_000);
    settle(check);
    // Nobody is past the cap of 20 s by the place in line alone; with what they are owed these are.
    queueUp(queue, modes, ["eve", "fay"], 13_000);
    queue.tick(14_000);
    const [asked] = changesOfType(settle(check), "proposal_changed");
    expect(asked?.prompts.map(({ playerId }) => playerId)).toEqual(expect.arrayContaining(["ann", "bob", "cay"]));
    expect(asked?.proposal.pass).toBe("overdue");
  });

  it("have what they are owed after a restart", () => {
    const check = aBrokenReadyCheck();
    check.queue.tick(13_000);
    settle(check);
    const tickets = [...check.store.tickets.values()];
    expect(tickets.map(({ priorityMs }) => priorityMs)).toEqual([12_000, 12_000, 12_000]);
    const woken = aQueue({ state: check.store.read(), modes: check.modes, nowMs: 20_000 });
    for (const [index, playerId] of ["ann", "bob", "cay"].entries()) {
      expect(woken.stateOf(playerId)).toEqual({ type: "queued", ticket: tickets[index] });
    }
  });
});
