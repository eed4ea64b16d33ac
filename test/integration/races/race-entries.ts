import { runDurableObjectAlarm } from "cloudflare:test";
import type { Region } from "../../../src/region/region.ts";
import type { RegionRpc } from "../../../src/region/rpc.ts";
import { regionObject } from "../region-support.ts";
import type { RaceClock } from "./race-clock.ts";
import { RaceJournal } from "./race-journal.ts";
import type { RacingListener } from "./racing-listener.ts";

/** A way into a region. */
export interface Entry {
  readonly rpc: Pick<RegionRpc, "enqueue" | "enqueueParty" | "cancel" | "report" | "stateOf">;
  /** Lets a frame come through a player's socket. */
  say(playerId: string, frame: string): Promise<void>;
  /** Lets the alarm go off, at a time when a tick is due. */
  tick(): Promise<void>;
  /** A call begins now: up to where the journal was written before that, for certain. */
  began(): number;
  /** A call has been answered now: the last that can have been written before that. */
  ended(): number;
}

/** A mode ticks once a second, and a moment after its pool became large enough. */
const UNTIL_TICK_IS_DUE_MS = 1_100;

/** Into the object itself: each call begins at once, and the journal tells exactly where. */
export function insideEntry(region: Region, state: DurableObjectState, clock: RaceClock): Entry {
  const journal = new RaceJournal(state.storage.sql);
  return {
    rpc: region,
    async say(playerId, frame) {
      const [socket] = state.getWebSockets(playerId);
      if (socket === undefined) throw new Error(`${playerId} has no socket`);
      await region.webSocketMessage(socket, frame);
    },
    async tick() {
      clock.putForward(UNTIL_TICK_IS_DUE_MS);
      await region.alarm();
    },
    began: () => journal.position(),
    ended: () => journal.position(),
  };
}

/**
 * From outside, as in production: the platform delivers the call some time during the race, and nobody can say when.
 *
 * @param raceBegan where the journal was then
 */
export function outsideEntry(
  name: string,
  listeners: ReadonlyMap<string, RacingListener>,
  clock: RaceClock,
  raceBegan: number,
): Entry {
  const object = regionObject(name);
  return {
    rpc: object,
    async say(playerId, frame) {
      listeners.get(playerId)?.socket.send(frame);
    },
    async tick() {
      clock.putForward(UNTIL_TICK_IS_DUE_MS);
      await runDurableObjectAlarm(object);
    },
    began: () => raceBegan,
    ended: () => Number.POSITIVE_INFINITY,
  };
}
