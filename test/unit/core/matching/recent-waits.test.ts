import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../simulation/random.ts";
import { RecentWaits } from "../../../../src/core/matching/recent-waits.ts";

/** Solo tickets of rating 25 that waited so long, in this order. */
function waitsOf(...waitsS: number[]): RecentWaits {
  const waits = new RecentWaits();
  for (const waitS of waitsS) waits.add(25, 1, waitS);
  return waits;
}

function counting(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

describe("the interval of a new ticket", () => {
  it("is not known before twenty tickets were matched", () => {
    expect(waitsOf(...counting(1, 19)).interval(25, 1, 0)).toBeNull();
    expect(waitsOf(...counting(1, 20)).interval(25, 1, 0)).not.toBeNull();
  });

  it("reaches from the fourth to the thirty-sixth of thirty-nine waits", () => {
    expect(waitsOf(...counting(1, 39)).interval(25, 1, 0)).toEqual({ lowS: 4, highS: 36 });
  });

  it("lies between two waits where the rank does", () => {
    const interval = waitsOf(...counting(1, 24)).interval(25, 1, 0);
    expect(interval?.lowS).toBeCloseTo(2.5, 10);
    expect(interval?.highS).toBeCloseTo(22.5, 10);
  });

  it("comes from the forty tickets nearest in rating", () => {
    const waits = waitsOf(...new Array(40).fill(5));
    for (let count = 0; count < 40; count += 1) waits.add(40, 1, 60);
    expect(waits.interval(26, 1, 0)).toEqual({ lowS: 5, highS: 5 });
    expect(waits.interval(39, 1, 0)).toEqual({ lowS: 60, highS: 60 });
  });

  it("prefers tickets of as many players", () => {
    const waits = waitsOf(...new Array(40).fill(5));
    for (let count = 0; count < 40; count += 1) waits.add(25, 2, 30);
    expect(waits.interval(25, 1, 0)).toEqual({ lowS: 5, highS: 5 });
    expect(waits.interval(25, 2, 0)).toEqual({ lowS: 30, highS: 30 });
  });

  it("comes from the latest of equally near tickets", () => {
    expect(waitsOf(...new Array(200).fill(60), ...new Array(40).fill(5)).interval(25, 1, 0)).toEqual({
      lowS: 5,
      highS: 5,
    });
  });

  it("forgets what four hundred later tickets have outdated", () => {
    const waits = waitsOf(...new Array(40).fill(5));
    for (let count = 0; count < 399; count += 1) waits.add(45, 1, 60);
    expect(waits.interval(25, 1, 0)?.lowS).toBe(60);
    expect(waits.interval(25, 1, 0)?.highS).toBe(60);
  });
});

describe("the interval of a ticket that waits", () => {
  it("counts from its beginning and leaves out whoever waited no longer than it has", () => {
    expect(waitsOf(...counting(1, 39)).interval(25, 1, 30)).toEqual({ lowS: 31, highS: 39 });
  });

  it("has no end when fewer than nine have waited longer", () => {
    expect(waitsOf(...counting(1, 39)).interval(25, 1, 31)).toEqual({ lowS: 31, highS: null });
  });

  it("never lies behind it", () => {
    const waitS = fc.double({ min: 0, max: 300, noNaN: true });
    fc.assert(
      fc.property(fc.array(waitS, { minLength: 20, maxLength: 60 }), waitS, (waitsS, waitedS) => {
        const interval = waitsOf(...waitsS).interval(25, 1, waitedS);
        expect(interval?.lowS).toBeGreaterThanOrEqual(waitedS);
        expect(interval?.highS ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(interval?.lowS ?? 0);
      }),
    );
  });
});

it("is the same after a restart", () => {
  const random = createRandom(3);
  const waits = new RecentWaits();
  for (let count = 0; count < 500; count += 1) waits.add(random.normal(25, 8), 1, random.between(0, 30));
  const restored = new RecentWaits(JSON.parse(JSON.stringify(waits.toSave())));
  for (const waitedS of [0, 10, 25]) expect(restored.interval(20, 1, waitedS)).toEqual(waits.interval(20, 1, waitedS));
});

/** How often the interval after `remembered` waits held the next one. */
function coverage(remembered: number, waitedS: number, nextWaitS: () => number): number {
  const rounds = 4_000;
  let inside = 0;
  for (let round = 0; round < rounds; round += 1) {
    const interval = waitsOf(...Array.from({ length: remembered }, nextWaitS)).interval(25, 1, waitedS);
    let next = nextWaitS();
    while (next <= waitedS) next = nextWaitS();
    if (interval?.highS != null && next >= interval.lowS && next <= interval.highS) inside += 1;
  }
  return inside / rounds;
}

describe("an interval holds four times of five", () => {
  const random = createRandom(7);
  const exponential = () => -10 * Math.log(1 - random.between(0, 1));

  it.each([20, 23, 40])("with %i waits to go by", (remembered) => {
    expect(coverage(remembered, 0, exponential)).toBeCloseTo(0.8, 1);
  });

  it("for a ticket that has waited longer than half of the others", () => {
    expect(coverage(60, 7, exponential)).toBeCloseTo(0.8, 1);
  });
});
