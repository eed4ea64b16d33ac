import { describe, expect, it } from "vitest";
import type { Queue } from "../../../src/core/queue.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import { askingModes, queueUp } from "../builders/a-ready-check.ts";

const FOUR = ["ann", "bob", "cay", "dan"];

/** All four are asked at one second, and have 12 s; the clients of those who are connected have 4 s to ack. */
function askedAll(
  connected: readonly string[],
  modes = askingModes({ readyCheck: { ackS: 4, coolDownsS: [30, 120] } }),
) {
  const queue = aQueue({ modes, connected });
  queueUp(queue, modes, FOUR, 0);
  queue.tick(1_000);
  const [proposed] = changesOfType(queue.takeChanges(), "proposal_changed");
  if (proposed === undefined) throw new Error("nobody was asked");
  return { queue, modes, proposal: proposed.proposal, matchId: proposed.proposal.matchId };
}

function endingsAt(queue: Queue, nowMs: number): Record<string, string> {
  queue.tick(nowMs);
  const ended = changesOfType(queue.takeChanges(), "ticket_ended");
  return Object.fromEntries(ended.flatMap(({ ticket, ending }) => ticket.players.map((p) => [p.playerId, ending])));
}

describe("a connected player whose client does not say that it shows the question", () => {
  it("leaves the queue when the time to ack is over, without a penalty, and is replaced", () => {
    const { queue, modes, matchId } = askedAll(FOUR);
    for (const playerId of ["ann", "bob", "cay"]) queue.acknowledge({ playerId, matchId, round: 1 }, 1_000);
    queueUp(queue, modes, ["eve"], 2_000);
    queue.takeChanges();
    expect(queue.nextWakeMs()).toBeLessThanOrEqual(5_000);
    expect(endingsAt(queue, 4_999)).toEqual({});
    expect(endingsAt(queue, 5_000)).toEqual({ dan: "lapsed" });
    expect(queue.coolDownOf("dan", 5_000)).toBeNull();
    queue.tick(6_000);
    expect(queue.readyCheckOf("eve", 6_000)).toMatchObject({ matchId, round: 2 });
  });

  it("keeps the place with an ack at the last moment, and then has the whole time", () => {
    const { queue, matchId } = askedAll(FOUR);
    for (const playerId of FOUR) queue.acknowledge({ playerId, matchId, round: 1 }, 1_000);
    expect(endingsAt(queue, 12_999)).toEqual({});
    expect(Object.keys(endingsAt(queue, 13_000))).toHaveLength(4);
  });

  it("has shown it when the player accepts", () => {
    const { queue, matchId } = askedAll(FOUR);
    for (const playerId of ["ann", "bob", "cay"]) queue.acknowledge({ playerId, matchId, round: 1 }, 1_000);
    queue.accept({ playerId: "dan", matchId, round: 1 }, 3_000);
    expect(endingsAt(queue, 12_999)).toEqual({});
  });

  it("takes the party's place along, and nobody of the party is punished: they had time left", () => {
    const modes = askingModes({ readyCheck: { ackS: 4 } });
    const queue = aQueue({ modes, connected: FOUR });
    const party = { mode: modes.defaultMode, constraints: {}, code: null };
    queue.enqueueParty({ ...party, players: [aPlayer("ann"), aPlayer("bob")] }, 0);
    queueUp(queue, modes, ["cay", "dan"], 0);
    queue.tick(1_000);
    const [proposed] = changesOfType(queue.takeChanges(), "proposal_changed");
    const matchId = proposed?.proposal.matchId ?? "";
    for (const playerId of ["ann", "cay", "dan"]) queue.acknowledge({ playerId, matchId, round: 1 }, 1_000);
    expect(endingsAt(queue, 5_000)).toEqual({ ann: "lapsed", bob: "lapsed" });
    expect(queue.coolDownOf("ann", 5_000)).toBeNull();
  });
});

describe("the time to ack", () => {
  it("is not asked of somebody who was not connected: a call over HTTP cannot ack", () => {
    const { queue, matchId } = askedAll(["ann", "bob", "cay"]);
    for (const playerId of ["ann", "bob", "cay"]) queue.acknowledge({ playerId, matchId, round: 1 }, 1_000);
    expect(endingsAt(queue, 12_999)).toEqual({});
  });

  it("is the player's whole time in a mode that says so", () => {
    const { queue } = askedAll(FOUR, askingModes({ readyCheck: { ackS: null } }));
    expect(endingsAt(queue, 12_999)).toEqual({});
    expect(Object.keys(endingsAt(queue, 13_000))).toHaveLength(4);
  });

  it("ends with a restart, which forgets who has acked", () => {
    const { modes, proposal } = askedAll(FOUR);
    const tickets = proposal.seats.map(({ ticketId }, index) => ({
      ticketId,
      mode: "2v2",
      players: [aPlayer(FOUR[index] ?? "")],
      enqueuedAtMs: 0,
      constraints: {},
    }));
    const restarted = aQueue({ modes, connected: FOUR, state: { tickets, proposals: [proposal] }, nowMs: 2_000 });
    expect(endingsAt(restarted, 12_999)).toEqual({});
    expect(Object.keys(endingsAt(restarted, 13_000))).toHaveLength(4);
  });
});
