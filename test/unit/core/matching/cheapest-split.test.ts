import { describe, expect, it } from "vitest";
import { Balance } from "../../../../src/core/matching/balance.ts";
import { cheapestSplit } from "../../../../src/core/matching/cheapest-split.ts";
import type { SplitTable } from "../../../../src/core/matching/split-table.ts";
import { splitTable } from "../../../../src/core/matching/split-table.ts";
import { aMode } from "../../builders/a-mode.ts";

function tableOf(sizes: readonly number[], teams: number, teamSize: number): SplitTable {
  const table = splitTable(sizes, teams, teamSize);
  if (table === null) throw new Error("too many splits for this test");
  return table;
}

function plain(partyParityWeight = 0) {
  return { balance: new Balance(aMode({ balanceWeight: 4, isSigmaAware: false, partyParityWeight })), noise: 0 };
}

const four = tableOf([1, 1, 1, 1], 2, 2);

describe("cheapestSplit", () => {
  it("finds the one even split and its cost", () => {
    const { index, cost } = cheapestSplit(four, Float64Array.of(27, 26, 25, 24), 2, plain(), null);
    expect([...four.teamOf.subarray(index * 4, index * 4 + 4)]).toEqual([0, 1, 1, 0]);
    expect(cost).toBe(0);
  });

  it("keeps the first of equally cheap splits", () => {
    expect(cheapestSplit(four, Float64Array.of(25, 25, 25, 25), 2, plain(), null).index).toBe(0);
  });

  it("takes the best of those that the roles allow, not the first of them", () => {
    const ratings = Float64Array.of(27, 26, 25, 24);
    const evenSplit = cheapestSplit(four, ratings, 2, plain(), null).index;
    const others = (start: number) => start !== evenSplit * 4;
    const { index, cost } = cheapestSplit(four, ratings, 2, plain(), others);
    expect(index).not.toBe(evenSplit);
    // 27 + 25 against 26 + 24, at 4/2 a point.
    expect(cost).toBe(4);
  });

  it("finds none where the roles allow none, or where there are none", () => {
    expect(cheapestSplit(four, Float64Array.of(1, 2, 3, 4), 2, plain(), () => false)).toEqual({
      index: -1,
      cost: Number.POSITIVE_INFINITY,
    });
    const none = tableOf([2, 2, 2], 2, 3);
    expect(cheapestSplit(none, Float64Array.of(1, 2, 3), 2, plain(), null).index).toBe(-1);
  });

  it("compares the highest and the lowest of several teams", () => {
    const three = tableOf([1, 1, 1], 3, 1);
    expect(
      cheapestSplit(
        three,
        Float64Array.of(30, 25, 20),
        3,
        { ...plain(), balance: new Balance(aMode({ teamSize: 1, balanceWeight: 4, isSigmaAware: false })) },
        null,
      ).cost,
    ).toBe(40);
  });

  it("weighs bonds against points", () => {
    // Parties of two rated 28 and 22 each, four single players of 25.
    const table = tableOf([2, 2, 1, 1, 1, 1], 2, 4);
    const ratings = Float64Array.of(56, 44, 25, 25, 25, 25);
    expect(table.bondDifferences[cheapestSplit(table, ratings, 2, plain(0), null).index]).toBe(2);
    expect(table.bondDifferences[cheapestSplit(table, ratings, 2, plain(50), null).index]).toBe(0);
  });
});
