import { describe, expect, it } from "vitest";
import { measureMatch } from "../../../simulation/lab/measure-match.ts";
import { measureRun } from "../../../simulation/lab/measure-run.ts";
import { aLabTicket, aMadeMatch, aRun } from "./builders/a-line.ts";

const EVEN = [
  [20, 30],
  [24, 26],
];

describe("a match", () => {
  const skillsOf = (match: ReturnType<typeof aMadeMatch>) => aRun([match]).trace.latentSkills;

  it("spreads from its lowest to its highest player", () => {
    const match = aMadeMatch(510, EVEN);
    expect(measureMatch(match, skillsOf(match)).spread).toBe(10);
  });

  it("is even when the team sums are", () => {
    const match = aMadeMatch(510, EVEN);
    expect(measureMatch(match, skillsOf(match)).unevenness).toBeCloseTo(0, 6);
  });

  it("is as uneven as Φ(ΔΣmu / √(nβ² + Σσ²)) is from a half", () => {
    const match = aMadeMatch(510, [
      [30, 30],
      [25, 25],
    ]);
    // 10 / √(4·(25/6)² + 4·1²) = 1.1669; Φ = 0.8784.
    expect(measureMatch(match, skillsOf(match)).unevenness).toBeCloseTo(0.3784, 3);
  });

  it("feels as uneven as the true skills are", () => {
    const match = aMadeMatch(510, EVEN);
    const skills = new Map([...skillsOf(match)].map(([id, mu], index) => [id, index === 0 ? mu + 25 / 6 : mu]));
    // One player is β better than thought: Φ(β / √(4β²)) = Φ(½) = 0.6915.
    expect(measureMatch(match, skills).realUnevenness).toBeCloseTo(0.1915, 3);
  });

  it("of several teams is judged by the strongest and the weakest", () => {
    const match = aMadeMatch(510, [[25], [30], [20], [26]]);
    const two = aMadeMatch(510, [[30], [20]]);
    expect(measureMatch(match, skillsOf(match)).unevenness).toBe(measureMatch(two, skillsOf(two)).unevenness);
  });
});

describe("a run", () => {
  it("counts a player's wait from arrival to match", () => {
    const measures = measureRun(aRun([aMadeMatch(510, EVEN), aMadeMatch(530, EVEN)]));
    expect(measures.waitS).toEqual({ mean: 20, p50: 10, p95: 30, p99: 30, max: 30 });
  });

  it("leaves out players who came in the first 15 % or the last 5 % of the time", () => {
    const match = aMadeMatch(960, [
      [aLabTicket(149, 25), aLabTicket(150, 25)],
      [aLabTicket(949, 25), aLabTicket(950, 25)],
    ]);
    const measures = measureRun(aRun([match]));
    expect(measures.players).toBe(2);
    expect([measures.waitS.p50, measures.waitS.max]).toEqual([11, 810]);
  });

  it("counts a match if one of its players is measured", () => {
    const half = aMadeMatch(151, [
      [aLabTicket(149, 25), aLabTicket(150, 25)],
      [aLabTicket(149, 26), aLabTicket(149, 27)],
    ]);
    const early = aMadeMatch(141, [
      [aLabTicket(140, 25), aLabTicket(140, 26)],
      [aLabTicket(140, 27), aLabTicket(140, 28)],
    ]);
    expect(measureRun(aRun([half, early])).matches).toBe(1);
  });

  it("says which share of the players was matched", () => {
    expect(measureRun(aRun([aMadeMatch(510, EVEN)], [aLabTicket(500, 60, 60)])).matchedShare).toBeCloseTo(4 / 6);
  });

  it("says how many matches lie within 48-52 % and within 45-55 %", () => {
    // One point of difference in 2v2 of sure players is 0.046, two points 0.092, none 0.
    const by = (difference: number) =>
      aMadeMatch(510, [
        [25, 25 + difference],
        [25.001, 25.002],
      ]);
    const measures = measureRun(aRun([by(0), by(1), by(2), by(3)]));
    expect([measures.within48To52, measures.within45To55]).toEqual([0.25, 0.5]);
  });

  it("compares the waits of the outer rating tenths with those of the middle", () => {
    const tickets = Array.from({ length: 20 }, (_, index) => aLabTicket(500, 20 + index));
    const matches = [0, 1, 2, 3, 4].map((row) => {
      // Both players of each end wait four times as long.
      const members = row === 4 ? [0, 1, 18, 19] : [0, 1, 2, 3].map((place) => 2 + 4 * row + place);
      const [a, b, c, d] = members.flatMap((index) => tickets.slice(index, index + 1));
      if (a === undefined || b === undefined || c === undefined || d === undefined) throw new Error("twenty tickets");
      return aMadeMatch(row === 4 ? 540 : 510, [
        [a, b],
        [c, d],
      ]);
    });
    expect(measureRun(aRun(matches)).extremesToMiddle).toBe(4);
  });

  it("compares the waits of parties with those of single players", () => {
    const match = aMadeMatch(512, [[aLabTicket(500, 25, 26)], [aLabTicket(504, 25), aLabTicket(508, 26)]]);
    expect(measureRun(aRun([match])).partiesToSolos).toBe(2);
    expect(measureRun(aRun([aMadeMatch(510, EVEN)])).partiesToSolos).toBeNull();
  });

  it("says which share of the matches each pass made", () => {
    const matches = [aMadeMatch(510, EVEN), aMadeMatch(511, EVEN), aMadeMatch(512, EVEN), aMadeMatch(513, EVEN)];
    const run = aRun(matches.map((match, index) => ({ ...match, pass: index === 0 ? "overdue" : "exact" })));
    expect(measureRun(run).passes).toEqual({ exact: 0.75, overdue: 0.25 });
  });

  it("has no figures where nothing happened", () => {
    const measures = measureRun(aRun([], [aLabTicket(500, 25)]));
    expect([measures.waitS.mean, measures.spread, measures.within48To52]).toEqual([null, null, null]);
    expect(measures.matchedShare).toBe(0);
  });
});
