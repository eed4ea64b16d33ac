import fc from "fast-check";
import { Rating as LibraryRating, TrueSkill } from "ts-trueskill";
import { describe, expect, it } from "vitest";
import { DEFAULT_RATING } from "../../../../src/core/mode.ts";
import type { Rating } from "../../../../src/core/rating/player-rating.ts";
import { matchQuality, rateTeams } from "../../../../src/core/rating/trueskill.ts";

const { sigma, beta, tau } = DEFAULT_RATING;
const newPlayer: Rating = { mu: 25, sigma };
const NO_DRAWS = { ...DEFAULT_RATING, drawProbability: 0 };

const rating = fc.record({
  mu: fc.double({ min: 0, max: 50, noNaN: true }),
  sigma: fc.double({ min: 0.7, max: 8.4, noNaN: true }),
});
const teams = fc
  .record({ teams: fc.integer({ min: 2, max: 4 }), teamSize: fc.integer({ min: 1, max: 3 }) })
  .chain((shape) =>
    fc.record({
      teams: fc.array(fc.array(rating, { minLength: shape.teamSize, maxLength: shape.teamSize }), {
        minLength: shape.teams,
        maxLength: shape.teams,
      }),
      places: fc.array(fc.integer({ min: 1, max: shape.teams }), { minLength: shape.teams, maxLength: shape.teams }),
    }),
  );

/** What the library says when it is called as its README shows. */
function rateDirectly(ratings: readonly (readonly Rating[])[], places: readonly number[]): Rating[][] {
  const environment = new TrueSkill(25, sigma, beta, tau, 0.1);
  const groups = ratings.map((team) => team.map((player) => new LibraryRating(player.mu, player.sigma)));
  const rated: LibraryRating[][] = environment.rate(groups, [...places]);
  return rated.map((team) => team.map((player) => ({ mu: player.mu, sigma: player.sigma })));
}

function rounded(ratings: readonly (readonly Rating[])[]): number[][][] {
  return ratings.map((team) => team.map((player) => [+player.mu.toFixed(3), +player.sigma.toFixed(3)]));
}

describe("rateTeams", () => {
  it("gives the published ratings after a 1v1 between new players", () => {
    expect(rounded(rateTeams([[newPlayer], [newPlayer]], [1, 2], DEFAULT_RATING))).toEqual([
      [[29.396, 7.171]],
      [[20.604, 7.171]],
    ]);
  });

  it("gives the published ratings after a drawn 1v1 between new players", () => {
    expect(rounded(rateTeams([[newPlayer], [newPlayer]], [1, 1], DEFAULT_RATING))).toEqual([
      [[25, 6.458]],
      [[25, 6.458]],
    ]);
  });

  it("gives the published ratings after a 2v2 between new players", () => {
    const pair = [newPlayer, newPlayer];
    expect(rounded(rateTeams([pair, pair], [2, 1], DEFAULT_RATING))).toEqual([
      [
        [21.892, 7.774],
        [21.892, 7.774],
      ],
      [
        [28.108, 7.774],
        [28.108, 7.774],
      ],
    ]);
  });

  it("gives the published ratings after a game of three", () => {
    expect(rounded(rateTeams([[newPlayer], [newPlayer], [newPlayer]], [1, 2, 3], DEFAULT_RATING))).toEqual([
      [[31.675, 6.656]],
      [[25, 6.208]],
      [[18.325, 6.656]],
    ]);
  });

  it("gives exactly what ts-trueskill gives for any teams, places and draws", () => {
    fc.assert(
      fc.property(teams, ({ teams: ratings, places }) => {
        expect(rateTeams(ratings, places, DEFAULT_RATING)).toEqual(rateDirectly(ratings, places));
      }),
      { numRuns: 1_000 },
    );
  });

  it("gives whole results whatever the ratings, or throws", () => {
    const wild = fc.record({
      mu: fc.double({ min: -1_000, max: 1_000, noNaN: true }),
      sigma: fc.double({ min: 1e-3, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(wild, wild, fc.boolean(), fc.boolean(), (one, other, isDraw, hasNoDraws) => {
        let rated: Rating[] = [];
        try {
          rated = rateTeams([[one], [other]], isDraw ? [1, 1] : [1, 2], hasNoDraws ? NO_DRAWS : DEFAULT_RATING).flat();
        } catch (error) {
          expect(error).toBeInstanceOf(Error);
        }
        for (const player of rated) {
          expect(Number.isFinite(player.mu)).toBe(true);
          expect(player.sigma > 0 && Number.isFinite(player.sigma)).toBe(true);
        }
      }),
      { numRuns: 5_000 },
    );
  });

  it("throws when the outcome is too unlikely to be computed", () => {
    const weak = { mu: 10, sigma: 1 };
    const strong = { mu: 400, sigma: 1 };
    expect(() =>
      rateTeams(
        [
          [weak, weak],
          [strong, strong],
        ],
        [1, 2],
        DEFAULT_RATING,
      ),
    ).toThrow("floating point");
  });

  it("rates a player whose mu is exactly zero like one beside it", () => {
    const at = (mu: number) => rateTeams([[{ mu, sigma: 2 }], [{ mu: 3, sigma: 2 }]], [2, 1], DEFAULT_RATING).flat();
    const [zero, beside] = [at(0)[0], at(1e-9)[0]];
    expect(zero?.mu).toBeCloseTo(beside?.mu ?? Number.NaN, 7);
    expect(zero?.sigma).toBeCloseTo(beside?.sigma ?? Number.NaN, 7);
  });
});

describe("rateTeams where a mode knows no draws", () => {
  it("never leaves a player less sure after a draw than a game without news would", () => {
    fc.assert(
      fc.property(rating, rating, (one, other) => {
        const rated = rateTeams([[one], [other]], [1, 1], NO_DRAWS).flat();
        rated.forEach((player, index) => {
          const before = index === 0 ? one.sigma : other.sigma;
          expect(player.sigma).toBeLessThanOrEqual(Math.hypot(before, tau));
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it("rates a draw of equals as the limit of ever rarer draws", () => {
    // v → -t and w → 1 as the draw margin → 0 (Herbrich, Minka and Graepel 2006): sigma² → s²·(1 - s²/c²).
    const s2 = sigma ** 2 + tau ** 2;
    const c2 = 2 * beta ** 2 + 2 * s2;
    const limit = Math.sqrt(s2 * (1 - s2 / c2));
    const [player] = rateTeams([[newPlayer], [newPlayer]], [1, 1], NO_DRAWS).flat();
    expect(player?.mu).toBeCloseTo(25, 9);
    expect(Math.abs((player?.sigma ?? 0) - limit)).toBeLessThan(3e-4);
  });

  it("pulls unequal players together after a draw", () => {
    const [low, high] = rateTeams([[{ mu: 20, sigma: 3 }], [{ mu: 30, sigma: 3 }]], [1, 1], NO_DRAWS).flat();
    expect(low?.mu).toBeGreaterThan(20);
    expect(high?.mu).toBeLessThan(30);
  });

  it("rates a win as the mode's environment says, to the last digit", () => {
    const environment = new TrueSkill(25, sigma, beta, tau, 0);
    const [winner]: LibraryRating[][] = environment.rate([[new LibraryRating(25)], [new LibraryRating(25)]], [1, 2]);
    expect(rateTeams([[newPlayer], [newPlayer]], [1, 2], NO_DRAWS)[0]?.[0]?.mu).toBe(winner?.[0]?.mu);
  });
});

describe("matchQuality", () => {
  it("of four new players is 0.447", () => {
    const pair = [newPlayer, newPlayer];
    expect(matchQuality([pair, pair], DEFAULT_RATING)).toBeCloseTo(0.447, 3);
  });

  it("of three new players is one fifth", () => {
    expect(matchQuality([[newPlayer], [newPlayer], [newPlayer]], DEFAULT_RATING)).toBeCloseTo(0.2, 9);
  });

  it("does not depend on the order of the teams", () => {
    const trio = fc.array(fc.array(rating, { minLength: 2, maxLength: 2 }), { minLength: 3, maxLength: 3 });
    fc.assert(
      fc.property(trio, (ratings) => {
        const quality = matchQuality(ratings, DEFAULT_RATING);
        expect(matchQuality([...ratings].reverse(), DEFAULT_RATING)).toBeCloseTo(quality, 9);
      }),
      { numRuns: 200 },
    );
  });

  it("stays between zero and one", () => {
    fc.assert(
      fc.property(teams, ({ teams: ratings }) => {
        const quality = matchQuality(ratings, DEFAULT_RATING);
        expect(quality >= 0 && quality <= 1).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
