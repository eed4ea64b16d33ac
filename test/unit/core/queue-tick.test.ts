import { describe, expect, it } from "vitest";
import { matchPlayers } from "../../../src/core/match.ts";
import { aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aQueue, aQueueWithMatch, changesOfType, enqueueAll } from "../builders/a-queue.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

const FOUR = ["ann", "bob", "cay", "dan"];
const modes = aModeTable(aModeDefinition(), aModeDefinition({ name: "1v1", teamSize: 1, tickPeriodMs: 5_000 }));
const duel = modes.byName.get("1v1") ?? modes.defaultMode;

describe("tick", () => {
  it("matches four new players of a cold region at the first tick", () => {
    const queue = aQueue();
    enqueueAll(queue, FOUR, 0);
    queue.tick(queue.nextWakeMs() ?? 0);
    expect(FOUR.map((playerId) => queue.stateOf(playerId).type)).toEqual(new Array(4).fill("matched"));
  });

  it("ends the tickets, then records the match, then saves what was learned", () => {
    const queue = aQueue();
    enqueueAll(queue, FOUR, 0);
    queue.takeChanges();
    queue.tick(1_000);
    const changes = queue.takeChanges();
    expect(changes.map((change) => change.type)).toEqual([
      ...new Array(4).fill("ticket_ended"),
      "match_changed",
      "learned_saved",
    ]);
    expect(changesOfType(changes, "ticket_ended").map((change) => change.ending)).toEqual(new Array(4).fill("matched"));
    expect(changesOfType(changes, "match_changed")[0]).toMatchObject({ event: "formed", playerIds: FOUR });
  });

  it("names the match after its region and remembers each player's ticket", () => {
    const { match } = aQueueWithMatch();
    expect(match.matchId).toBe("id-00005-EUW");
    expect(matchPlayers(match).map((player) => [player.playerId, player.ticketId])).toEqual([
      ["ann", "id-00001"],
      ["bob", "id-00002"],
      ["cay", "id-00003"],
      ["dan", "id-00004"],
    ]);
  });

  it("does nothing before it is due", () => {
    const queue = aQueue();
    enqueueAll(queue, FOUR, 0);
    queue.takeChanges();
    queue.tick((queue.nextWakeMs() ?? 0) - 1);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("records nothing when nobody fits anybody", () => {
    const queue = aQueue();
    for (const [index, playerId] of FOUR.entries()) {
      const player = aPlayer(playerId, 10 + 10 * index);
      queue.enqueue(anEnqueueRequest(playerId, { player, constraints: { maxRatingGap: 5 } }), 0);
    }
    queue.takeChanges();
    queue.tick(1_000);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("does not mix modes", () => {
    const queue = aQueue({ modes });
    enqueueAll(queue, ["ann", "bob", "cay"], 0);
    queue.enqueue(anEnqueueRequest("dan", { mode: duel }), 0);
    queue.tick(60_000);
    expect(changesOfType(queue.takeChanges(), "match_changed")).toEqual([]);
  });

  it("makes as many matches as there are players for", () => {
    const queue = aQueue();
    enqueueAll(
      queue,
      Array.from({ length: 11 }, (_, index) => `p${index}`),
      0,
    );
    queue.tick(30_000);
    expect(changesOfType(queue.takeChanges(), "match_changed")).toHaveLength(2);
    expect(queue.waitingPlayers("2v2")).toBe(3);
  });

  it("saves densities that remember the arrivals, for every mode", () => {
    const queue = aQueue({ modes });
    enqueueAll(queue, FOUR, 0);
    queue.enqueue(anEnqueueRequest("eve", { mode: duel }), 0);
    queue.takeChanges();
    queue.tick(1_000);
    const saved = changesOfType(queue.takeChanges(), "learned_saved")[0]?.learned.densities ?? {};
    const arrivals = (mode: string) => saved[mode]?.counts.reduce((sum, count) => sum + count, 0);
    expect(arrivals("2v2")).toBeCloseTo(4 * 0.5 ** (1 / 300), 9);
    expect(arrivals("1v1")).toBe(1);
  });
});

describe("nextWakeMs", () => {
  it("is never for an empty region", () => {
    expect(aQueue().nextWakeMs()).toBeNull();
  });

  it("is never for a lone waiting ticket, which must not write a row a second", () => {
    const queue = aQueue();
    enqueueAll(queue, ["ann"], 0);
    expect(queue.nextWakeMs()).toBeNull();
  });

  it("is never for one player too few", () => {
    const queue = aQueue();
    enqueueAll(queue, ["ann", "bob", "cay"], 0);
    expect(queue.nextWakeMs()).toBeNull();
  });

  it("is a moment after the last player that a match needs", () => {
    const queue = aQueue();
    enqueueAll(queue, FOUR, 10_000);
    expect(queue.nextWakeMs()).toBe(10_250);
  });

  it("goes back to never when one of them leaves", () => {
    const queue = aQueue();
    enqueueAll(queue, FOUR, 10_000);
    queue.cancel("bob", 0);
    expect(queue.nextWakeMs()).toBeNull();
  });

  it("is the next period while enough players are left who do not fit", () => {
    const queue = aQueue();
    for (const playerId of FOUR) {
      queue.enqueue(
        anEnqueueRequest(playerId, { constraints: { avoid: FOUR.filter((other) => other !== playerId) } }),
        0,
      );
    }
    queue.tick(250);
    expect(queue.nextWakeMs()).toBe(1_250);
    queue.tick(1_250);
    expect(queue.nextWakeMs()).toBe(2_250);
  });

  it("is the match's deadline once everybody is matched", () => {
    const { queue, match } = aQueueWithMatch();
    expect(queue.nextWakeMs()).toBe(match.deadlineMs);
  });

  it("follows each mode's own period", () => {
    const queue = aQueue({ modes });
    queue.enqueue(anEnqueueRequest("ann", { mode: duel, constraints: { avoid: ["bob"] } }), 0);
    queue.enqueue(anEnqueueRequest("bob", { mode: duel }), 0);
    queue.tick(250);
    expect(queue.nextWakeMs()).toBe(5_250);
  });

  it("is never again once the last match was rated and its old deadline looked at", () => {
    const { queue, match } = aQueueWithMatch();
    queue.report(match.matchId, { winnerTeam: "teamA" }, 2_000);
    queue.rated(match.matchId, [], 3_000);
    queue.tick(match.deadlineMs);
    expect(queue.nextWakeMs()).toBeNull();
  });
});
