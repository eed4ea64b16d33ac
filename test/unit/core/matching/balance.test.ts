import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Balance } from "../../../../src/core/matching/balance.ts";
import type { ModeDefinition } from "../../../../src/core/mode-definition.ts";
import { aMode } from "../../builders/a-mode.ts";

function balance(overrides: Partial<ModeDefinition> = {}): Balance {
  return new Balance(aMode({ balanceWeight: 4, partyParityWeight: 0, ...overrides }));
}

/** Of four settled players, σ = 1.2. */
const SETTLED = 4 * 1.2 ** 2;

const points = fc.double({ min: 0, max: 100, noNaN: true });

describe("Balance", () => {
  it("costs 4·imbalance/T in the plain form: an imbalance of 1 costs 2 in 2v2 and 0.5 in 8v8", () => {
    const plain = balance({ isSigmaAware: false });
    expect(plain.costOf(1, 0, plain.noiseOf(SETTLED))).toBeCloseTo(2, 12);
    const large = balance({ isSigmaAware: false, teamSize: 8 });
    expect(large.costOf(1, 0, large.noiseOf(SETTLED))).toBeCloseTo(0.5, 12);
  });

  it("counts only what exceeds the noise in the σ-aware form: 0.72 instead of 2 among settled players", () => {
    const aware = balance({ isSigmaAware: true });
    expect(aware.noiseOf(SETTLED)).toBeCloseTo(1.2, 12);
    expect(aware.costOf(1, 0, aware.noiseOf(SETTLED))).toBeCloseTo(0.724, 3);
    expect(aware.costOf(0, 0, aware.noiseOf(SETTLED))).toBe(0);
  });

  it("weighs by the mode's balance weight", () => {
    const light = balance({ isSigmaAware: false, balanceWeight: 1 });
    expect(light.costOf(1, 0, 0)).toBeCloseTo(0.5, 12);
  });

  it("adds the parity weight for each bond that one team has more", () => {
    const parity = balance({ isSigmaAware: false, partyParityWeight: 0.5 });
    expect(parity.costOf(0, 3, 0)).toBeCloseTo(1.5, 12);
    expect(parity.costOf(1, 1, 0)).toBeCloseTo(2.5, 12);
  });

  it("never costs more than the plain form, rises with imbalance and falls with noise", () => {
    fc.assert(
      fc.property(points, points, points, points, (imbalance, moreImbalance, noise, moreNoise) => {
        const aware = balance({ isSigmaAware: true });
        const cost = aware.costOf(imbalance, 0, noise);
        expect(cost).toBeGreaterThanOrEqual(-1e-9);
        expect(cost).toBeLessThanOrEqual(aware.costOf(imbalance, 0, 0) + 1e-9);
        expect(aware.costOf(imbalance + moreImbalance, 0, noise)).toBeGreaterThanOrEqual(cost - 1e-9);
        expect(aware.costOf(imbalance, 0, noise + moreNoise)).toBeLessThanOrEqual(cost + 1e-9);
      }),
      { numRuns: 2_000 },
    );
  });
});
