import { expect, it } from "vitest";
import { Log } from "../../../src/log.ts";
import { Entrance } from "../../../src/region/entrance.ts";
import { Profiles } from "../../../src/region/profiles.ts";
import type { EnqueueCall } from "../../../src/region/rpc.ts";
import { aModeDefinition, aModeTable } from "../builders/a-mode.ts";
import { aQueue } from "../builders/a-queue.ts";

/** A region's door in front of a D1 that can be out. */
function anEntrance() {
  const database = { isOut: false, reads: 0 };
  const modes = aModeTable(aModeDefinition());
  const queue = aQueue({ modes });
  const clock = { nowMs: 1_000 };
  const profiles = new Profiles(async (playerIds) => {
    database.reads += 1;
    if (database.isOut) throw new Error("D1 does not answer");
    return playerIds.map((playerId) => ({ playerId, region: "EUW", ratings: new Map() }));
  }, 100);
  const entrance = new Entrance({
    region: "EUW",
    log: new Log("off"),
    now: () => clock.nowMs,
    queue: () => queue,
    event: (act) => act(queue, clock.nowMs),
    modes,
    profiles,
    guard: { refusalOf: () => null },
  });
  return { entrance, queue, database, clock };
}

function aCall(playerId: string): EnqueueCall {
  return { playerId, constraints: {}, isSystem: false, release: false };
}

it("while D1 is out, players whom the region knows queue and are matched, again and again, and it is not asked", async () => {
  const { entrance, queue, database, clock } = anEntrance();
  const players = ["ann", "bob", "cay", "dan"];
  for (let round = 0; round < 3; round += 1) {
    for (const player of players) expect(await entrance.enqueue(aCall(player))).toMatchObject({ ok: true });
    database.isOut = true;
    clock.nowMs += 1_000;
    queue.tick(clock.nowMs);
    const state = queue.stateOf("ann");
    if (state.type !== "matched") throw new Error(`ann is ${state.type}`);
    expect(queue.report(state.match.matchId, { winnerTeam: "teamA" }, clock.nowMs)).toMatchObject({ ok: true });
  }
  expect(database.reads).toBe(players.length);
});

it("while D1 is out, a stranger is asked to come back and holds nobody's place; later they get one", async () => {
  const { entrance, queue, database } = anEntrance();
  await entrance.enqueue(aCall("ann"));
  database.isOut = true;
  const refused = { ok: false, refusal: { reason: "profile_unavailable" } };
  expect(await entrance.enqueue(aCall("stranger"))).toEqual(refused);
  // Whoever is known does not come in with somebody who is not.
  const together = { playerIds: ["bob", "stranger"], constraints: {} };
  expect(await entrance.enqueueParty(together)).toEqual(refused);
  expect(await entrance.createParty({ playerId: "stranger" })).toEqual(refused);
  expect(queue.waitingPlayers("2v2")).toBe(1);
  // Who waits is answered from the ticket.
  expect(await entrance.enqueue(aCall("ann"))).toMatchObject({ ok: true });
  database.isOut = false;
  expect(await entrance.enqueue(aCall("stranger"))).toMatchObject({ ok: true });
});
