import { drawPlayers } from "../../../simulation/lab/draw-player.ts";
import type { PartyMix } from "../../../simulation/lab/party-mix.ts";
import { drawPartySize } from "../../../simulation/lab/party-mix.ts";
import { createRandom } from "../../../simulation/random.ts";
import type { Density } from "../../../src/core/matching/density.ts";
import { densityAt, emptyDensity, withArrivals } from "../../../src/core/matching/density.ts";
import { findMatches } from "../../../src/core/matching/find-matches.ts";
import type { Matching } from "../../../src/core/matching/found-match.ts";
import type { Mode } from "../../../src/core/mode.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import { aPlayer } from "./a-player.ts";
import { aTicket } from "./a-ticket.ts";

/** What one tick of a running region saw and found. */
export interface Tick {
  readonly tickets: readonly Ticket[];
  readonly density: Density;
  readonly nowMs: number;
  readonly matching: Matching;
}

/**
 * Pools as they come to be: tickets arrive at random, tick after tick takes those that it matches, the others wait on.
 * The first ten minutes, in which the density is learned, are not shown.
 */
export function* runningPools(
  mode: Mode,
  { mix, ticketsPerS, seed, ticks }: { mix: PartyMix; ticketsPerS: number; seed: number; ticks: number },
): Generator<Tick> {
  const random = createRandom(seed);
  let state = emptyDensity(0);
  let waiting: readonly Ticket[] = [];
  let arrivesAtS = 0;
  for (let tick = 1; tick <= 600 + ticks; tick += 1) {
    const arrived: Ticket[] = [];
    while (arrivesAtS < tick) {
      const players = drawPlayers(drawPartySize(mix, random), random).map(({ mu, sigma }, member) =>
        aPlayer(`p${tick}-${arrived.length}-${member}`, mu, sigma),
      );
      arrived.push(aTicket({ players, enqueuedAtMs: Math.floor(arrivesAtS * 1_000) }));
      state = withArrivals(
        state,
        players.map(({ mu }) => mu),
        arrivesAtS * 1_000,
      );
      arrivesAtS += -Math.log(1 - random.between(0, 1)) / ticketsPerS;
    }
    const nowMs = tick * 1_000;
    const density = densityAt(state, nowMs);
    const tickets = [...waiting, ...arrived];
    const matching = findMatches(tickets, mode, density, nowMs);
    waiting = matching.unmatched;
    if (tick > 600) yield { tickets, density, nowMs, matching };
  }
}
