import type { Books } from "./ledger/books.ts";
import type { DensityState } from "./matching/density.ts";
import type { WaitSample } from "./matching/recent-waits.ts";
import type { KnobState } from "./matching/target-wait.ts";

/** What a region's ticks have learned from the past, by mode. Saved with the commit of a tick, at no row of its own. */
export interface Learned {
  readonly densities: Readonly<Record<string, DensityState>>;
  readonly waits: Readonly<Record<string, readonly WaitSample[]>>;
  /** Of modes with a target wait. */
  readonly knobs: Readonly<Record<string, KnobState>>;
  /** Not learned, but saved with it, see `Ledger`. Absent: the release that saved it kept none. */
  readonly books?: Books;
}

export const NOTHING_LEARNED: Learned = { densities: {}, waits: {}, knobs: {} };
