import { describe, expect, it } from "vitest";
import { LIMITS } from "../../../src/core/limits.ts";
import { aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aQueue, aQueueWithMatch, changesOfType, enqueueAll } from "../builders/a-queue.ts";
import { aSolo } from "../builders/a-ticket.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";
import { HUNT } from "../builders/hunt-mode.ts";

const modes = aModeTable(aModeDefinition(), aModeDefinition({ name: "1v1", teamSize: 1 }));
const duel = modes.byName.get("1v1") ?? modes.defaultMode;

describe("enqueue", () => {
  it("gives a player a ticket with the rating, rules and time of the request", () => {
    const queue = aQueue();
    const player = aPlayer("ann", 31, 2);
    const outcome = queue.enqueue(anEnqueueRequest("ann", { player, constraints: { maxRatingGap: 6 } }), 5_000);
    expect(outcome).toEqual({
      ok: true,
      value: {
        ticketId: "id-00001",
        mode: "2v2",
        players: [player],
        enqueuedAtMs: 5_000,
        constraints: { maxRatingGap: 6 },
      },
    });
  });

  it("records the new ticket and nothing else", () => {
    const queue = aQueue();
    const outcome = queue.enqueue(anEnqueueRequest("ann"), 5_000);
    expect(queue.takeChanges()).toEqual([{ type: "ticket_added", ticket: outcome.ok && outcome.value }]);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("tells where the player is: free, then queued", () => {
    const queue = aQueue();
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
    const outcome = queue.enqueue(anEnqueueRequest("ann"), 5_000);
    expect(queue.stateOf("ann")).toEqual({ type: "queued", ticket: outcome.ok && outcome.value });
  });

  it("gives a player who asks again the same ticket and place, and records nothing", () => {
    const queue = aQueue();
    const first = queue.enqueue(anEnqueueRequest("ann"), 5_000);
    queue.takeChanges();
    expect(queue.enqueue(anEnqueueRequest("ann"), 65_000)).toEqual(first);
    expect(queue.takeChanges()).toEqual([]);
    expect(queue.waitingTickets("2v2")).toBe(1);
  });

  it("refuses a second mode, and says in which the player waits", () => {
    const queue = aQueue({ modes });
    queue.enqueue(anEnqueueRequest("ann"), 0);
    queue.takeChanges();
    expect(queue.enqueue(anEnqueueRequest("ann", { mode: duel }), 0)).toEqual({
      ok: false,
      refusal: { reason: "queued_in_other_mode", mode: "2v2" },
    });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("counts the waiting tickets and players of each mode", () => {
    const queue = aQueue({ modes });
    enqueueAll(queue, ["ann", "bob"], 0);
    queue.enqueue(anEnqueueRequest("cay", { mode: duel }), 0);
    expect([queue.waitingTickets("2v2"), queue.waitingPlayers("2v2"), queue.waitingTickets("1v1")]).toEqual([2, 2, 1]);
  });

  it("refuses a player who is in a match, and says in which", () => {
    const { queue, match } = aQueueWithMatch();
    expect(queue.enqueue(anEnqueueRequest("ann"), 60_000)).toEqual({
      ok: false,
      refusal: { reason: "in_match", matchId: match.matchId },
    });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("does not let a player release themselves", () => {
    const { queue } = aQueueWithMatch();
    expect(queue.enqueue(anEnqueueRequest("ann", { release: true }), 60_000)).toMatchObject({ ok: false });
    expect(queue.takeChanges()).toEqual([]);
  });
});

describe("a ticket for a mode with rules", () => {
  const hunts = aModeTable(HUNT);
  const hunt = hunts.defaultMode;

  it("is kept in its normal form, with the roles that the player offers", () => {
    const queue = aQueue({ modes: hunts });
    const constraints = { roles: ["tank"], attributes: { build: "1.4.2", map: ["mirage", "dust"] } };
    expect(queue.enqueue(anEnqueueRequest("ann", { mode: hunt, constraints }), 0)).toMatchObject({
      value: {
        players: [{ ...aPlayer("ann"), roles: ["tank"] }],
        constraints: { attributes: { build: "1.4.2", crossplay: true, map: ["dust", "mirage"] } },
      },
    });
  });

  it("is refused with everything that is wrong, and nothing is queued", () => {
    const queue = aQueue({ modes: hunts });
    const constraints = { roles: ["mage"], attributes: { map: [] } };
    const outcome = queue.enqueue(anEnqueueRequest("ann", { mode: hunt, constraints }), 0);
    const pointers = ["/constraints/roles/0", "/constraints/attributes/map", "/constraints/attributes/build"];
    expect(outcome).toMatchObject({
      refusal: { reason: "invalid_constraints", problems: pointers.map((pointer) => ({ pointer })) },
    });
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("may be reached from the regions that the game has", () => {
    const queue = aQueue({ modes: hunts });
    const attributes = { build: "1.4.2" };
    const near = queue.enqueue(
      anEnqueueRequest("ann", { mode: hunt, constraints: { attributes, latencyMs: { NA: 9 } } }),
      0,
    );
    expect(near).toMatchObject({ ok: true });
    const unknown = queue.enqueue(
      anEnqueueRequest("bob", { mode: hunt, constraints: { attributes, latencyMs: { MOON: 9 } } }),
      0,
    );
    expect(unknown).toMatchObject({ refusal: { problems: [{ pointer: "/constraints/latency_ms/MOON" }] } });
  });

  it("is asked for nothing again while it waits: the same place, whatever the repeated call says", () => {
    const queue = aQueue({ modes: hunts });
    const first = queue.enqueue(
      anEnqueueRequest("ann", { mode: hunt, constraints: { attributes: { build: "1" } } }),
      0,
    );
    expect(queue.enqueue(anEnqueueRequest("ann", { mode: hunt }), 5_000)).toEqual(first);
  });
});

it("releases nobody from a match for a ticket that it does not take", () => {
  const { queue, match } = aQueueWithMatch();
  const constraints = { avoid: ["ann"] };
  const outcome = queue.enqueue(anEnqueueRequest("ann", { constraints, isSystem: true, release: true }), 60_000);
  expect(outcome).toMatchObject({ refusal: { problems: [{ pointer: "/constraints/avoid/0" }] } });
  expect(queue.stateOf("ann")).toEqual({ type: "matched", match });
  expect(queue.takeChanges()).toEqual([]);
});

describe("a region that is full", () => {
  const tickets = Array.from({ length: LIMITS.waitingPlayers }, (_, index) => aSolo(`p${index}`, 25));
  const { match } = aQueueWithMatch();
  const queue = aQueue({ state: { tickets, matches: [match] } });

  it("refuses a new ticket", () => {
    const outcome = queue.enqueue(anEnqueueRequest("newcomer"), 0);
    expect(outcome).toEqual({ ok: false, refusal: { reason: "region_full" } });
    expect(queue.stateOf("newcomer")).toEqual({ type: "free" });
  });

  it("still answers those who wait already", () => {
    expect(queue.enqueue(anEnqueueRequest("p0"), 0)).toEqual({ ok: true, value: tickets[0] });
  });

  it("does not release a player whom it then could not queue", () => {
    const outcome = queue.enqueue(anEnqueueRequest("ann", { isSystem: true, release: true }), 60_000);
    expect(outcome).toEqual({ ok: false, refusal: { reason: "region_full" } });
    expect(queue.stateOf("ann")).toEqual({ type: "matched", match });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("takes somebody in as soon as somebody leaves", () => {
    queue.cancel("p1", 0);
    expect(queue.enqueue(anEnqueueRequest("newcomer"), 0)).toMatchObject({ ok: true });
    expect(changesOfType(queue.takeChanges(), "ticket_added")).toHaveLength(1);
  });
});

describe("cancel", () => {
  it("takes the ticket out of line, and says who did it", () => {
    const queue = aQueue();
    const outcome = queue.enqueue(anEnqueueRequest("ann"), 0);
    queue.takeChanges();
    expect(queue.cancel("ann", 0)).toEqual(outcome);
    expect(queue.takeChanges()).toEqual([
      { type: "ticket_ended", ticket: outcome.ok && outcome.value, ending: "cancelled", by: "ann" },
    ]);
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
  });

  it("by the system names nobody", () => {
    const queue = aQueue();
    queue.enqueue(anEnqueueRequest("ann"), 0);
    queue.takeChanges();
    queue.cancel("ann", 0, null);
    expect(queue.takeChanges()).toMatchObject([{ ending: "cancelled", by: null }]);
  });

  it("refuses for a player who does not wait", () => {
    const queue = aQueue();
    expect(queue.cancel("ann", 0)).toEqual({ ok: false, refusal: { reason: "not_queued" } });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("refuses for a player who is in a match, and says in which", () => {
    const { queue, match } = aQueueWithMatch();
    expect(queue.cancel("ann", 0)).toEqual({ ok: false, refusal: { reason: "in_match", matchId: match.matchId } });
    expect(queue.takeChanges()).toEqual([]);
  });

  it("gives a new place to a player who comes back", () => {
    const queue = aQueue();
    queue.enqueue(anEnqueueRequest("ann"), 0);
    queue.cancel("ann", 0);
    expect(queue.enqueue(anEnqueueRequest("ann"), 9_000)).toMatchObject({
      value: { ticketId: "id-00002", enqueuedAtMs: 9_000 },
    });
  });
});
