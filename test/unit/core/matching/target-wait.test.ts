import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createRandom } from "../../../../simulation/random.ts";
import type { KnobState, Waiting } from "../../../../src/core/matching/target-wait.ts";
import { adjusted, initialKnob, restoredKnob, withMatched } from "../../../../src/core/matching/target-wait.ts";

const MODE = { pointsPerSecond: 0.5, targetWaitS: 10 };
const nobody = () => ({ players: 0, meanAgeS: 0 });
const MINUTE_MS = 60_000;

/** A minute in which so many players were matched, after so long a wait each. */
function afterMinute(players: number, waitS: number, waiting: () => Waiting = nobody): number {
  return adjusted(withMatched(initialKnob(MODE, 0), players, waitS), MODE, waiting, MINUTE_MS).pointsPerSecond;
}

describe("the knob of a mode with a target wait", () => {
  it("stays where it is when the wait is on target", () => {
    expect(afterMinute(40, 10)).toBe(0.5);
  });

  it("goes up when players wait too long, down when they wait too little", () => {
    expect(afterMinute(40, 20)).toBeCloseTo(0.5 * (5 / 3), 10);
    expect(afterMinute(40, 5)).toBeCloseTo(0.5 * (2 / 3), 10);
  });

  it("moves less the fewer players tell", () => {
    expect(afterMinute(4, 20)).toBeCloseTo(0.5 * (7 / 6), 10);
  });

  it("at most doubles or halves at once", () => {
    expect(afterMinute(1_000, 500)).toBe(1);
    expect(afterMinute(1_000, 0)).toBe(0.25);
  });

  it("moves once a minute", () => {
    const state = withMatched(initialKnob(MODE, 0), 40, 20);
    expect(adjusted(state, MODE, nobody, MINUTE_MS - 1)).toBe(state);
    const moved = adjusted(state, MODE, nobody, MINUTE_MS);
    expect(moved).toMatchObject({ adjustedAtMs: MINUTE_MS, players: 0, waitSumS: 0 });
    expect(adjusted(withMatched(moved, 40, 20), MODE, nobody, 2 * MINUTE_MS - 1).adjustedAtMs).toBe(MINUTE_MS);
  });

  it("moves once a target wait where that is longer than a minute", () => {
    const patient = { pointsPerSecond: 0.5, targetWaitS: 300 };
    const state = withMatched(initialKnob(patient, 0), 40, 600);
    expect(adjusted(state, patient, nobody, 299_999)).toBe(state);
    expect(adjusted(state, patient, nobody, 300_000)).not.toBe(state);
  });

  it("learns nothing from a minute without matches while nobody waits longer than the target", () => {
    const state = initialKnob(MODE, 0);
    expect(adjusted(state, MODE, nobody, MINUTE_MS)).toBe(state);
    expect(adjusted(state, MODE, () => ({ players: 30, meanAgeS: 10 }), MINUTE_MS)).toBe(state);
  });

  it("goes up after a minute without matches in which players waited longer than the target", () => {
    expect(afterMinute(0, 0, () => ({ players: 20, meanAgeS: 40 }))).toBe(1);
  });

  it("does not ask who waits when matches tell", () => {
    const asked = () => expect.fail("asked who waits");
    expect(afterMinute(40, 10, asked)).toBe(0.5);
  });

  it("stays within a twentieth and twenty times of what the mode says", () => {
    let knob = initialKnob(MODE, 0);
    for (let minute = 1; minute <= 20; minute += 1) {
      knob = adjusted(withMatched(knob, 1_000, 900), MODE, nobody, minute * MINUTE_MS);
    }
    expect(knob.pointsPerSecond).toBe(10);
  });

  it("comes back within the reach of a mode that was changed since it was saved", () => {
    const saved: KnobState = { ...initialKnob(MODE, 0), pointsPerSecond: 10 };
    expect(restoredKnob(saved, { pointsPerSecond: 0.1, targetWaitS: 10 }).pointsPerSecond).toBe(2);
    expect(restoredKnob(saved, MODE)).toEqual(saved);
  });
});

/** A line in which the mean wait is c/√a and single waits scatter exponentially around it. */
function runPlant(c: number, playersPerMinute: number, delayMinutes: number, seed: number) {
  const random = createRandom(seed);
  const knobs: number[] = [];
  const waits: number[] = [];
  let knob = initialKnob(MODE, 0);
  for (let minute = 1; minute <= 240; minute += 1) {
    const a = knobs.at(-1 - delayMinutes) ?? MODE.pointsPerSecond;
    let waitSumS = 0;
    for (let player = 0; player < playersPerMinute; player += 1) {
      const waitS = (-c / Math.sqrt(a)) * Math.log(1 - random.between(0, 1));
      knob = withMatched(knob, 1, waitS);
      waitSumS += waitS;
    }
    knob = adjusted(knob, MODE, nobody, minute * MINUTE_MS);
    knobs.push(knob.pointsPerSecond);
    waits.push(waitSumS / playersPerMinute);
  }
  const settled = waits.slice(60);
  return {
    meanWaitS: settled.reduce((sum, waitS) => sum + waitS, 0) / settled.length,
    /** Largest factor by which a settled knob was off. */
    swing: Math.max(...knobs.slice(60).map((a) => Math.exp(Math.abs(Math.log(a / (c / MODE.targetWaitS) ** 2))))),
  };
}

describe("a line whose wait goes with 1/√a", () => {
  // Where the knob has to go: (c / target)², from a fifth of a₀ to five times.
  const c = fc.double({ min: Math.sqrt(10), max: Math.sqrt(250), noNaN: true });
  const seed = fc.nat({ max: 1_000 });

  // The limits lie beyond the worst of 8,000 such runs.
  it.each([
    { what: "settles on the target and stays there", playersPerMinute: 60, delay: 0, waits: [9.9, 10.3], swing: 2.3 },
    {
      what: "does not swing when the waits are a period late",
      playersPerMinute: 60,
      delay: 1,
      waits: [9.9, 10.35],
      swing: 2.6,
    },
    {
      what: "stays near the target with four players a minute",
      playersPerMinute: 4,
      delay: 0,
      waits: [9.5, 11],
      swing: 3.3,
    },
  ])("$what", ({ playersPerMinute, delay, waits: [least = 0, most = 0], swing }) => {
    fc.assert(
      fc.property(c, seed, (c, seed) => {
        const settled = runPlant(c, playersPerMinute, delay, seed);
        expect(settled.meanWaitS).toBeGreaterThan(least);
        expect(settled.meanWaitS).toBeLessThan(most);
        expect(settled.swing).toBeLessThan(swing);
      }),
      { numRuns: 30 },
    );
  });
});
