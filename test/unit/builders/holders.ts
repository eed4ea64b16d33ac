import { unreleasedPlayerIds } from "../../../src/core/match.ts";
import type { Queue } from "../../../src/core/queue.ts";
import type { Store } from "./a-store.ts";
import { EVENT_PLAYERS } from "./event-world.ts";

/** Who holds each player according to the tables alone; a second holder is an error. */
export function holdersIn(store: Store): string[] {
  const holders = new Map<string, string>();
  const hold = (playerId: string, holder: string) => {
    if (holders.has(playerId)) throw new Error(`${playerId} is held by ${holders.get(playerId)} and ${holder}`);
    holders.set(playerId, holder);
  };
  for (const ticket of store.tickets.values()) {
    for (const { playerId } of ticket.players) hold(playerId, `queued ${ticket.ticketId}`);
  }
  for (const match of store.matches.values()) {
    if (match.status !== "pending") continue;
    for (const playerId of unreleasedPlayerIds(match)) hold(playerId, `matched ${match.matchId} rev ${match.rev}`);
  }
  return EVENT_PLAYERS.map(({ playerId }) => holders.get(playerId) ?? "free");
}

/** Who holds each player according to the queue. */
export function holdersOf(queue: Queue): string[] {
  return EVENT_PLAYERS.map(({ playerId }) => {
    const state = queue.stateOf(playerId);
    if (state.type === "queued") return `queued ${state.ticket.ticketId}`;
    if (state.type === "matched") return `matched ${state.match.matchId} rev ${state.match.rev}`;
    return state.type;
  });
}
