import { runInDurableObject } from "cloudflare:test";
import { describe, expect, it } from "vitest";
import type { Region } from "../../src/region/region.ts";
import { enqueue, register } from "./http-support.ts";
import { accept, askedPlayers, queueUp, statusOf, tickUntil } from "./ready-check-support.ts";
import { alarmOf, eventually, regionObject, restart } from "./region-support.ts";
import { Listener, listeningPlayers } from "./socket-support.ts";

function refuse(state: DurableObjectState, what: "INSERT" | "UPDATE", table: string): void {
  state.storage.sql.exec(`CREATE TRIGGER full BEFORE ${what} ON ${table} BEGIN SELECT RAISE(ABORT, 'no room'); END`);
}

describe("in the middle of a ready check", () => {
  it("an eviction changes nothing: it goes on, and its sockets too", async () => {
    const { players, matchId } = await askedPlayers("EUW");
    const [ann, bob, cay, dan] = players;
    await accept(ann, matchId);
    await restart("EUW");
    await accept(bob, matchId);
    await restart("EUW");
    expect((await statusOf(ann)).ready_check).toMatchObject({ match_id: matchId, accepted: true });
    expect(await alarmOf("EUW")).not.toBeNull();
    for (const player of [cay, dan]) await accept(player, matchId);
    for (const { listener } of players) expect((await listener.hear("match.found")).match.match_id).toBe(matchId);
  });

  it("an eviction while a place is empty does not end the search for somebody", async () => {
    const { players, matchId } = await askedPlayers("NA");
    const [ann, bob, cay, dan] = players;
    for (const player of [ann, bob, cay]) await accept(player, matchId);
    dan.listener.say({ type: "decline", match_id: matchId, round: 1 });
    await dan.listener.hear("decline.receipt");
    await restart("NA");
    const [eve] = await listeningPlayers("NA", 1);
    if (eve === undefined) throw new Error("nobody came");
    await queueUp(eve, "asking");
    await tickUntil("NA", async () => eve.listener.all("match.proposed")[0] ?? null);
    await restart("NA");
    await accept(eve, matchId, 2);
    expect((await ann.listener.hear("match.found")).match.match_id).toBe(matchId);
  });

  it("the object's end leaves nobody stuck: who connects again finds the question, and answers it", async () => {
    const { players, matchId } = await askedPlayers("KR");
    await accept(players[0], matchId);
    await runInDurableObject(regionObject("KR"), (_, state) => state.abort("as after a deploy")).catch(() => {});
    const back = await Promise.all(
      players.map(async (player) => ({
        ...player,
        listener: await eventually(() => Listener.connect(player.access_token).catch(() => null)),
      })),
    );
    const [ann, ...others] = back;
    expect(ann?.listener.all("state")[0]?.proposed).toMatchObject({ match_id: matchId, round: 1, accepted: true });
    for (const player of others) {
      expect(player.listener.all("state")[0]?.proposed).toMatchObject({ match_id: matchId, accepted: false });
      await accept(player, matchId);
    }
    for (const { listener } of back) expect((await listener.hear("match.found")).match.match_id).toBe(matchId);
  });

  it("an accept that cannot be written is no accept; it can be said again", async () => {
    const { players, matchId } = await askedPlayers("JPN");
    const [ann, ...others] = players;
    await runInDurableObject(regionObject("JPN"), (_, state) => refuse(state, "UPDATE", "proposals"));
    ann.listener.say({ type: "accept", match_id: matchId, round: 1, ref: "lost" });
    expect(await ann.listener.hear("problem")).toMatchObject({ reason: "internal_error", status: 500 });
    await runInDurableObject(regionObject("JPN"), (_, { storage }) => storage.sql.exec("DROP TRIGGER full"));
    expect((await statusOf(ann)).ready_check).toMatchObject({ match_id: matchId, accepted: false });
    for (const player of [ann, ...others]) await accept(player, matchId);
    expect((await ann.listener.hear("match.found")).match.match_id).toBe(matchId);
  });

  it("a match that cannot be written leaves its last accept open; nobody hears of it before it is", async () => {
    const { players, matchId } = await askedPlayers("BR");
    const [ann, bob, cay, dan] = players;
    for (const player of [ann, bob, cay]) await accept(player, matchId);
    await runInDurableObject(regionObject("BR"), (_, state) => refuse(state, "INSERT", "matches"));
    dan.listener.say({ type: "accept", match_id: matchId, round: 1 });
    await dan.listener.hear("problem");
    expect(ann.listener.all("match.found")).toEqual([]);
    await runInDurableObject(regionObject("BR"), (_, { storage }) => storage.sql.exec("DROP TRIGGER full"));
    expect((await statusOf(ann)).ready_check).toMatchObject({ accepted: true });
    await accept(dan, matchId);
    for (const { listener } of players) expect(listener.all("match.found")).toHaveLength(1);
  });

  it("a question that cannot be written is not asked; the tick tries again", async () => {
    await runInDurableObject(regionObject("OCE"), (_, state) => refuse(state, "INSERT", "proposals"));
    const players = await listeningPlayers("OCE", 4);
    for (const player of players) await queueUp(player, "asking");
    await runInDurableObject(regionObject("OCE"), (object: Region) => object.alarm());
    for (const { listener } of players) expect(listener.all("match.proposed")).toEqual([]);
    expect(await alarmOf("OCE")).not.toBeNull();
    await runInDurableObject(regionObject("OCE"), (_, { storage }) => storage.sql.exec("DROP TRIGGER full"));
    await tickUntil("OCE", async () => players[0]?.listener.all("match.proposed")[0] ?? null);
  });
});

it("with nobody connected a ready check lapses by the alarm alone, and costs nobody anything", async () => {
  const first = await register("LAS");
  const players = [first, await register("LAS"), await register("LAS"), await register("LAS")];
  for (const { player_id } of players) await enqueue(player_id, { mode: "hasty" });
  await eventually(async () => ((await statusOf(first)).state === "proposed" ? true : null));
  // From here on nobody asks the region anything but where the players stand.
  for (const player of players) {
    const gone = await eventually(async () => {
      const status = await statusOf(player);
      return status.enqueued === false ? status : null;
    });
    expect(gone).toMatchObject({ state: null, match_id: null, cool_down: null });
  }
  expect(await regionObject("LAS").stateOf(first.player_id)).toMatchObject({ type: "free" });
});
