import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formParties, membersOf, mixOfSizes } from "../../../simulation/party.ts";
import { createRandom } from "../../../simulation/random.ts";
import { aSimulatedPlayer } from "./builders/a-simulated-player.ts";

const P5 = [0.58, 0.24, 0.09, 0.03, 0.06];

function players(count: number, regions = ["EUW"]) {
  return Array.from({ length: count }, (_, index) =>
    aSimulatedPlayer(`p${index}`, { region: regions[index % regions.length] ?? "EUW" }),
  );
}

describe("a mix for a mode", () => {
  it("keeps the sizes that the mode takes, in proportion", () => {
    expect(mixOfSizes([0.5, 0.25, 0.25], [1, 2])).toEqual([2 / 3, 1 / 3, 0]);
    expect(mixOfSizes(P5, [1])?.[0]).toBe(1);
  });

  it("is none when the mode takes no size of it", () => {
    expect(mixOfSizes([1], [2, 3])).toBeNull();
  });
});

describe("forming parties", () => {
  it("puts everybody into one party of their own region, of a size that the mode takes", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.nat(), (count, seed) => {
        const everybody = players(count, ["EUW", "NA"]);
        const parties = formParties(everybody, P5, [1, 2, 3, 4, 5], createRandom(seed));
        const ids = parties.flatMap((party) => membersOf(party).map(({ playerId }) => playerId));
        expect(ids.toSorted()).toEqual(everybody.map(({ playerId }) => playerId).toSorted());
        for (const party of parties) {
          expect(membersOf(party).every(({ region }) => region === party.region)).toBe(true);
          expect(membersOf(party).length).toBeLessThanOrEqual(5);
        }
      }),
    );
  });

  it("leaves everybody alone in the mix solo", () => {
    expect(formParties(players(7), [1], [1, 2], createRandom(1))).toHaveLength(7);
  });

  it("draws sizes in the mix's proportions", () => {
    const sizes = formParties(players(20_000), P5, [1, 2, 3, 4, 5], createRandom(1)).map(
      (party) => membersOf(party).length,
    );
    P5.forEach((share, index) => {
      expect(sizes.filter((size) => size === index + 1).length / sizes.length).toBeCloseTo(share, 1);
    });
  });

  it("leaves out whoever remains where nobody may queue alone", () => {
    const parties = formParties(players(5), [0, 1], [2], createRandom(1));
    expect(parties.map((party) => membersOf(party).length)).toEqual([2, 2]);
  });
});
