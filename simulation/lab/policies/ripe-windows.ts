import type { DensityState } from "../../../src/core/matching/density.ts";
import { decayed, densityAt, emptyDensity, withArrivals } from "../../../src/core/matching/density.ts";
import { findMatches } from "../../../src/core/matching/find-matches.ts";
import type { Mode } from "../../../src/core/mode.ts";
import type { Policy } from "../policy.ts";

/** Muster's own matcher with the density that a region would have learned. */
export function ripeWindows(mode: Mode): Policy {
  let density: DensityState = emptyDensity(0);
  return {
    arrived: ({ players, enqueuedAtMs }) => {
      density = withArrivals(
        density,
        players.map(({ mu }) => mu),
        enqueuedAtMs,
      );
    },
    tick: (waiting, nowMs) => {
      density = decayed(density, nowMs);
      return findMatches(waiting, mode, densityAt(density, nowMs), nowMs).matches;
    },
  };
}
