import type { Ticket } from "../ticket.ts";
import { waitingSinceMs } from "../ticket.ts";

/** The older ticket first, with what it is owed; ids decide between tickets of the same instant. */
export function byPlaceInLine(one: Ticket, other: Ticket): number {
  return waitingSinceMs(one) - waitingSinceMs(other) || (one.ticketId < other.ticketId ? -1 : 1);
}

/**
 * Positions in the order of rating, ties by place in line: it depends on what the tickets are, not on how they came.
 *
 * 1. Spread the tickets over as many buckets as there are tickets, by rating.
 * 2. Sort within each bucket: a handful each, unless ratings are equal.
 *
 * For 100,000 tickets several times as fast as one comparison sort, which is all it is with equal ratings.
 *
 * @param ratings of the tickets, by position
 */
export function ratingOrder(tickets: readonly Ticket[], ratings: Float64Array): Uint32Array {
  const count = tickets.length;
  const { bucketOf, starts } = spread(ratings);
  const order = new Uint32Array(count);
  const next = starts.slice();
  for (let index = 0; index < count; index += 1) {
    const bucket = bucketOf[index] ?? 0;
    const position = next[bucket] ?? 0;
    order[position] = index;
    next[bucket] = position + 1;
  }
  const compare = (one: number, other: number) => {
    const difference = (ratings[one] ?? 0) - (ratings[other] ?? 0);
    if (difference !== 0) return difference;
    const first = tickets[one];
    const second = tickets[other];
    return first === undefined || second === undefined || first === second ? 0 : byPlaceInLine(first, second);
  };
  for (let bucket = 0; bucket < count; bucket += 1) {
    const start = starts[bucket] ?? 0;
    const end = starts[bucket + 1] ?? 0;
    if (end - start > 1) order.subarray(start, end).sort(compare);
  }
  return order;
}

/** The bucket of each rating, and where each bucket starts in the order. */
function spread(ratings: Float64Array): { bucketOf: Uint32Array; starts: Uint32Array } {
  const count = ratings.length;
  let lowest = Number.POSITIVE_INFINITY;
  let highest = Number.NEGATIVE_INFINITY;
  for (const rating of ratings) {
    if (rating < lowest) lowest = rating;
    if (rating > highest) highest = rating;
  }
  const bucketsPerPoint = (count - 1) / (highest - lowest);
  // Equal ratings, or a range that this arithmetic cannot divide: everybody is in one bucket and step 2 sorts them.
  const scale = Number.isFinite(bucketsPerPoint) && Number.isFinite(highest - lowest) ? bucketsPerPoint : null;
  const bucketOf = new Uint32Array(count);
  const starts = new Uint32Array(count + 1);
  for (let index = 0; index < count; index += 1) {
    const bucket = scale === null ? 0 : Math.floor(((ratings[index] ?? 0) - lowest) * scale);
    bucketOf[index] = bucket;
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1;
  }
  for (let bucket = 0; bucket < count; bucket += 1) {
    starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0);
  }
  return { bucketOf, starts };
}
