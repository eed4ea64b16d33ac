import { expect, it } from "vitest";
import { estimateCoverage } from "../../../simulation/lab/estimate-coverage.ts";
import { aLabTicket, aMadeMatch, aRun } from "./builders/a-line.ts";

/** A match every second, whose four players came `waitS` before; ratings all alike. */
function aRunOfWaits(matches: number, waitS: (index: number) => number) {
  return aRun(
    Array.from({ length: matches }, (_, index) => {
      const madeAtS = 100 + index;
      const [a, b, c, d] = [0, 1, 2, 3].map((place) => aLabTicket(madeAtS - waitS(index), 25 + place / 1000));
      if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error("four tickets");
      return aMadeMatch(madeAtS, [
        [a, b],
        [c, d],
      ]);
    }),
  );
}

it("finds every wait inside the interval when all waits are alike", () => {
  expect(estimateCoverage(aRunOfWaits(700, () => 5))).toBe(1);
});

it("finds waits outside when they become longer than any before", () => {
  expect(estimateCoverage(aRunOfWaits(700, (index) => (index < 300 ? 5 : 20)))).toBeLessThan(1);
});

it("knows nothing where too few were matched to tell anybody anything", () => {
  expect(estimateCoverage(aRunOfWaits(2, () => 5))).toBeNull();
});
