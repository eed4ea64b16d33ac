import { assert } from "../assert.ts";

/** One matched ticket: its rating, how many players it held, how long it stood in line. */
export type WaitSample = readonly [rating: number, players: number, waitS: number];

/**
 * How long a search takes in all, from its beginning: four of five end between the two, one in ten before, one in ten
 * after. `highS` null: longer than `lowS`, and nothing is known of how much.
 */
export interface WaitInterval {
  readonly lowS: number;
  readonly highS: number | null;
}

/** So many matched tickets are remembered: enough for neighbours in rating, few enough to be of late. */
const REMEMBERED = 400;
const NEIGHBOURS = 40;
/** Below, the mode has not shown yet how long it takes. */
const LEAST_REMEMBERED = 20;
/** Of nine waits the shortest and the longest are the tenth and the ninetieth percentile. */
const LEAST_FOR_PERCENTILES = 9;
/** A party of one player more is as far away as a rating so many points off. */
const POINTS_PER_PLAYER = 2;

/**
 * The waits of the tickets of one mode that were matched last, and what they say about the next.
 *
 * 1. Remember the last 400 matched tickets: rating, size and wait. A party is one ticket: its members waited together,
 *    so they are one observation.
 * 2. For a ticket, leave out whoever waited no longer than it has waited already.
 * 3. Of the rest take the 40 nearest: |difference of ratings| + 2 points for each player of difference in size; of
 *    equally near ones the latest.
 * 4. The interval reaches from the 10th to the 90th percentile of their waits, between order statistics: of n waits the
 *    p-quantile is the p·(n + 1)-th (Weibull's; type 6 of Hyndman and Fan 1996). A new wait of the same kind falls
 *    below the i-th of n with probability i/(n + 1), so the interval holds 80 % of the time for any n and any
 *    distribution. The usual quantiles, of rank p·(n − 1) + 1, would hold 76 % with 40 and 64 % with 9.
 * 5. With fewer than 9 left only one thing is sure: it takes longer than it has taken.
 *
 * Blind to what a ticket asks for: one with rare constraints waits longer than its interval says.
 */
export class RecentWaits {
  #samples: WaitSample[];

  constructor(saved: readonly WaitSample[] = []) {
    this.#samples = saved.slice(-REMEMBERED);
  }

  /** Rounded as it is saved, so that a restart changes nothing. */
  add(rating: number, players: number, waitS: number): void {
    this.#samples.push([round(rating, 10), players, round(waitS, 100)]);
    if (this.#samples.length > REMEMBERED) this.#samples.shift();
  }

  /** Oldest first. */
  toSave(): readonly WaitSample[] {
    return [...this.#samples];
  }

  /**
   * @param waitedS how long the ticket has stood in line already
   * @returns null while the mode has matched too few
   */
  interval(rating: number, players: number, waitedS: number): WaitInterval | null {
    if (this.#samples.length < LEAST_REMEMBERED) return null;
    const waits = this.#nearestWaits(rating, players, waitedS);
    if (waits.length < LEAST_FOR_PERCENTILES) return { lowS: waitedS, highS: null };
    return { lowS: percentile(waits, 0.1), highS: percentile(waits, 0.9) };
  }

  /**
   * Ascending. Every enqueue comes through here: one pass, in which most samples are too far away to be kept. The
   * newest come first, so that of equally near ones the latest count: where everybody is new, all ratings are equal.
   */
  #nearestWaits(rating: number, players: number, waitedS: number): Float64Array {
    const distances = new Float64Array(NEIGHBOURS + 1);
    const waits = new Float64Array(NEIGHBOURS + 1);
    let kept = 0;
    for (const [itsRating, itsPlayers, waitS] of this.#samples.toReversed()) {
      if (waitS <= waitedS) continue;
      const distance = Math.abs(itsRating - rating) + POINTS_PER_PLAYER * Math.abs(itsPlayers - players);
      if (kept === NEIGHBOURS && distance >= (distances[NEIGHBOURS - 1] ?? 0)) continue;
      let place = kept;
      for (; place > 0 && (distances[place - 1] ?? 0) > distance; place -= 1) {
        distances[place] = distances[place - 1] ?? 0;
        waits[place] = waits[place - 1] ?? 0;
      }
      distances[place] = distance;
      waits[place] = waitS;
      kept = Math.min(kept + 1, NEIGHBOURS);
    }
    return waits.subarray(0, kept).sort();
  }
}

/** @param sorted ascending. percentile([1, 2, …, 9], 0.1) = 1; percentile([1, 2, …, 9], 0.9) = 9 */
function percentile(sorted: Float64Array, share: number): number {
  const rank = share * (sorted.length + 1);
  const below = sorted[Math.floor(rank) - 1];
  const above = sorted[Math.ceil(rank) - 1];
  assert(below !== undefined && above !== undefined, "the rank lies within the waits");
  return below + (rank - Math.floor(rank)) * (above - below);
}

function round(value: number, steps: number): number {
  return Math.round(value * steps) / steps;
}
