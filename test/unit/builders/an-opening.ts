import type { Backfill, OpenPlaces } from "../../../src/core/backfill.ts";
import type { Match } from "../../../src/core/match.ts";
import type { Opening } from "../../../src/core/matching/running-match.ts";
import { aMatch } from "./a-match.ts";
import { LOCATIONS } from "./a-queue.ts";

/** The place in line of the match of Ann and Bob against Cay and Dan: one player for teamA, since time 0. */
export function aBackfill(overrides: Partial<Backfill> = {}): Backfill {
  return {
    ticketId: "backfill-1",
    matchId: "match-1",
    mode: "2v2",
    places: { teamA: 1 },
    enqueuedAtMs: 0,
    ...overrides,
  };
}

/** A running match that has asked for players since time 0. */
export function anOpening(match: Partial<Match>, places: OpenPlaces, backfill: Partial<Backfill> = {}): Opening {
  const running = aMatch(match);
  return {
    backfill: aBackfill({ matchId: running.matchId, places, ...backfill }),
    match: running,
    locations: running.terms?.locations ?? LOCATIONS,
  };
}
