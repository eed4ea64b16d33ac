import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Nearest } from "../../../../src/core/matching/nearest.ts";
import { aMatchingPool, namesAt } from "../../builders/a-matching-pool.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aSolo } from "../../builders/a-ticket.ts";

function everybodyAround(nearest: Nearest): number[] {
  const found: number[] = [];
  for (let place = 0; ; place += 1) {
    const next = nearest.at(place);
    if (next === null) return found;
    found.push(next);
  }
}

describe("Nearest", () => {
  it("has everybody who is left except the anchor once, nearest in rating first", () => {
    const ratings = fc.array(fc.oneof(fc.integer({ min: 20, max: 30 }), fc.double({ min: 0, max: 50, noNaN: true })), {
      minLength: 1,
      maxLength: 12,
    });
    fc.assert(
      fc.property(ratings, fc.nat(), fc.array(fc.nat({ max: 11 })), (ratings, any, gone) => {
        const pool = aMatchingPool(
          ratings.map((mu, index) => aSolo(`p${index}`, mu)),
          aMode(),
        );
        const anchor = any % ratings.length;
        for (const position of new Set(gone))
          if (position < ratings.length && position !== anchor) pool.line.take(position);
        const found = everybodyAround(new Nearest(pool.candidates, pool.line, anchor));
        expect([...found, anchor].sort((a, b) => a - b)).toEqual([...pool.line.positions()]);
        const own = pool.candidates.rating[anchor] ?? 0;
        const distances = found.map((position) => Math.abs((pool.candidates.rating[position] ?? 0) - own));
        expect(distances).toEqual([...distances].sort((a, b) => a - b));
      }),
      { numRuns: 2_000 },
    );
  });

  it("puts the older first of two at the same distance above and below", () => {
    const around = (lowerAtMs: number, higherAtMs: number) => {
      const pool = aMatchingPool(
        [
          aSolo("lower", 24, { enqueuedAtMs: lowerAtMs }),
          aSolo("anchor", 25),
          aSolo("higher", 26, { enqueuedAtMs: higherAtMs }),
        ],
        aMode(),
      );
      return namesAt(pool, everybodyAround(new Nearest(pool.candidates, pool.line, 1)));
    };
    expect(around(1, 2)).toEqual(["lower", "higher"]);
    expect(around(2, 1)).toEqual(["higher", "lower"]);
  });

  it("can be asked again for a place that it has found", () => {
    const pool = aMatchingPool([aSolo("ann", 24), aSolo("bob", 25), aSolo("cay", 27)], aMode());
    const nearest = new Nearest(pool.candidates, pool.line, 1);
    expect([nearest.at(1), nearest.at(0), nearest.at(1), nearest.at(2)]).toEqual([2, 0, 2, null]);
  });
});
