import { describe, expect, it } from "vitest";
import { StepRandom } from "../../../../simulation/crash/step-random.ts";

function drawn(random: StepRandom, step: number, purpose = 0): number[] {
  random.begin(step, purpose);
  return Array.from({ length: 5 }, () => random.fraction());
}

describe("chance in a step", () => {
  it("follows from the seed and the step alone, whatever was drawn before", () => {
    const random = new StepRandom(7);
    const first = drawn(random, 12);
    drawn(random, 3);
    expect(drawn(random, 12)).toEqual(first);
    expect(drawn(new StepRandom(7), 12)).toEqual(first);
  });

  it("differs between seeds, steps and purposes", () => {
    const all = [drawn(new StepRandom(7), 12), drawn(new StepRandom(8), 12), drawn(new StepRandom(7), 13)];
    all.push(drawn(new StepRandom(7), 12, 1));
    expect(new Set(all.map(String)).size).toBe(4);
  });

  it("is spread evenly over the first draws of neighbouring steps", () => {
    const random = new StepRandom(1);
    let sum = 0;
    for (let step = 0; step < 10_000; step += 1) {
      random.begin(step);
      sum += random.fraction();
    }
    // The mean of so many is within 0.01 of 1/2 but for one seed in a thousand.
    expect(Math.abs(sum / 10_000 - 0.5)).toBeLessThan(0.01);
  });

  it("hits each name as often as its weight says", () => {
    const random = new StepRandom(1);
    const counts = { often: 0, seldom: 0, never: 0 };
    for (let step = 0; step < 10_000; step += 1) {
      random.begin(step);
      counts[
        random.weighted([
          ["often", 9],
          ["seldom", 1],
          ["never", 0],
        ])
      ] += 1;
    }
    expect(counts.never).toBe(0);
    expect(counts.seldom / 10_000).toBeCloseTo(0.1, 1);
  });

  it("picks nothing of nothing", () => {
    expect(new StepRandom(1).pick([])).toBeUndefined();
  });
});
