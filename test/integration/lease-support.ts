import { runInDurableObject } from "cloudflare:test";
import type { LeaseClock } from "../../src/core/lease-clock.ts";
import { register } from "./http-support.ts";
import { regionObject } from "./region-support.ts";
import { Listener } from "./socket-support.ts";

/** Players on tickets, by the table: to ask over HTTP would be a sign of life. */
export async function playersInLine(region: string): Promise<string[]> {
  return runInDurableObject(regionObject(region), (_, { storage }) =>
    storage.sql
      .exec<{ players: string }>("SELECT players FROM tickets")
      .toArray()
      .flatMap(({ players }) => (JSON.parse(players) as { playerId: string }[]).map(({ playerId }) => playerId)),
  );
}

/** To wait for. */
export async function isGone(region: string, playerId: string): Promise<true | null> {
  return (await playersInLine(region)).includes(playerId) ? null : true;
}

/** A player who queued over a socket of their own. */
export async function aWaitingPlayer(region: string, wish: object) {
  const player = await register(region);
  const listener = await Listener.connect(player.access_token);
  listener.say({ type: "enqueue", ...wish });
  const { ticket_id } = await listener.hear("enqueue.receipt");
  return { ...player, listener, ticket_id };
}

/** What is stored of all who wait. */
export async function storedClocks(region: string): Promise<LeaseClock[]> {
  return runInDurableObject(regionObject(region), (_, { storage }) =>
    storage.sql
      .exec<{ clocks: string | null }>("SELECT clocks FROM tickets")
      .toArray()
      .flatMap(({ clocks }) => JSON.parse(clocks ?? "[]") as LeaseClock[]),
  );
}

/** Makes a region that wakes next believe that all signs of life were so much earlier. */
export async function ageClocks(region: string, byMs: number): Promise<void> {
  await runInDurableObject(regionObject(region), (_, { storage: { sql } }) => {
    const tickets = sql.exec<{ ticket_id: string; clocks: string | null }>("SELECT ticket_id, clocks FROM tickets");
    for (const { ticket_id, clocks } of tickets.toArray()) {
      const aged = (JSON.parse(clocks ?? "[]") as LeaseClock[]).map((clock) => ({
        ...clock,
        heardAtMs: clock.heardAtMs - byMs,
      }));
      sql.exec("UPDATE tickets SET clocks = ? WHERE ticket_id = ?", JSON.stringify(aged), ticket_id);
    }
  });
}
