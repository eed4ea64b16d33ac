import fc from "fast-check";
import { Rating as LibraryRating, TrueSkill } from "ts-trueskill";
import { describe, expect, it } from "vitest";
import type { Rating } from "../../../../src/core/rating/player-rating.ts";
import { normalCdf, twoTeamQuality, winProbability } from "../../../../src/core/rating/win-probability.ts";

const BETA = 25 / 6;
const library = new TrueSkill(25, 25 / 3, BETA, 25 / 300, 0.1);
const newPlayer: Rating = { mu: 25, sigma: 25 / 3 };

const rating = fc.record({
  mu: fc.double({ min: -10, max: 60, noNaN: true }),
  sigma: fc.double({ min: 0.5, max: 9, noNaN: true }),
});
const team = fc.array(rating, { minLength: 1, maxLength: 5 });

function toLibrary(players: readonly Rating[]): LibraryRating[] {
  return players.map((player) => new LibraryRating(player.mu, player.sigma));
}

/** Marsaglia's series, exact to rounding for |x| up to 6: Φ(x) = ½ + φ(x)·(x + x³/3 + x⁵/(3·5) + …). */
function exactNormalCdf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 200; n += 1) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
}

describe("normalCdf", () => {
  it.each([
    [0, 0.5],
    [1, 0.8413447461],
    [-1, 0.1586552539],
    [1.96, 0.9750021049],
    [-3, 0.001349898],
  ])("of %d is %d, as in the tables", (x, expected) => {
    expect(Math.abs(normalCdf(x) - expected)).toBeLessThan(1.5e-7);
  });

  it("errs by less than 1.5e-7 everywhere", () => {
    for (let x = -6; x <= 6; x += 0.001) {
      expect(Math.abs(normalCdf(x) - exactNormalCdf(x))).toBeLessThan(1.5e-7);
    }
  });

  it("reaches its ends far out", () => {
    expect([normalCdf(-40), normalCdf(40)]).toEqual([0, 1]);
    expect([normalCdf(Number.NEGATIVE_INFINITY), normalCdf(Number.POSITIVE_INFINITY)]).toEqual([0, 1]);
  });
});

describe("winProbability", () => {
  it("is one half between even teams", () => {
    expect(winProbability([newPlayer, newPlayer], [newPlayer, newPlayer], BETA)).toBeCloseTo(0.5, 6);
  });

  it("is 76 % for a sure player who is one beta·√2·Φ⁻¹(0.76) better", () => {
    const sure = (mu: number) => [{ mu, sigma: 1e-6 }];
    expect(winProbability(sure(25 + BETA), sure(25), BETA)).toBeCloseTo(0.76, 2);
  });

  it("agrees with ts-trueskill for teams of any size", () => {
    fc.assert(
      fc.property(team, team, (teamA, teamB) => {
        const theirs = library.winProbability(toLibrary(teamA), toLibrary(teamB));
        expect(Math.abs(winProbability(teamA, teamB, BETA) - theirs)).toBeLessThan(3e-7);
      }),
      { numRuns: 5_000 },
    );
  });

  it("of both sides adds up to one", () => {
    fc.assert(
      fc.property(team, team, (teamA, teamB) => {
        expect(winProbability(teamA, teamB, BETA) + winProbability(teamB, teamA, BETA)).toBeCloseTo(1, 8);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("twoTeamQuality", () => {
  it("of four new players is 0.447", () => {
    expect(twoTeamQuality([newPlayer, newPlayer], [newPlayer, newPlayer], BETA)).toBeCloseTo(Math.sqrt(0.2), 12);
  });

  it("of sure and even teams is nearly one", () => {
    const sure = { mu: 25, sigma: 0.1 };
    expect(twoTeamQuality([sure, sure], [sure, sure], BETA)).toBeGreaterThan(0.999);
  });

  it("agrees with ts-trueskill for teams of any size", () => {
    fc.assert(
      fc.property(team, team, (teamA, teamB) => {
        const theirs = library.quality([toLibrary(teamA), toLibrary(teamB)]);
        expect(twoTeamQuality(teamA, teamB, BETA)).toBeCloseTo(theirs, 9);
      }),
      { numRuns: 300 },
    );
  });
});
