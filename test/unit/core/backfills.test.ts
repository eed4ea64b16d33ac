import { describe, expect, it } from "vitest";
import type { BackfillAsk } from "../../../src/core/backfill-calls.ts";
import type { Match } from "../../../src/core/match.ts";
import { matchPlayers } from "../../../src/core/match.ts";
import type { ModeDefinition } from "../../../src/core/mode-definition.ts";
import type { Queue } from "../../../src/core/queue.ts";
import { aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import { aPlayer } from "../builders/a-player.ts";
import { aQueue, aQueueWithMatch, changesOfType, enqueueAll, liveMatch } from "../builders/a-queue.ts";
import { askingModes, queueUp } from "../builders/a-ready-check.ts";
import { aStore } from "../builders/a-store.ts";
import { anEnqueueRequest } from "../builders/an-enqueue-request.ts";

/** Team of a player of the match, and the match that asks for somebody in their place, two seconds in. */
function aBackfilledMatch(leaver = "ann") {
  const { queue, match } = aQueueWithMatch();
  const team = match.teams.find(({ players }) => players.some(({ playerId }) => playerId === leaver))?.name ?? "";
  ask(queue, match, { replaces: [leaver] }, 2_000);
  const changes = queue.takeChanges();
  return { queue, matchId: match.matchId, match: liveMatch(queue, match.matchId), team, changes };
}

function ask(queue: Queue, { matchId }: Pick<Match, "matchId">, wish: BackfillAsk, nowMs: number) {
  const outcome = queue.backfills.ask(matchId, wish, nowMs);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.refusal));
  return outcome.value;
}

function playersOf(match: Match, team: string): string[] {
  return match.teams.find(({ name }) => name === team)?.players.map(({ playerId }) => playerId) ?? [];
}

function tickNext(queue: Queue): number {
  const nowMs = queue.nextWakeMs() ?? 0;
  queue.tick(nowMs);
  return nowMs;
}

describe("a match that asks for players", () => {
  it("waits in line, frees whoever left, and costs no wake while nobody waits for it", () => {
    const { queue, match, matchId, team, changes } = aBackfilledMatch();
    const { deadlineMs } = match;
    expect(changes.map(({ type }) => type)).toEqual(["match_changed", "backfill_changed"]);
    expect(changesOfType(changes, "backfill_changed")).toMatchObject([
      { event: "asked", backfill: { matchId, places: { [team]: 1 }, enqueuedAtMs: 2_000 } },
    ]);
    expect(changesOfType(changes, "match_changed")[0]?.playerIds).not.toContain("ann");
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
    expect(matchPlayers(match).find(({ playerId }) => playerId === "ann")).toMatchObject({
      released: true,
      left: true,
    });
    expect(queue.nextWakeMs()).toBe(deadlineMs);
  });

  it("keeps its ticket and its place when it asks again, and writes nothing if it is the same", () => {
    const { queue, match, team } = aBackfilledMatch();
    const first = queue.backfills.standingOf(match.matchId)?.backfill;
    expect(ask(queue, match, { replaces: ["ann"] }, 9_000)).toEqual(first);
    expect(ask(queue, match, { places: { [team]: 1 } }, 9_000)).toEqual(first);
    expect(queue.takeChanges()).toEqual([]);
    const other = team === "teamA" ? "teamB" : "teamA";
    const [leaver = ""] = playersOf(match, other);
    expect(ask(queue, match, { replaces: [leaver] }, 9_000)).toEqual({ ...first, places: { teamA: 1, teamB: 1 } });
    expect(changesOfType(queue.takeChanges(), "backfill_changed")).toMatchObject([{ event: "changed" }]);
  });

  it("gets whoever comes next: their ticket ends, and the match holds them", () => {
    const { queue, matchId, team } = aBackfilledMatch();
    enqueueAll(queue, ["eve"], 3_000);
    tickNext(queue);
    const changes = queue.takeChanges();
    expect(changesOfType(changes, "ticket_ended")).toMatchObject([{ ending: "matched" }]);
    expect(changesOfType(changes, "match_changed")).toMatchObject([{ event: "filled", joinedIds: ["eve"] }]);
    expect(changesOfType(changes, "backfill_ended")).toMatchObject([{ ending: "filled" }]);
    expect(queue.stateOf("eve")).toMatchObject({ type: "matched", match: { matchId } });
    const match = liveMatch(queue, matchId);
    expect(playersOf(match, team)).toContain("eve");
    expect(matchPlayers(match).find(({ playerId }) => playerId === "eve")).toMatchObject({
      filledIn: true,
      joinedAtMs: expect.any(Number),
      released: false,
    });
    expect(queue.backfills.standingOf(matchId)).toEqual({ match, backfill: null });
  });

  it("costs one wake for whoever comes and may not be let in, and no other", () => {
    const modes = aModeTable(aModeDefinition({ maxRatingGap: 10 }));
    const queue = aQueue({ modes });
    queueUp(queue, modes, ["ann", "bob", "cay", "dan"], 0);
    queue.tick(1_000);
    const match = changesOfType(queue.takeChanges(), "match_changed")[0]?.match ?? { matchId: "", deadlineMs: 0 };
    ask(queue, match, { replaces: ["ann"] }, 2_000);
    const mode = modes.defaultMode;
    queue.enqueue(anEnqueueRequest("eve", { mode, player: aPlayer("eve", 45) }), 3_000);
    expect(queue.nextWakeMs()).toBe(3_250);
    queue.tick(3_250);
    expect(queue.nextWakeMs()).toBe(match.deadlineMs);
    queue.enqueue(anEnqueueRequest("fay", { mode, player: aPlayer("fay", 46) }), 3_300);
    expect(queue.nextWakeMs()).toBe(4_250);
    queue.tick(4_250);
    expect(queue.nextWakeMs()).toBe(match.deadlineMs);
  });

  it("keeps whoever came a moment ago from a repeated request of the system, however old the match is", () => {
    const { queue, matchId } = aBackfilledMatch();
    enqueueAll(queue, ["eve"], 30_000);
    const cameMs = tickNext(queue);
    const request = anEnqueueRequest("eve", { isSystem: true });
    expect(queue.enqueue(request, cameMs + 10_000)).toEqual({ ok: false, refusal: { reason: "in_match", matchId } });
    expect(queue.enqueue(request, cameMs + 10_001)).toMatchObject({ ok: true });
  });

  it("gets nobody who left it, not even in another place", () => {
    const { queue, matchId } = aBackfilledMatch();
    enqueueAll(queue, ["ann"], 3_000);
    tickNext(queue);
    expect(queue.nextWakeMs()).toBe(3_601_000);
    queue.tick(100_000);
    expect(queue.stateOf("ann")).toMatchObject({ type: "queued" });
    expect(queue.backfills.standingOf(matchId)?.backfill).not.toBeNull();
  });

  it("wakes for somebody whom only a player kept out who is gone now", () => {
    const queue = aQueue();
    queue.enqueue(anEnqueueRequest("cay", { constraints: { avoid: ["eve"] } }), 0);
    enqueueAll(queue, ["ann", "bob", "dan"], 0);
    queue.tick(1_000);
    const match = changesOfType(queue.takeChanges(), "match_changed")[0]?.match ?? { matchId: "", deadlineMs: 0 };
    ask(queue, match, { replaces: ["ann"] }, 2_000);
    enqueueAll(queue, ["eve"], 3_000);
    tickNext(queue);
    expect(queue.nextWakeMs()).toBe(match.deadlineMs);
    queue.enqueue(anEnqueueRequest("cay", { isSystem: true, release: true }), 20_000);
    queue.cancel("cay", 20_000);
    tickNext(queue);
    expect(queue.stateOf("eve")).toMatchObject({ type: "matched", match: { matchId: match.matchId } });
  });

  it("gets nobody before it has its game server, without which it would be cancelled", () => {
    const modes = aModeTable(aModeDefinition({ assignWithinS: 30 }));
    const queue = aQueue({ modes });
    queueUp(queue, modes, ["ann", "bob", "cay", "dan"], 0);
    queue.tick(1_000);
    const match = changesOfType(queue.takeChanges(), "match_changed")[0]?.match ?? { matchId: "" };
    ask(queue, match, { replaces: ["ann"] }, 2_000);
    queueUp(queue, modes, ["eve"], 3_000);
    queue.tick(10_000);
    expect(queue.stateOf("eve")).toMatchObject({ type: "queued" });
    queue.assignments.assign(match.matchId, "{}", 11_000);
    tickNext(queue);
    expect(queue.stateOf("eve")).toMatchObject({ type: "matched", match: { matchId: match.matchId } });
  });

  it("does not wait any longer when it is over, or nobody is left in it", () => {
    const reported = aBackfilledMatch();
    reported.queue.report(reported.matchId, { winnerTeam: "teamA" }, 5_000);
    const abandoned = aBackfilledMatch();
    abandoned.queue.tick(abandoned.match.deadlineMs);
    const deserted = aBackfilledMatch();
    for (const playerId of ["bob", "cay", "dan"]) {
      deserted.queue.enqueue(anEnqueueRequest(playerId, { isSystem: true, release: true }), 5_000);
    }
    for (const { queue, matchId } of [reported, abandoned, deserted]) {
      expect(changesOfType(queue.takeChanges(), "backfill_ended")).toMatchObject([{ ending: "match_over" }]);
      expect(queue.backfills.cancel(matchId)).toEqual({ ok: false, refusal: { reason: "not_queued" } });
    }
  });

  it("is refused when it does not run", () => {
    const { queue, matchId } = aBackfilledMatch();
    queue.report(matchId, { winnerTeam: "teamA" }, 5_000);
    const wish = { replaces: ["bob"] };
    expect(queue.backfills.ask(matchId, wish, 6_000)).toEqual({
      ok: false,
      refusal: { reason: "not_fillable", status: "reporting" },
    });
    expect(queue.backfills.ask("id-9-EUW", wish, 6_000)).toEqual({ ok: false, refusal: { reason: "unknown_match" } });
  });
});

describe("a cancelled backfill", () => {
  it("says what stays empty, and nobody comes after it", () => {
    const { queue, matchId, team } = aBackfilledMatch();
    enqueueAll(queue, ["eve"], 3_000);
    expect(queue.backfills.cancel(matchId)).toMatchObject({ ok: true, value: { places: { [team]: 1 } } });
    expect(queue.backfills.cancel(matchId)).toEqual({ ok: false, refusal: { reason: "not_queued" } });
    queue.tick(queue.nextWakeMs() ?? 0);
    expect(queue.stateOf("eve")).toMatchObject({ type: "queued" });
    expect(queue.stateOf("ann")).toEqual({ type: "free" });
    expect(changesOfType(queue.takeChanges(), "backfill_ended")).toMatchObject([{ ending: "cancelled" }]);
  });
});

describe("who chooses first", () => {
  /** A match that asks for one, and four who wait and are a match themselves. */
  function fourBesideAnOpening(overrides: Partial<ModeDefinition>) {
    const modes = aModeTable(aModeDefinition(overrides));
    const queue = aQueue({ modes });
    const mode = modes.defaultMode;
    for (const playerId of ["ann", "bob", "cay", "dan"]) queue.enqueue(anEnqueueRequest(playerId, { mode }), 0);
    queue.tick(1_000);
    const [formed] = changesOfType(queue.takeChanges(), "match_changed");
    ask(queue, formed?.match ?? { matchId: "" }, { replaces: ["ann"] }, 1_100);
    for (const playerId of ["eve", "fay", "gil", "hal"]) queue.enqueue(anEnqueueRequest(playerId, { mode }), 1_200);
    tickNext(queue);
    return changesOfType(queue.takeChanges(), "match_changed").map(({ event }) => event);
  }

  it("is the running match, unless its mode says otherwise", () => {
    expect(fourBesideAnOpening({})).toEqual(["opened", "filled"]);
    expect(fourBesideAnOpening({ isBackfillPreferred: false })).toEqual(["opened", "formed"]);
  });
});

describe("a mode with a ready check", () => {
  it("does not ask those who come into a running match", () => {
    const modes = askingModes();
    const queue = aQueue({ modes });
    queueUp(queue, modes, ["ann", "bob", "cay", "dan"], 0);
    queue.tick(1_000);
    const matchId = changesOfType(queue.takeChanges(), "proposal_changed")[0]?.proposal.matchId ?? "";
    expect(queue.backfills.ask(matchId, { replaces: ["ann"] }, 1_100)).toEqual({
      ok: false,
      refusal: { reason: "not_fillable", status: "proposed" },
    });
    for (const playerId of ["ann", "bob", "cay", "dan"]) queue.accept({ playerId, matchId, round: 1 }, 1_200);
    ask(queue, { matchId }, { replaces: ["ann"] }, 1_300);
    queueUp(queue, modes, ["eve"], 1_400);
    tickNext(queue);
    expect(queue.readyCheckOf("eve", 2_400)).toBeNull();
    expect(queue.stateOf("eve")).toMatchObject({ type: "matched", match: { matchId } });
  });
});

describe("a mode with roles", () => {
  it("gives whoever comes the role that the team lacks, and those who are there keep theirs", () => {
    const modes = aModeTable(aModeDefinition({ teamSize: 2, roles: { tank: 1, healer: 1 } }));
    const mode = modes.defaultMode;
    const queue = aQueue({ modes });
    for (const playerId of ["ann", "bob", "cay", "dan"]) queue.enqueue(anEnqueueRequest(playerId, { mode }), 0);
    queue.tick(1_000);
    const formed = changesOfType(queue.takeChanges(), "match_changed")[0]?.match;
    const tank = formed?.teams[0]?.players.find(({ role }) => role === "tank")?.playerId ?? "";
    ask(queue, formed ?? { matchId: "" }, { replaces: [tank] }, 1_100);
    const offer = (playerId: string, role: string) =>
      queue.enqueue(anEnqueueRequest(playerId, { mode, player: { ...aPlayer(playerId), roles: [role] } }), 1_200);
    offer("eve", "healer");
    tickNext(queue);
    expect(queue.nextWakeMs()).toBe(formed?.deadlineMs);
    offer("fay", "tank");
    tickNext(queue);
    expect(queue.stateOf("eve")).toMatchObject({ type: "queued" });
    const { teams } = liveMatch(queue, formed?.matchId ?? "");
    expect(teams[0]?.players.map(({ role }) => role).sort()).toEqual(["healer", "tank", "tank"]);
    expect(teams[0]?.players.at(-1)).toMatchObject({ playerId: "fay", role: "tank", filledIn: true });
  });
});

describe("a region that wakes up", () => {
  function wakeWith(store: ReturnType<typeof aStore>, overrides: Partial<ModeDefinition> = {}) {
    return aQueue({ state: store.read(), modes: aModeTable(aModeDefinition(overrides)), nowMs: 10_000, lastId: 100 });
  }

  function storeOfABackfill() {
    const { queue, match } = aQueueWithMatch();
    ask(queue, match, { replaces: ["ann"] }, 2_000);
    return {
      store: aStore([{ type: "match_changed", match, event: "released", playerIds: [] }, ...queue.takeChanges()]),
      match,
    };
  }

  it("goes on asking", () => {
    const { store, match } = storeOfABackfill();
    const queue = wakeWith(store);
    expect(queue.takeChanges()).toEqual([]);
    enqueueAll(queue, ["eve"], 10_000);
    tickNext(queue);
    expect(queue.stateOf("eve")).toMatchObject({ type: "matched", match: { matchId: match.matchId } });
  });

  it("without the mode, or with smaller teams, ends what can never be filled", () => {
    const gone = wakeWith(storeOfABackfill().store, { name: "3v3" });
    expect(changesOfType(gone.takeChanges(), "backfill_ended")).toMatchObject([{ ending: "mode_removed" }]);
    const smaller = wakeWith(storeOfABackfill().store, { teamSize: 1 });
    expect(changesOfType(smaller.takeChanges(), "backfill_ended")).toMatchObject([{ ending: "rules_changed" }]);
  });
});
