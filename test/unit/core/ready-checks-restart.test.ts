import { describe, expect, it } from "vitest";
import { aQueue, changesOfType } from "../builders/a-queue.ts";
import {
  acceptAll,
  anOpenReadyCheck,
  askedAt,
  askedNow,
  askingModes,
  queueUp,
  settle,
  wokenUp,
} from "../builders/a-ready-check.ts";

const FOUR = ["ann", "bob", "cay", "dan"];

function prompted(changes: ReturnType<typeof settle>): string[] {
  return changesOfType(changes, "proposal_changed").flatMap(({ event, prompts }) =>
    prompts.map(({ playerId, round, deadlineMs }) => `${event} ${playerId} ${round} ${deadlineMs}`),
  );
}

describe("a region that comes back in the middle of a ready check", () => {
  it("goes on where it was: nobody who was asked is asked again while they are connected", () => {
    const check = anOpenReadyCheck();
    acceptAll(check, ["ann"], 2_000);
    settle(check);
    const queue = wokenUp(check, 3_000, { connected: FOUR });
    expect(queue.takeChanges()).toEqual([]);
    expect(queue.readyCheckOf("ann", 3_000)).toEqual(check.queue.readyCheckOf("ann", 3_000));
    expect(queue.nextWakeMs()).toBe(13_000);
    acceptAll({ ...check, queue }, ["bob", "cay", "dan"], 4_000);
    expect(queue.stateOf("ann")).toMatchObject({ type: "matched", match: { matchId: check.matchId } });
  });

  it("gives the whole time once more to those who could not answer, asks them again, and nobody else", () => {
    const check = anOpenReadyCheck();
    acceptAll(check, ["ann"], 2_000);
    settle(check);
    const queue = wokenUp(check, 20_000, { connected: ["bob"] });
    expect(prompted(queue.takeChanges())).toEqual(["extended cay 1 32000", "extended dan 1 32000"]);
    // Bob was there and did not answer.
    queue.tick(20_000);
    const ended = changesOfType(queue.takeChanges(), "ticket_ended");
    expect(ended.map(({ ticket, ending }) => [ticket.players[0]?.playerId, ending])).toEqual([["bob", "lapsed"]]);
  });

  it("gives that time once only", () => {
    const check = anOpenReadyCheck();
    const once = wokenUp(check, 10_000);
    check.store.write(once.takeChanges());
    expect(once.nextWakeMs()).toBe(22_000);
    const twice = wokenUp(check, 30_000);
    expect(twice.takeChanges()).toEqual([]);
    twice.tick(30_000);
    expect(changesOfType(twice.takeChanges(), "ticket_ended").map(({ ending }) => ending)).toEqual(
      new Array(4).fill("lapsed"),
    );
  });

  it("never shortens a deadline", () => {
    const check = anOpenReadyCheck({ readyCheck: { acceptS: 60 } });
    const queue = wokenUp(check, 1_000 - 30_000);
    expect(queue.readyCheckOf("ann", 0)).toMatchObject({ deadlineMs: 61_000 });
  });

  it("punishes nobody for a question that it does not know was shown", () => {
    const check = anOpenReadyCheck();
    for (const playerId of FOUR) check.queue.acknowledge({ playerId, matchId: check.matchId, round: 1 }, 1_000);
    settle(check);
    const queue = wokenUp(check, 2_000, { connected: FOUR });
    queue.tick(13_000);
    const changes = queue.takeChanges();
    expect(changesOfType(changes, "ticket_ended")).toHaveLength(4);
    expect(changesOfType(changes, "cool_down_started")).toEqual([]);
  });

  it("goes on looking for somebody while there is time, and gives up at once when there is none", () => {
    const check = anOpenReadyCheck();
    acceptAll(check, ["ann", "bob", "cay"], 2_000);
    check.queue.decline({ playerId: "dan", matchId: check.matchId, round: 1 }, 3_000);
    settle(check);
    const early = wokenUp(check, 12_999);
    expect(early.takeChanges()).toEqual([]);
    expect(early.nextWakeMs()).toBe(13_000);
    const late = wokenUp(check, 13_000);
    expect(changesOfType(late.takeChanges(), "proposal_ended")).toMatchObject([
      { outcome: "dissolved", playerIds: ["ann", "bob", "cay"] },
    ]);
    expect(late.waitingPlayers("2v2")).toBe(3);
  });

  it("remembers who is out of the queue", () => {
    const check = anOpenReadyCheck();
    check.queue.acknowledge({ playerId: "dan", matchId: check.matchId, round: 1 }, 1_000);
    check.queue.decline({ playerId: "dan", matchId: check.matchId, round: 1 }, 3_000);
    settle(check);
    const queue = wokenUp(check, 4_000);
    expect(queue.coolDownOf("dan", 4_000)).toEqual(check.queue.coolDownOf("dan", 4_000));
    expect(queue.coolDownOf("dan", 33_000)).toBeNull();
  });
});

describe("a ready check ends with the region's return, and its players are back in line,", () => {
  it.each([
    ["when its mode asks nobody any more", { readyCheck: null }],
    ["when its mode has another shape", { teamSize: 3 }],
    ["when its mode has other teams of as many players", { teams: 4, teamSize: 1 }],
  ])("%s", (_, overrides) => {
    const check = anOpenReadyCheck();
    acceptAll(check, ["ann", "bob", "cay"], 2_000);
    settle(check);
    const queue = wokenUp(check, 3_000, { modes: askingModes(overrides), connected: FOUR });
    expect(changesOfType(queue.takeChanges(), "proposal_ended")).toMatchObject([
      { outcome: "dissolved", playerIds: FOUR },
    ]);
    expect(queue.waitingPlayers("2v2")).toBe(4);
    expect(queue.publicMatch(check.matchId)).toBeNull();
  });

  it("when its mode has fewer teams of the same size", () => {
    const modes = askingModes({ teams: 3, teamSize: 1 });
    const queue = aQueue({ modes });
    queueUp(queue, modes, ["ann", "bob", "cay"], 0);
    const woken = wokenUp(askedAt(queue, modes, 1_000), 3_000, { modes: askingModes({ teams: 2, teamSize: 1 }) });
    expect(woken.openReadyChecks).toBe(0);
    expect(woken.waitingPlayers("2v2")).toBe(3);
  });

  it("when those who are held for a repair may not play together any more", () => {
    const check = anOpenReadyCheck();
    acceptAll(check, ["ann", "bob", "cay"], 2_000);
    check.queue.decline({ playerId: "dan", matchId: check.matchId, round: 1 }, 3_000);
    settle(check);
    const asItWas = wokenUp(check, 4_000);
    expect(asItWas.openReadyChecks).toBe(1);
    const queue = wokenUp(check, 4_000, { modes: askingModes({ teamSize: 1 }) });
    expect(queue.openReadyChecks).toBe(0);
    expect(queue.waitingPlayers("2v2")).toBe(3);
  });

  it("when those who are held for a repair are a whole match by now: nobody would be asked, nor answer", () => {
    const modes = askingModes({ teams: 3, teamSize: 1 });
    const queue = aQueue({ modes });
    queueUp(queue, modes, ["ann", "bob", "cay"], 0);
    const check = askedAt(queue, modes, 1_000);
    acceptAll(check, ["ann", "bob"], 2_000);
    check.queue.decline({ playerId: "cay", matchId: check.matchId, round: 1 }, 3_000);
    settle(check);
    const woken = wokenUp(check, 4_000, { modes: askingModes({ teams: 2, teamSize: 1 }) });
    expect(woken.openReadyChecks).toBe(0);
    expect(woken.waitingPlayers("2v2")).toBe(2);
  });

  it("when a ticket of it is gone, as after a release that knew no ready checks", () => {
    const check = anOpenReadyCheck();
    const [first] = check.store.tickets.keys();
    check.store.tickets.delete(first ?? "");
    const queue = wokenUp(check, 3_000, { connected: FOUR });
    const [ended] = changesOfType(queue.takeChanges(), "proposal_ended");
    expect(ended).toMatchObject({ outcome: "dissolved", playerIds: ["bob", "cay", "dan"] });
    expect(queue.stateOf("ann").type).toBe("free");
    expect(queue.waitingPlayers("2v2")).toBe(3);
  });
});

it("a ready check of a mode that is gone ends with its tickets", () => {
  const check = anOpenReadyCheck();
  const queue = wokenUp(check, 3_000, { modes: askingModes({ name: "other" }) });
  const changes = queue.takeChanges();
  expect(changesOfType(changes, "ticket_ended").map(({ ending }) => ending)).toEqual(new Array(4).fill("mode_removed"));
  expect(changesOfType(changes, "proposal_ended")).toMatchObject([{ outcome: "dissolved", playerIds: [] }]);
  check.store.write(changes);
  expect(check.store.proposals.size).toBe(0);
  expect(askedNow(wokenUp(check, 4_000, { modes: askingModes({ name: "other" }) }))).toEqual([]);
});
