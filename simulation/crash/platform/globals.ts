import type { StepRandom } from "../step-random.ts";
import { currentLife } from "./life.ts";
import { SimulatedResponse, socketPair } from "./simulated-socket.ts";
import type { Timer, VirtualTime } from "./virtual-time.ts";

/** Waits until every promise that can go on has gone on. */
export function settled(): Promise<void> {
  return new Promise(setImmediate);
}

/**
 * Puts virtual time and seeded chance in the place of the process's own, and what workerd has besides Node. The
 * simulation is a process of its own, so nobody else minds; the production code notices nothing.
 */
export function installGlobals(time: VirtualTime, random: StepRandom): void {
  const timers = new Map<number, Timer>();
  let lastTimer = 0;
  const setVirtualTimeout = (act: () => void, delayMs = 0) => {
    const id = ++lastTimer;
    const life = currentLife();
    const fire = () => {
      timers.delete(id);
      if (life?.isDead !== true) act();
    };
    timers.set(id, time.after(delayMs, fire));
    return id;
  };
  const clearVirtualTimeout = (id: number) => {
    const timer = timers.get(id);
    if (timer !== undefined) timer.isCancelled = true;
    timers.delete(id);
  };
  const replaced = {
    setTimeout: setVirtualTimeout,
    clearTimeout: clearVirtualTimeout,
    scheduler: { wait: (delayMs: number) => new Promise<void>((done) => setVirtualTimeout(done, delayMs)) },
    WebSocketPair: socketPair(),
    WebSocketRequestResponsePair: class {},
    Response: SimulatedResponse,
    WebSocket: { READY_STATE_OPEN: 1 },
  };
  for (const [name, value] of Object.entries(replaced)) {
    Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
  }
  Date.now = () => time.nowMs;
  Math.random = () => random.fraction();
  Object.defineProperty(crypto, "getRandomValues", {
    configurable: true,
    value: (bytes: Uint8Array) => {
      for (let index = 0; index < bytes.length; index += 1) bytes[index] = random.below(256);
      return bytes;
    },
  });
}
