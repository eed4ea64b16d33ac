import { expect, it } from "vitest";
import { drawResult } from "../../../simulation/draw-result.ts";
import { createRandom } from "../../../simulation/random.ts";

const BETA = 25 / 6;

/** How often each outcome comes up, as `teamA's place, teamB's place`. */
function outcomes(skillA: number, skillB: number, drawProbability: number, games = 4_000): Map<string, number> {
  const random = createRandom(1);
  const counts = new Map<string, number>();
  for (let game = 0; game < games; game++) {
    const teams = [
      { name: "teamA", latentSkills: [skillA] },
      { name: "teamB", latentSkills: [skillB] },
    ];
    const places = drawResult(teams, { beta: BETA, drawProbability }, random);
    const key = `${places.teamA},${places.teamB}`;
    counts.set(key, (counts.get(key) ?? 0) + 1 / games);
  }
  return counts;
}

it("lets each of two even teams win half the games, and none end in a draw", () => {
  const counts = outcomes(25, 25, 0);
  expect(counts.get("1,2")).toBeCloseTo(0.5, 1);
  expect([...counts.keys()].sort()).toEqual(["1,2", "2,1"]);
});

it("lets the one who is better by beta win 76 % of games", () => {
  expect(outcomes(25 + BETA, 25, 0).get("1,2")).toBeCloseTo(0.76, 1);
});

it("ends as many games of even teams in a draw as asked", () => {
  const share = outcomes(25, 25, 0.3).get("1,1");
  expect(share).toBeGreaterThan(0.27);
  expect(share).toBeLessThan(0.33);
});

it("leaves no place out when teams share one", () => {
  const random = createRandom(1);
  const teams = ["teamA", "teamB", "teamC"].map((name) => ({ name, latentSkills: [25] }));
  for (let game = 0; game < 200; game++) {
    const places = new Set(Object.values(drawResult(teams, { beta: BETA, drawProbability: 0.5 }, random)));
    expect([...places].sort()).toEqual([1, 2, 3].slice(0, places.size));
  }
});

it("adds up the skills of a team", () => {
  const random = createRandom(1);
  const teams = [
    { name: "teamA", latentSkills: [50, 0, 50] },
    { name: "teamB", latentSkills: [10, 20, 10] },
  ];
  expect(drawResult(teams, { beta: 0.001, drawProbability: 0 }, random)).toEqual({ teamA: 1, teamB: 2 });
});
