import type { Match } from "./match.ts";
import type { DensityState } from "./matching/density.ts";
import type { Ticket } from "./ticket.ts";

/** Everything a region must remember. What `Queue` holds beyond this is derived from it on waking. */
export interface QueueState {
  readonly tickets: readonly Ticket[];
  readonly matches: readonly Match[];
  readonly densities: Readonly<Record<string, DensityState>>;
  /** A revision that no match has gone past; keeps revisions growing after matches are forgotten. */
  readonly highestRev: number;
}

export const EMPTY_QUEUE_STATE: QueueState = { tickets: [], matches: [], densities: {}, highestRev: 0 };
