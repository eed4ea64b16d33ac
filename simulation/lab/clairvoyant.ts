import blossom from "edmonds-blossom";
import { assert } from "../../src/core/assert.ts";

/** A ticket of one player as someone sees it who knows when everybody comes. */
export interface Appointment {
  readonly timeS: number;
  readonly rating: number;
}

interface Pair {
  readonly one: number;
  readonly other: number;
  readonly cost: number;
}

/** Edges per ticket. */
const NEIGHBOURS = 14;

/** Weights are whole numbers of this many points, so that the algorithm compares them exactly. */
const RESOLUTION = 1e-6;

/**
 * The least total cost at which all tickets of a 1v1 queue can be paired by someone who knows the future.
 *
 * 1. A pair costs |Δrating| + a·(sum of both waits). The later of the two does not wait at all, the earlier for the
 *    time between them, so that sum is |Δtime|.
 * 2. Every ticket may be paired with the 14 tickets that are cheapest for it.
 * 3. Among those pairs, the perfect matching of least cost is the heaviest one of highest cardinality with the weights
 *    (highest cost − cost) (Edmonds 1965).
 *
 * No policy can do better: without the future one pays for not knowing whether somebody closer is about to come.
 *
 * @param appointments an even number, ascending by time
 * @param pointsPerSecond `a`
 * @returns rating points, of all tickets together
 */
export function clairvoyantCost(appointments: readonly Appointment[], pointsPerSecond: number): number {
  assert(appointments.length % 2 === 0, "an even number of tickets can be paired");
  const pairs = cheapestPairs(appointments, pointsPerSecond);
  const highest = pairs.reduce((most, { cost }) => Math.max(most, cost), 0);
  const mates = blossom(
    pairs.map(({ one, other, cost }) => [one, other, Math.round((highest - cost) / RESOLUTION)]),
    true,
  );
  let total = 0;
  appointments.forEach((appointment, index) => {
    const mate = appointments[mates[index] ?? -1];
    assert(mate !== undefined, "the neighbours allow to pair every ticket");
    total += costOf(appointment, mate, pointsPerSecond) / 2;
  });
  return total;
}

function costOf(one: Appointment, other: Appointment, pointsPerSecond: number): number {
  return Math.abs(one.rating - other.rating) + pointsPerSecond * Math.abs(one.timeS - other.timeS);
}

function cheapestPairs(appointments: readonly Appointment[], pointsPerSecond: number): Pair[] {
  const pairs = new Map<string, Pair>();
  appointments.forEach((_, index) => {
    for (const { position, cost } of nearest(appointments, index, pointsPerSecond)) {
      const [one, other] = index < position ? [index, position] : [position, index];
      pairs.set(`${one}-${other}`, { one, other, cost });
    }
  });
  return [...pairs.values()];
}

/** Looks both ways in time for as long as the wait alone costs less than the dearest neighbour found. */
function nearest(appointments: readonly Appointment[], index: number, pointsPerSecond: number) {
  const found: { position: number; cost: number }[] = [];
  for (const step of [-1, 1]) {
    for (let position = index + step; ; position += step) {
      const [self, other] = [appointments[index], appointments[position]];
      if (self === undefined || other === undefined) break;
      const dearest = found.length < NEIGHBOURS ? Number.POSITIVE_INFINITY : (found.at(-1)?.cost ?? 0);
      if (pointsPerSecond * Math.abs(other.timeS - self.timeS) > dearest) break;
      const cost = costOf(self, other, pointsPerSecond);
      if (cost >= dearest) continue;
      const place = found.findIndex((neighbour) => neighbour.cost > cost);
      found.splice(place === -1 ? found.length : place, 0, { position, cost });
      found.length = Math.min(found.length, NEIGHBOURS);
    }
  }
  return found;
}
