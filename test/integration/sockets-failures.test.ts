import { runInDurableObject } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { expect, it } from "vitest";
import { aWaitingPlayer, storedClocks } from "./lease-support.ts";
import { alarmOf, eventually, regionObject, restart } from "./region-support.ts";
import type { ListeningPlayer } from "./socket-support.ts";
import { Listener, listeningPlayers } from "./socket-support.ts";

async function aPlayerWithSocket(region: string): Promise<ListeningPlayer> {
  const [player] = await listeningPlayers(region, 1);
  return player as ListeningPlayer;
}

it("nobody is told of what could not be written; whoever asked gets a problem and may ask again", async () => {
  const { listener, player_id, access_token } = await aPlayerWithSocket("EUW");
  const other = await Listener.connect(access_token);
  await runInDurableObject(regionObject("EUW"), (_, { storage }) =>
    storage.sql.exec("CREATE TRIGGER full BEFORE INSERT ON tickets BEGIN SELECT RAISE(ABORT, 'no room'); END"),
  );
  listener.say({ type: "enqueue", ref: "mine" });
  expect(await listener.hear("problem")).toMatchObject({ reason: "internal_error", status: 500, ref: "mine" });
  expect(await regionObject("EUW").stateOf(player_id)).toMatchObject({ type: "free" });

  await runInDurableObject(regionObject("EUW"), (_, { storage }) => storage.sql.exec("DROP TRIGGER full"));
  listener.say({ type: "enqueue" });
  await listener.hear("enqueue.receipt");
  expect(listener.types()).toEqual(["state", "problem", "queue.joined", "enqueue.receipt"]);
  expect(other.types()).toEqual(["state", "queue.joined"]);
});

it("a loss that cannot be written harms nobody, and is written when it can be", async () => {
  const { listener, player_id } = await aWaitingPlayer("OCE", {});
  const other = await aPlayerWithSocket("OCE");
  await runInDurableObject(regionObject("OCE"), (_, { storage }) =>
    storage.sql.exec("CREATE TRIGGER full BEFORE UPDATE ON tickets BEGIN SELECT RAISE(ABORT, 'no room'); END"),
  );
  listener.socket.close(1000);
  await eventually(async () => ((await alarmOf("OCE")) === null ? null : true));
  other.listener.say({ type: "ping" });
  await eventually(async () => other.listener.pongs[0] ?? null);
  expect(await storedClocks("OCE")).toEqual([]);

  await runInDurableObject(regionObject("OCE"), (_, { storage }) => storage.sql.exec("DROP TRIGGER full"));
  await regionObject("OCE").wake();
  expect(await storedClocks("OCE")).toMatchObject([{ playerId: player_id, isAway: true }]);
});

it("a player who has moved to another region is sent there when they queue", async () => {
  const { listener, player_id } = await aPlayerWithSocket("KR");
  await env.DB.prepare("UPDATE players SET region = 'JPN' WHERE player_id = ?").bind(player_id).run();
  await restart("KR");
  listener.say({ type: "enqueue" });
  expect(await listener.closed()).toMatchObject({ code: 4004, reason: expect.stringMatching(/fresh token/) });
  expect(listener.types()).toEqual(["state"]);
});

it("a region that cannot ask D1 how the last match went still opens a socket", async () => {
  const { access_token } = await aPlayerWithSocket("NA");
  await env.DB.exec("ALTER TABLE rating_changes RENAME TO away");
  const state = await (await Listener.connect(access_token)).hear("state");
  await env.DB.exec("ALTER TABLE away RENAME TO rating_changes");
  expect(state.last_match).toBeNull();
});
