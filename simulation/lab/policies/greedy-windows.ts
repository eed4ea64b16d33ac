import { assert } from "../../../src/core/assert.ts";
import type { Density, DensityState } from "../../../src/core/matching/density.ts";
import { decayed, densityAt, densityBinOf, emptyDensity, withArrivals } from "../../../src/core/matching/density.ts";
import type { Ticket } from "../../../src/core/ticket.ts";
import type { GameShape } from "../game-shape.ts";
import { playersOf } from "../game-shape.ts";
import { haveMapInCommon } from "../map-choice.ts";
import { neighbourWindows } from "../neighbour-windows.ts";
import type { Policy, PolicyMatch } from "../policy.ts";
import type { SplitTeams } from "../split-teams.ts";
import { fairSplits } from "../split-teams.ts";

interface Candidate {
  readonly members: readonly Ticket[];
  readonly teams: Ticket[][];
  readonly surplus: number;
}

const OVERDUE_AFTER_MS = 30_000;

/**
 * Muster's first matcher, kept to be measured against.
 *
 * 1. Sort by rating; every run of neighbours that holds the players of a match is a window.
 * 2. Its cost is its rating range + 4·imbalance/T, its tolerance θ·(1 + 0.2·u²) with θ = √(a·k/2ρ).
 * 3. It is ripe if the cost is within the tolerance, or at any cost if one of its tickets is older than 30 s.
 * 4. Take ripe windows by the largest surplus, skipping those that share a ticket with one taken.
 *
 * It has no other way to help who is overdue than a window of neighbours, and none for parties that do not tile. The
 * density it goes by is today's, less noisy than the one it had.
 */
export function greedyWindows(shape: GameShape, pointsPerSecond: number): Policy {
  const split = fairSplits(shape);
  let state: DensityState = emptyDensity(0);
  return {
    arrived: ({ players, enqueuedAtMs }) => {
      const mus = players.map(({ mu }) => mu);
      state = withArrivals(state, mus, enqueuedAtMs);
    },
    tick: (waiting, nowMs) => {
      state = decayed(state, nowMs);
      const density = densityAt(state, nowMs);
      const ripe = neighbourWindows(waiting, playersOf(shape))
        .map(({ members }) => judge(members, split, pointsPerSecond, density, nowMs))
        .filter((candidate) => candidate !== null);
      const matches: PolicyMatch[] = [];
      const taken = new Set<Ticket>();
      for (const { members, teams } of ripe.sort((a, b) => b.surplus - a.surplus)) {
        if (members.some((ticket) => taken.has(ticket))) continue;
        matches.push({ teams, pass: null });
        for (const ticket of members) taken.add(ticket);
      }
      return matches;
    },
  };
}

/** Null: not ripe, or it can be no match. */
function judge(
  members: readonly Ticket[],
  split: SplitTeams,
  pointsPerSecond: number,
  density: Density,
  nowMs: number,
): Candidate | null {
  const mus = members.flatMap(({ players }) => players.map(({ mu }) => mu));
  const ages = members.flatMap(({ players, enqueuedAtMs }) => players.map(() => nowMs - enqueuedAtMs));
  const [lowest, highest, oldestMs] = [Math.min(...mus), Math.max(...mus), Math.max(...ages)];
  const rho = density.perBin[densityBinOf((lowest + highest) / 2)];
  assert(rho !== undefined, "there is a density at every rating");
  const natural = Math.sqrt((pointsPerSecond * mus.length) / (2 * rho));
  const meanAgeMs = ages.reduce((sum, age) => sum + age, 0) / ages.length;
  const u = ((meanAgeMs + oldestMs) / 2 / 1000) * (pointsPerSecond / natural);
  const teams = haveMapInCommon(members) ? split(members) : null;
  if (teams === null) return null;
  const sums = teams.map((team) =>
    team.reduce((sum, { players }) => sum + players.reduce((s, { mu }) => s + mu, 0), 0),
  );
  const imbalance = Math.max(...sums) - Math.min(...sums);
  const teamSize = mus.length / teams.length;
  const surplus = natural * (1 + 0.2 * u * u) - (highest - lowest) - (4 * imbalance) / teamSize;
  return surplus >= 0 || oldestMs >= OVERDUE_AFTER_MS ? { members, teams, surplus } : null;
}
