import { describe, expect, it } from "vitest";
import { changesOfType } from "../builders/a-queue.ts";
import { acceptAll, anOpenReadyCheck, askedNow, queueUp, settle } from "../builders/a-ready-check.ts";

const FOUR = ["ann", "bob", "cay", "dan"];

describe("an answer", () => {
  it("counts only from somebody who is asked, about the match that they are asked about", () => {
    const { queue, modes, matchId } = anOpenReadyCheck();
    queueUp(queue, modes, ["eve"], 1_500);
    queue.takeChanges();
    for (const answer of [
      { playerId: "eve", matchId, round: 1 },
      { playerId: "nobody", matchId, round: 1 },
      { playerId: "ann", matchId: "another-EUW", round: 1 },
    ]) {
      const refused = { ok: false, refusal: { reason: "unknown_ready_check" } };
      expect(queue.acknowledge(answer, 1_000)).toEqual(refused);
      expect(queue.accept(answer, 2_000)).toEqual(refused);
      expect(queue.decline(answer, 2_000)).toEqual(refused);
    }
    expect(queue.takeChanges()).toEqual([]);
  });

  it("to a round that is not the player's is refused, says the right one, and changes nothing", () => {
    const { queue, matchId } = anOpenReadyCheck();
    for (const round of [0, 2]) {
      const answer = { playerId: "ann", matchId, round };
      const refused = { ok: false, refusal: { reason: "stale_round", round: 1 } };
      expect(queue.acknowledge(answer, 1_000)).toEqual(refused);
      expect(queue.accept(answer, 2_000)).toEqual(refused);
      expect(queue.decline(answer, 2_000)).toEqual(refused);
    }
    expect(queue.takeChanges()).toEqual([]);
    queue.tick(13_000);
    expect(changesOfType(queue.takeChanges(), "cool_down_started")).toEqual([]);
  });

  it("to an old round does not count for a player who declined, came back, and is asked for the same match again", () => {
    const check = anOpenReadyCheck();
    const { queue, modes, matchId } = check;
    queue.decline({ playerId: "dan", matchId, round: 1 }, 2_000);
    queueUp(queue, modes, ["dan"], 2_500);
    queue.takeChanges();
    queue.tick(4_000);
    expect(askedNow(queue)).toEqual([["dan", 2]]);
    for (const answer of [queue.accept, queue.decline]) {
      expect(answer.call(queue, { playerId: "dan", matchId, round: 1 }, 4_500)).toMatchObject({
        refusal: { reason: "stale_round", round: 2 },
      });
    }
    acceptAll(check, FOUR, 5_000);
    expect(queue.stateOf("dan")).toMatchObject({ type: "matched", match: { matchId } });
  });

  it("of somebody who accepted before is the same again and writes nothing", () => {
    const { queue, matchId } = anOpenReadyCheck();
    const answer = { playerId: "ann", matchId, round: 1 };
    queue.accept(answer, 2_000);
    expect(changesOfType(queue.takeChanges(), "proposal_changed")).toMatchObject([
      { event: "answered", playerIds: [] },
    ]);
    expect(queue.accept(answer, 2_500)).toEqual({ ok: true, value: null });
    expect(queue.takeChanges()).toEqual([]);
    expect(queue.readyCheckOf("ann", 2_500)).toMatchObject({ hasAccepted: true });
    expect(queue.readyCheckOf("bob", 2_500)).toMatchObject({ hasAccepted: false });
  });

  it("after everybody accepted says that the match is on: no harm in an accept or an acknowledgement", () => {
    const check = anOpenReadyCheck();
    acceptAll(check, FOUR, 2_000);
    settle(check);
    const late = { playerId: "ann", matchId: check.matchId, round: 1 };
    expect(check.queue.acknowledge(late, 1_000)).toEqual({ ok: true, value: null });
    expect(check.queue.accept(late, 2_500)).toEqual({ ok: true, value: null });
    expect(check.queue.decline(late, 2_500)).toEqual({
      ok: false,
      refusal: { reason: "in_match", matchId: check.matchId },
    });
    expect(check.queue.acknowledge({ ...late, playerId: "eve" }, 1_000)).toMatchObject({ ok: false });
    expect(settle(check)).toEqual([]);
  });
});

describe("an acknowledgement", () => {
  it("is written within two seconds, with all that came until then", () => {
    const check = anOpenReadyCheck();
    check.queue.acknowledge({ playerId: "ann", matchId: check.matchId, round: 1 }, 1_100);
    check.queue.acknowledge({ playerId: "bob", matchId: check.matchId, round: 1 }, 2_000);
    check.queue.acknowledge({ playerId: "bob", matchId: check.matchId, round: 1 }, 2_500);
    expect(check.queue.takeChanges()).toEqual([]);
    expect(check.queue.nextWakeMs()).toBe(3_100);
    check.queue.tick(3_100);
    const changes = changesOfType(check.queue.takeChanges(), "proposal_changed");
    expect(changes).toMatchObject([{ event: "shown", prompts: [], playerIds: [] }]);
    expect(changes[0]?.proposal.seats.flatMap(({ acked }) => acked).sort()).toEqual(["ann", "bob"]);
    expect(check.queue.nextWakeMs()).toBe(13_000);
  });

  it("is written by an answer that comes before", () => {
    const check = anOpenReadyCheck();
    check.queue.acknowledge({ playerId: "ann", matchId: check.matchId, round: 1 }, 1_000);
    expect(settle(check)).toEqual([]);
    acceptAll(check, ["bob"], 2_000);
    const [change] = changesOfType(settle(check), "proposal_changed");
    expect(change?.proposal.seats.flatMap(({ acked }) => acked).sort()).toEqual(["ann", "bob"]);
  });
});

describe("whoever is asked", () => {
  it("has the same ticket when they ask for a place again, and none in another mode", () => {
    const { queue, modes } = anOpenReadyCheck();
    const before = queue.stateOf("ann");
    queueUp(queue, modes, ["ann"], 2_000);
    expect(queue.stateOf("ann")).toEqual(before);
    expect(queue.takeChanges()).toEqual([]);
  });

  it("is told in advance what not accepting costs, and that is what is charged", () => {
    const { queue, modes, matchId } = anOpenReadyCheck();
    queue.acknowledge({ playerId: "dan", matchId, round: 1 }, 1_000);
    queue.decline({ playerId: "dan", matchId, round: 1 }, 3_000);
    expect(queue.coolDownOf("dan", 3_000)).toMatchObject({ untilMs: 33_000 });
    queueUp(queue, modes, ["dan", "eve", "fay", "gus"], 33_000);
    queue.tick(34_000);
    const told = queue.readyCheckOf("dan", 34_000);
    expect(told).toMatchObject({ coolDownS: 120 });
    const again = { playerId: "dan", matchId: told?.matchId ?? "", round: told?.round ?? 0 };
    queue.acknowledge(again, 34_000);
    queue.takeChanges();
    queue.decline(again, 40_000);
    expect(changesOfType(queue.takeChanges(), "ticket_ended")).toMatchObject([
      { ending: "declined", by: "dan", matchId: again.matchId, coolDowns: [{ playerId: "dan", untilMs: 160_000 }] },
    ]);
  });

  it("pays nothing for a decline without the question having been shown", () => {
    const { queue, modes, matchId } = anOpenReadyCheck();
    queue.decline({ playerId: "dan", matchId, round: 1 }, 3_000);
    expect(queue.coolDownOf("dan", 3_000)).toBeNull();
    queueUp(queue, modes, ["dan"], 3_000);
  });

  it.each([
    ["declines", "declined"],
    ["cancels", "cancelled"],
  ])("pays if they accept and then %s: others wait for them", (_, ending) => {
    const { queue, matchId } = anOpenReadyCheck();
    const answer = { playerId: "dan", matchId, round: 1 };
    queue.accept(answer, 2_000);
    queue.takeChanges();
    const outcome = ending === "declined" ? queue.decline(answer, 3_000) : queue.cancel("dan", 3_000);
    expect(outcome.ok).toBe(true);
    expect(changesOfType(queue.takeChanges(), "ticket_ended")).toMatchObject([
      { ending, by: "dan", matchId, coolDowns: [{ playerId: "dan", untilMs: 33_000 }] },
    ]);
  });

  it("pays nothing when the system takes them out", () => {
    const { queue, matchId } = anOpenReadyCheck();
    queue.accept({ playerId: "dan", matchId, round: 1 }, 2_000);
    queue.takeChanges();
    queue.cancel("dan", 3_000, null);
    const [ended] = changesOfType(queue.takeChanges(), "ticket_ended");
    expect(ended).toMatchObject({ ending: "cancelled", by: null, matchId });
    expect(ended?.coolDowns).toBeUndefined();
    expect(queue.coolDownOf("dan", 3_000)).toBeNull();
  });
});

describe("a ready check", () => {
  it("shows all teams of its mode even when a whole team has left it", () => {
    const { queue, matchId } = anOpenReadyCheck({ teamSize: 1, teams: 4 });
    for (const playerId of ["ann", "bob"]) queue.decline({ playerId, matchId, round: 1 }, 2_000);
    expect(queue.publicMatch(matchId)?.teams).toEqual(
      ["teamA", "teamB", "teamC", "teamD"].map((name) => ({ name, players: [] })),
    );
  });

  it("that is open is no match to be reported, and no match any more once it failed", () => {
    const { queue, matchId } = anOpenReadyCheck();
    const report = () => queue.report(matchId, { winnerTeam: "teamA" }, 2_000);
    expect(report()).toEqual({ ok: false, refusal: { reason: "not_reportable", status: "proposed" } });
    queue.tick(13_000);
    expect(report()).toEqual({ ok: false, refusal: { reason: "unknown_match" } });
    expect(queue.publicMatch(matchId)).toBeNull();
  });
});
