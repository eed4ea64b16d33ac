import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anEvenDensity } from "../../builders/a-density.ts";
import { aMatchingPool } from "../../builders/a-matching-pool.ts";
import { aMode } from "../../builders/a-mode.ts";
import { aPlayer } from "../../builders/a-player.ts";
import { aSolo, aTicket } from "../../builders/a-ticket.ts";

const plain = { pointsPerSecond: 0.5, balanceWeight: 4, sigmaWeight: 0, isSigmaAware: false, partyParityWeight: 0 };

/** Of all tickets together. */
function judged(tickets: Parameters<typeof aMatchingPool>[0], overrides = {}, rho = 0.01, nowMs = 0) {
  const { judge } = aMatchingPool(tickets, aMode({ ...plain, ...overrides }), { density: anEvenDensity(rho), nowMs });
  return judge.judge(tickets.map((_, position) => position));
}

describe("GroupJudge", () => {
  it("adds range and balance: 20, 21, 22 and 26 cost 6 + 2·3 of a tolerance of 10", () => {
    const verdict = judged([20, 21, 22, 26].map((mu) => aSolo(`p${mu}`, mu)));
    expect(verdict.tolerance).toBeCloseTo(10, 9);
    expect(verdict.balanceCost).toBeCloseTo(6, 9);
    expect(verdict.surplus).toBeCloseTo(10 - 12, 9);
  });

  it("adds the mean sigma of the players by its weight", () => {
    const tickets = [2, 4, 6, 8].map((sigma) => aSolo(`p${sigma}`, 25, { sigma }));
    expect(judged(tickets, { sigmaWeight: 0.5 }).surplus).toBeCloseTo(10 - 0.5 * 5, 9);
  });

  it("does not count what a party spans within itself", () => {
    const wide = aTicket({ players: [aPlayer("ann", 15), aPlayer("bob", 35)] });
    expect(judged([wide, aSolo("cay", 25), aSolo("dan", 25)]).surplus).toBeCloseTo(10, 9);
  });

  it("takes ages by player: a pair that waited counts twice in the mean", () => {
    const pair = aTicket({ players: [aPlayer("ann", 25), aPlayer("bob", 25)] });
    const young = [aSolo("cay", 25, { enqueuedAtMs: 40_000 }), aSolo("dan", 25, { enqueuedAtMs: 40_000 })];
    // τ = 20 s, u = (½·20 + ½·40)/20: 10·(1 + 0.2·1.5²).
    expect(judged([pair, ...young], {}, 0.01, 40_000).tolerance).toBeCloseTo(14.5, 9);
  });

  it("finds no teams for parties that do not fit", () => {
    const pairs = ["a", "b", "c"].map((name) => aTicket({ players: [aPlayer(name), aPlayer(`${name}2`)] }));
    expect(judged(pairs, { teamSize: 3 }).surplus).toBe(Number.NEGATIVE_INFINITY);
  });

  it("gives the same verdict whatever the order of the members", () => {
    const mus = fc.array(fc.double({ min: 15, max: 35, noNaN: true }), { minLength: 6, maxLength: 6 });
    fc.assert(
      fc.property(mus, fc.shuffledSubarray([0, 1, 2, 3, 4, 5], { minLength: 6 }), (mus, order) => {
        const { judge } = aMatchingPool(
          mus.map((mu, index) => aSolo(`p${index}`, mu)),
          aMode({ ...plain, teamSize: 3 }),
          { density: anEvenDensity(1e-3) },
        );
        expect(judge.judge(order).surplus).toBeCloseTo(judge.judge([0, 1, 2, 3, 4, 5]).surplus, 9);
      }),
      { numRuns: 500 },
    );
  });
});
