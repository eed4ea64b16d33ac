import { isInjected } from "../injected-failure.ts";
import type { Tally } from "../tally.ts";
import type { Life } from "./life.ts";
import type { ObjectStorage } from "./object-storage.ts";
import type { RegionSockets } from "./region-sockets.ts";

export interface RegionContextSettings {
  readonly name: string;
  readonly life: Life;
  readonly storage: ObjectStorage;
  readonly sockets: RegionSockets;
  readonly tally: Tally;
  /** The production code threw where it must not. */
  readonly broke: (what: string, error: unknown) => void;
  /** Work that has to end before the object takes any event. */
  readonly waking: (work: Promise<unknown>) => void;
}

/** A `DurableObjectState`, as far as a region uses it, whose object dies with `life`. */
export function regionContext({
  name,
  life,
  storage,
  sockets,
  tally,
  broke,
  waking,
}: RegionContextSettings): DurableObjectState {
  const context = {
    id: { name },
    storage: {
      sql: storage,
      transactionSync: <Value>(act: () => Value) => storage.transactionSync(act),
      getAlarm: async () => storage.alarmMs,
      setAlarm: async (alarmMs: number) => storage.setAlarm(alarmMs),
      sync: () => {
        life.called("waiting for a flush");
        return new Promise<void>((done) => storage.whenDurable(done));
      },
    },
    waitUntil: (work: Promise<unknown>) => {
      work.catch((error: unknown) => {
        if (!life.isDead && !isInjected(error)) broke("background work failed", error);
      });
    },
    abort: () => {
      tally.count("region aborted itself");
      life.isDead = true;
    },
    blockConcurrencyWhile: (act: () => Promise<unknown>) => waking(act()),
    getWebSockets: (playerId?: string) => sockets.of(playerId),
    acceptWebSocket: sockets.accept,
    setWebSocketAutoResponse: () => {},
    getWebSocketAutoResponseTimestamp: () => null,
  };
  // The one place where the simulation's platform is passed off as the real one.
  return context as unknown as DurableObjectState;
}
