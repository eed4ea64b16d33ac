import { describe, expect, it } from "vitest";
import { drawMapChoice, haveMapInCommon } from "../../../simulation/lab/map-choice.ts";
import { fixedWindows } from "../../../simulation/lab/policies/fixed-windows.ts";
import { greedyWindows } from "../../../simulation/lab/policies/greedy-windows.ts";
import { oldestFirst } from "../../../simulation/lab/policies/oldest-first.ts";
import { queryResubmit } from "../../../simulation/lab/policies/query-resubmit.ts";
import { steppedExpansion } from "../../../simulation/lab/policies/stepped-expansion.ts";
import { createRandom } from "../../../simulation/random.ts";
import { aLabTicket, aShape, ratingsTogether, tickOnce } from "./builders/a-line.ts";

describe("oldest-four", () => {
  const policy = oldestFirst(aShape());

  it("takes whoever waits longest, whatever their ratings", () => {
    const line = [aLabTicket(1, 10), aLabTicket(2, 40), aLabTicket(3, 20), aLabTicket(4, 30), aLabTicket(5, 25)];
    expect(ratingsTogether(tickOnce(policy, line, 5))).toEqual([[10, 20, 30, 40]]);
  });

  it("makes as many matches as there are players for", () => {
    const line = Array.from({ length: 11 }, (_, index) => aLabTicket(index, 25 + index));
    expect(tickOnce(policy, line, 20)).toHaveLength(2);
  });

  it("splits the four so that the teams are as even as can be", () => {
    const line = [aLabTicket(1, 10), aLabTicket(2, 40), aLabTicket(3, 22), aLabTicket(4, 27)];
    const [match] = tickOnce(policy, line, 5);
    expect(match?.teams.map((team) => ratingsTogether([{ teams: [team], pass: null }])[0])).toEqual([
      [10, 40],
      [22, 27],
    ]);
  });

  it("passes over a party for which no room is left and takes it into the next match", () => {
    const line = [
      aLabTicket(1, 20),
      aLabTicket(2, 21),
      aLabTicket(3, 22),
      aLabTicket(4, 30, 31),
      aLabTicket(5, 23),
      aLabTicket(6, 32),
      aLabTicket(7, 33),
    ];
    expect(ratingsTogether(tickOnce(policy, line, 9))).toEqual([
      [20, 21, 22, 23],
      [30, 31, 32, 33],
    ]);
  });
});

describe("stepped-expansion", () => {
  const policy = steppedExpansion(aShape(), 1);

  it("matches who is within two points at once", () => {
    const line = [25, 26.9, 23.1, 27].map((mu) => aLabTicket(100, mu));
    expect(tickOnce(policy, line, 100)).toHaveLength(1);
    expect(
      tickOnce(
        policy,
        [25, 26.9, 23.1, 27.1].map((mu) => aLabTicket(100, mu)),
        100,
      ),
    ).toHaveLength(0);
  });

  it.each([
    { points: 3.9, afterS: 10 },
    { points: 7.9, afterS: 30 },
    { points: 30, afterS: 60 },
  ])("accepts $points points after $afterS s, not before", ({ points, afterS }) => {
    const line = [25, 25 + points, 25 + points, 25 + points].map((mu) => aLabTicket(0, mu));
    expect(tickOnce(policy, line, afterS - 0.001)).toHaveLength(0);
    expect(tickOnce(policy, line, afterS)).toHaveLength(1);
  });

  it("asks only the oldest how far the others may be", () => {
    const line = [aLabTicket(0, 25), ...[32, 31.5, 31].map((mu) => aLabTicket(30, mu))];
    expect(tickOnce(policy, line, 30)).toHaveLength(1);
  });

  it("takes the oldest of those who are near enough, not the nearest", () => {
    const line = [aLabTicket(0, 25), aLabTicket(1, 26.9), aLabTicket(2, 23.1), aLabTicket(3, 26), aLabTicket(4, 25)];
    expect(ratingsTogether(tickOnce(policy, line, 5))).toEqual([[23.1, 25, 26, 26.9]]);
  });
});

describe("fixed-windows", () => {
  const policy = fixedWindows(aShape(), 4);

  it("matches neighbours within its width and nobody beyond, however long they wait", () => {
    const line = [20, 21, 22, 24].map((mu) => aLabTicket(0, mu));
    expect(tickOnce(policy, line, 1)).toHaveLength(1);
    const wider = [20, 21, 22, 24.1].map((mu) => aLabTicket(0, mu));
    expect(tickOnce(policy, wider, 7_200)).toHaveLength(0);
  });

  it("prefers the closest window to those that overlap with it", () => {
    const line = [20, 22, 22.5, 23, 23.2, 25].map((mu) => aLabTicket(0, mu));
    expect(ratingsTogether(tickOnce(policy, line, 1))).toEqual([[22, 22.5, 23, 23.2]]);
  });
});

describe("query-resubmit", () => {
  const policy = queryResubmit(aShape(), 2);
  const line = (points: number) => [25, 25 + points, 25 - points, 25].map((mu) => aLabTicket(15, mu));

  it("looks every 15 s only", () => {
    expect(tickOnce(policy, line(1), 29)).toHaveLength(0);
    expect(tickOnce(policy, line(1), 30)).toHaveLength(1);
  });

  it("looks half as far again after every 15 s", () => {
    expect(tickOnce(policy, line(3.1), 30)).toHaveLength(0);
    expect(tickOnce(policy, line(3.1), 45)).toHaveLength(1);
  });

  it("puts who is submitted again behind who came meanwhile", () => {
    const cameAtS = [14, 16, 17, 18, 19];
    const [match] = tickOnce(
      policy,
      cameAtS.map((second) => aLabTicket(second, 25)),
      30,
    );
    expect(match?.teams.flat().map(({ enqueuedAtMs }) => enqueuedAtMs / 1000)).not.toContain(14);
  });
});

describe("greedy-windows, the first matcher", () => {
  /** It has seen two players of a middling rating: rare enough to be patient, not so rare that anybody would do. */
  const learnedPolicy = () => {
    const policy = greedyWindows(aShape(), 0.5);
    policy.arrived(aLabTicket(0, 25, 25));
    return policy;
  };
  const closeLine = [24.8, 24.9, 25.1, 25.2].map((mu) => aLabTicket(0, mu));
  const looseLine = [5, 20, 30, 45].map((mu) => aLabTicket(0, mu));

  it("makes a close match at once and waits with a loose one", () => {
    expect(tickOnce(learnedPolicy(), closeLine, 1)).toHaveLength(1);
    expect(tickOnce(learnedPolicy(), looseLine, 1)).toHaveLength(0);
  });

  it("makes any match of neighbours once somebody is 30 s old", () => {
    expect(tickOnce(learnedPolicy(), looseLine, 29.9)).toHaveLength(0);
    expect(tickOnce(learnedPolicy(), looseLine, 30)).toHaveLength(1);
  });
});

it.each([
  { name: "oldest-four", policy: () => oldestFirst(aShape()) },
  { name: "stepped-expansion", policy: () => steppedExpansion(aShape(), 1) },
  { name: "query-resubmit", policy: () => queryResubmit(aShape(), 2) },
  { name: "fixed-windows", policy: () => fixedWindows(aShape(), 50) },
  { name: "greedy-windows", policy: () => greedyWindows(aShape(), 0.5) },
])("$name puts nobody together who has no map in common", ({ policy }) => {
  const random = createRandom(3);
  const line = Array.from({ length: 40 }, (_, index) => {
    return { ...aLabTicket(index, random.between(24, 26)), constraints: drawMapChoice(random) };
  });
  const matches = tickOnce(policy(), line, 105);
  expect(matches.length).toBeGreaterThan(0);
  for (const { teams } of matches) expect(haveMapInCommon(teams.flat())).toBe(true);
});
