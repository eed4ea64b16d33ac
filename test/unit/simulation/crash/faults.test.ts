import { describe, expect, it } from "vitest";
import type { Service } from "../../../../simulation/crash/faults.ts";
import { Faults } from "../../../../simulation/crash/faults.ts";
import { isInjected } from "../../../../simulation/crash/injected-failure.ts";
import { StepRandom } from "../../../../simulation/crash/step-random.ts";
import { Tally } from "../../../../simulation/crash/tally.ts";

const MINUTE_MS = 60_000;

function theFaults(seed = 1) {
  const random = new StepRandom(seed);
  const tally = new Tally();
  const clock = { nowMs: 0 };
  const faults = new Faults(random, new StepRandom(seed), tally, () => clock.nowMs, "usual");
  const begin = (step: number, outage: Service | null = null) => {
    random.begin(step);
    faults.begin(step, outage);
  };
  return { faults, tally, clock, begin };
}

/** The fates of calls to D1 in these steps, one a step. */
function fatesIn(seed: number, steps: readonly number[]): string[] {
  const { faults, begin } = theFaults(seed);
  return steps.map((step) => {
    begin(step);
    return JSON.stringify(faults.fateOf("d1", 10));
  });
}

describe("faults", () => {
  it("follow from the seed and the step, also when other steps are left out", () => {
    const [, , third] = fatesIn(3, [10, 500, 900]);
    expect(fatesIn(3, [900])).toEqual([third]);
  });

  it("come in spells: many at once, then none for long", () => {
    const fates = fatesIn(
      1,
      Array.from({ length: 40_000 }, (_, step) => step),
    );
    const shares = Array.from({ length: 100 }, (_, spell) => {
      const steps = fates.slice(spell * 400, (spell + 1) * 400);
      return steps.filter((fate) => !fate.includes('"fine"')).length / steps.length;
    });
    expect(shares.filter((share) => share < 0.02).length).toBeGreaterThan(30);
    expect(shares.filter((share) => share > 0.3).length).toBeGreaterThan(3);
  });

  it("are none at all once they are off", () => {
    const { faults, tally, begin } = theFaults();
    faults.isOn = false;
    for (let step = 0; step < 5_000; step += 1) {
      begin(step);
      expect(faults.fateOf("d1", 10).fate).toBe("fine");
      faults.storage();
      expect([faults.isAlarmDoomed(), faults.isCrashDue(), faults.happens("message lost", 0.5)]).toEqual([
        false,
        false,
        false,
      ]);
      expect(faults.alarmLatenessMs()).toBeLessThan(20);
    }
    expect(tally.entries()).toEqual([]);
  });

  it("leave nobody answered in an outage", () => {
    const { faults, begin } = theFaults();
    const fates = new Set<string>();
    for (let step = 0; step < 200; step += 1) {
      begin(step, "queue");
      fates.add(faults.fateOf("queue", 10).fate);
    }
    expect([...fates].sort()).toEqual(["failed", "lost"]);
  });

  it("say of a service that it may be silent only for a while after they were injected", () => {
    const { faults, clock, begin } = theFaults();
    expect(faults.mayBeSilent("queue")).toBe(false);
    begin(0, "queue");
    faults.fateOf("queue", 10);
    expect(faults.mayBeSilent("queue")).toBe(true);
    expect(faults.mayBeSilent("d1")).toBe(false);
    clock.nowMs += 10 * MINUTE_MS;
    expect(faults.mayBeSilent("queue")).toBe(false);
  });

  it("of storage are injected failures", () => {
    const { faults, begin } = theFaults();
    const thrown: unknown[] = [];
    for (let step = 0; step < 20_000; step += 1) {
      begin(step);
      try {
        faults.storage();
      } catch (error) {
        thrown.push(error);
      }
    }
    expect(thrown.length).toBeGreaterThan(0);
    expect(thrown.every(isInjected)).toBe(true);
  });
});
