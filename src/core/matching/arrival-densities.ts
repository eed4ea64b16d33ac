import type { Mode, ModeTable } from "../mode.ts";
import type { Ticket } from "../ticket.ts";
import type { Density, DensityState } from "./density.ts";
import { decayed, densityAt, emptyDensity, withArrivals } from "./density.ts";

/** The arrival densities of a region's modes: part of the Queue's state. */
export class ArrivalDensities {
  readonly #states = new Map<string, DensityState>();

  /** @param tickets those that wait now; the ones that came after the last save are counted again */
  constructor(saved: Readonly<Record<string, DensityState>>, tickets: readonly Ticket[], modes: ModeTable) {
    for (const mode of modes.byName.keys()) {
      const state = saved[mode];
      if (state !== undefined) this.#states.set(mode, state);
    }
    for (const ticket of tickets) {
      if (!modes.byName.has(ticket.mode)) continue;
      if (ticket.enqueuedAtMs > (saved[ticket.mode]?.updatedAtMs ?? Number.NEGATIVE_INFINITY)) this.arrived(ticket);
    }
  }

  arrived({ mode, players, enqueuedAtMs }: Ticket): void {
    const state = this.#states.get(mode) ?? emptyDensity(enqueuedAtMs);
    const mus = players.map(({ mu }) => mu);
    this.#states.set(mode, withArrivals(state, mus, enqueuedAtMs));
  }

  /** What the mode's tick at `nowMs` matches by. */
  at(mode: Mode, nowMs: number): Density {
    const state = decayed(this.#states.get(mode.name) ?? emptyDensity(nowMs), nowMs);
    this.#states.set(mode.name, state);
    return densityAt(state, nowMs);
  }

  /** The same for a look in between. It changes nothing: who asks must not move what is decided, not even by a bit. */
  peek(mode: Mode, nowMs: number): Density {
    return densityAt(this.#states.get(mode.name) ?? emptyDensity(nowMs), nowMs);
  }

  /** To be saved; the states are never changed in place. */
  toSave(): Readonly<Record<string, DensityState>> {
    return Object.fromEntries(this.#states);
  }
}
