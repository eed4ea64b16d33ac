import type { StepRandom } from "../step-random.ts";
import type { ObjectStorage } from "./object-storage.ts";
import type { SimulatedSocket, SocketOutlet } from "./simulated-socket.ts";
import type { VirtualTime } from "./virtual-time.ts";

export interface RegionSocketsSettings {
  readonly time: VirtualTime;
  readonly random: StepRandom;
  readonly storage: ObjectStorage;
  readonly told: (playerId: string, frame: string) => void;
}

const NONE: readonly SimulatedSocket[] = [];

/** The sockets that the platform holds for a region. What they are sent is held back until it is durable. */
export class RegionSockets implements SocketOutlet {
  readonly #settings: RegionSocketsSettings;
  readonly #byPlayer = new Map<string, SimulatedSocket[]>();
  /** Grows when all break: what was under way then never arrives. */
  #era = 0;

  constructor(settings: RegionSocketsSettings) {
    this.#settings = settings;
  }

  /** @param playerId absent: everybody's */
  of(playerId?: string): SimulatedSocket[] {
    return playerId === undefined ? [...this.#byPlayer.values()].flat() : [...(this.#byPlayer.get(playerId) ?? NONE)];
  }

  readonly accept = (socket: SimulatedSocket, tags: readonly string[]): void => {
    socket.playerId = tags[0] ?? "";
    socket.outlet = this;
    this.#byPlayer.set(socket.playerId, [...this.of(socket.playerId), socket]);
  };

  sent(socket: SimulatedSocket, frame: string): void {
    const { storage, time, random, told } = this.#settings;
    const era = this.#era;
    storage.gate("frames", () => {
      time.after(random.between(0, 10), () => {
        if (era === this.#era) told(socket.playerId, frame);
      });
    });
  }

  /** The platform forgets a socket that its region closed. */
  closed(socket: SimulatedSocket): void {
    this.remove(socket);
  }

  remove(socket: SimulatedSocket): void {
    socket.readyState = 3;
    const left = this.of(socket.playerId).filter((other) => other !== socket);
    if (left.length === 0) this.#byPlayer.delete(socket.playerId);
    else this.#byPlayer.set(socket.playerId, left);
  }

  /** The process is gone, and with it every connection. */
  dropAll(): void {
    this.#era += 1;
    for (const socket of this.of()) socket.readyState = 3;
    this.#byPlayer.clear();
  }
}
