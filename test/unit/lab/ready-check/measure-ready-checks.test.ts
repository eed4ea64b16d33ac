import { expect, it } from "vitest";
import { measureReadyChecks } from "../../../../simulation/lab/ready-check/measure-ready-checks.ts";
import { printReadyChecks } from "../../../../simulation/lab/ready-check/print-ready-checks.ts";
import { readyCheckChart } from "../../../../simulation/lab/ready-check/ready-check-chart.ts";
import type { Search } from "../../../../simulation/lab/ready-check/ready-check-run.ts";
import { aLabTicket } from "../builders/a-line.ts";
import { aMadeUpRun, anEndedProposal, someHabits } from "../builders/a-ready-check-run.ts";

function aSearch(cameAtS: number, firstAskedAtS: number | null, mu: number, overrides: Partial<Search> = {}): Search {
  return {
    ticket: aLabTicket(cameAtS, mu),
    firstAskedAtMs: firstAskedAtS === null ? null : firstAskedAtS * 1_000,
    timesAsked: firstAskedAtS === null ? 0 : 1,
    ending: "matched",
    ...overrides,
  };
}

/** Asked at 501 s, confirmed at 508 s; and asked at 503 s, replaced by one asked at 516 s, confirmed at 520 s. */
const quick = [20, 22, 24, 26].map((mu) => aSearch(500, 501, mu));
const slow = [aSearch(502, 503, 30), aSearch(502, 503, 31), aSearch(502, 503, 32), aSearch(515, 516, 34)];
const putOut = [1, 2, 3].map((index) => aSearch(502, 503, 33 + index / 10, { ending: "declined" }));
const unasked = aSearch(900, null, 25, { ending: null });
const measures = measureReadyChecks(
  aMadeUpRun(
    [...quick, ...slow, ...putOut, unasked],
    [
      anEndedProposal(quick, 508),
      anEndedProposal(slow, 520, { round: 2 }),
      anEndedProposal(slow.slice(0, 2), 512, { isConfirmed: false }),
    ],
  ),
);

it("times a match from the first question to any of its players, a player from their own", () => {
  expect(measures.matchTookS).toMatchObject({ p50: 7, max: 17 });
  expect(measures.playerTookS).toMatchObject({ p50: 7, mean: (4 * 7 + 3 * 17 + 4) / 8 });
  expect(measures.answersS).toMatchObject({ mean: 7, max: 7 });
  expect(measures.waitS.max).toBe(18);
});

it("counts those who were put out as without a match, and those never asked not at all", () => {
  // Eleven were asked; the sixth has a match last of those after 7 s: 4, 7, 7, 7, 7, 17 …
  expect(measures.halfMatchedS).toBe(17);
  expect(measures.withoutMatch[6]).toBeCloseTo(10 / 11);
  expect(measures.withoutMatch[7]).toBeCloseTo(6 / 11);
  expect(measures.withoutMatch.at(-1)).toBeCloseTo(3 / 11);
  expect(measures.confirmedShare).toBeCloseTo(8 / 12);
});

it("knows no time by which half have a match where fewer get one", () => {
  const lonely = measureReadyChecks(aMadeUpRun([...quick, ...slow, ...putOut], [anEndedProposal(quick, 508)]));
  expect(lonely.halfMatchedS).toBeNull();
});

it("looks at repaired matches by themselves", () => {
  expect(measures.quality).toMatchObject({ matches: 2, spread: 5 });
  expect(measures.repairedQuality).toMatchObject({ matches: 1, spread: 4 });
  expect(measures.rounds).toBe(1.5);
  expect(measures.dissolvedShare).toBeCloseTo(1 / 3);
});

it("is printed with a column for each contender, and drawn without those whose habits last", () => {
  const row = { label: "repair, as shipped", habits: someHabits(), measures: [measures] };
  const lasting = { label: "others", habits: someHabits({ isLasting: true }), measures: [measures] };
  const [head = "", match = ""] = printReadyChecks([row, lasting]).split("\n");
  expect(head).toMatch(/repair, as shipped +others$/);
  expect(match).toMatch(/a match, s, median +7\.0 +7\.0$/);
  const { name, svg } = readyCheckChart([row, lasting]);
  expect(name).toBe("ready-check");
  expect(svg).toContain("repair, as shipped");
  expect(svg).not.toContain("others");
});
