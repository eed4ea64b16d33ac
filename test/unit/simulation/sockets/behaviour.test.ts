import fc from "fast-check";
import { expect, it } from "vitest";
import { createRandom } from "../../../../simulation/random.ts";
import type { BehaviourRates } from "../../../../simulation/sockets/behaviour.ts";
import { drawBreakdown, drawReaction, WELL_BEHAVED } from "../../../../simulation/sockets/behaviour.ts";

function reactions(rates: BehaviourRates, count: number): Map<string, number> {
  const random = createRandom(1);
  const drawn = Array.from({ length: count }, () => drawReaction(rates, random));
  return new Map([...Map.groupBy(drawn, (reaction) => reaction)].map(([name, all]) => [name, all.length]));
}

it("accepts everything unless rates say otherwise", () => {
  expect(reactions(WELL_BEHAVED, 100)).toEqual(new Map([["accept", 100]]));
});

it("declines, lets lapse and ignores in the given proportions", () => {
  const counts = reactions({ declines: 0.1, lapses: 0.2, ghosts: 0.3, disconnects: 0 }, 10_000);
  const shares = ["decline", "lapse", "ghost", "accept"].map((name) => (counts.get(name) ?? 0) / 10_000);
  for (const [index, share] of [0.1, 0.2, 0.3, 0.4].entries()) expect(shares[index]).toBeCloseTo(share, 1);
});

it("never accepts when everybody is to decline", () => {
  expect(reactions({ ...WELL_BEHAVED, declines: 1 }, 100)).toEqual(new Map([["decline", 100]]));
});

it("brings whoever comes back within a third of the grace, and breaks only what the mode has", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0 }),
      fc.double({ min: 1, max: 60, noNaN: true }),
      fc.boolean(),
      (seed, graceS, isAsked) => {
        const breakdown = drawBreakdown({ ...WELL_BEHAVED, disconnects: 1 }, isAsked, graceS, createRandom(seed));
        expect(breakdown).not.toBeNull();
        expect(breakdown?.awayMs ?? 0).toBeLessThanOrEqual((graceS * 1_000) / 3);
        if (!isAsked) expect(breakdown?.after).toBe("enqueue");
      },
    ),
  );
});

it("loses a tenth of those whose connection breaks for good, and nobody else's", () => {
  const random = createRandom(2);
  const drawn = Array.from({ length: 10_000 }, () =>
    drawBreakdown({ ...WELL_BEHAVED, disconnects: 0.5 }, true, 30, random),
  );
  const breakdowns = drawn.filter((breakdown) => breakdown !== null);
  expect(breakdowns.length / 10_000).toBeCloseTo(0.5, 1);
  expect(breakdowns.filter(({ awayMs }) => awayMs === null).length / breakdowns.length).toBeCloseTo(0.1, 1);
});
