import { describe, expect, it } from "vitest";
import type { ShrinkSettings } from "../../../../simulation/crash/shrink.ts";
import { shrink } from "../../../../simulation/crash/shrink.ts";

const ALL = Array.from({ length: 1_000 }, (_, step) => step);

/** Fails where all of these steps are left. */
function failsWith(needed: readonly number[], overrides: Partial<ShrinkSettings> = {}): ShrinkSettings {
  return {
    fails: async (steps) => needed.every((step) => steps.includes(step)),
    attempts: 10_000,
    hasTime: () => true,
    ...overrides,
  };
}

describe("shortening a history that fails", () => {
  it("leaves nothing but the steps that it takes", async () => {
    const shrunk = await shrink(ALL, failsWith([3, 400, 401, 999]));
    expect(shrunk).toMatchObject({ steps: [3, 400, 401, 999], isShortest: true });
  });

  it("needs few attempts when the last steps fail by themselves", async () => {
    const { steps, attempts } = await shrink(ALL, failsWith([990, 999]));
    expect(steps).toEqual([990, 999]);
    expect(attempts).toBeLessThan(40);
  });

  it("goes over single steps again when one of them could be left out", async () => {
    // As long as 5 is there, 7 is needed; it is tried before 5 is.
    const fails = async (steps: readonly number[]) => steps.includes(9) && (!steps.includes(5) || steps.includes(7));
    const { steps } = await shrink([5, 7, 9], { fails, attempts: 100, hasTime: () => true });
    expect(steps).toEqual([9]);
  });

  it("leaves no step where none is needed", async () => {
    expect((await shrink(ALL, failsWith([]))).steps).toEqual([]);
  });

  it("stops after so many attempts with what fails, and does not call it the shortest", async () => {
    const shrunk = await shrink(ALL, failsWith([3, 500], { attempts: 8 }));
    expect(shrunk.attempts).toBe(8);
    expect(shrunk.isShortest).toBe(false);
    expect(shrunk.steps).toEqual(expect.arrayContaining([3, 500]));
  });

  it("stops when there is no time left", async () => {
    const shrunk = await shrink(ALL, failsWith([3], { hasTime: () => false }));
    expect(shrunk).toEqual({ steps: ALL, attempts: 0, isShortest: false });
  });

  it("tells of every attempt how many steps it was made with", async () => {
    const told: number[] = [];
    await shrink([1, 2, 3, 4], failsWith([4], { attempted: (_, left) => told.push(left) }));
    expect(told[0]).toBe(2);
    expect(told.at(-1)).toBeLessThanOrEqual(1);
  });
});
