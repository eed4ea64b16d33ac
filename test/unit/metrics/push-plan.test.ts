import { describe, expect, it } from "vitest";
import { PushPlan } from "../../../src/metrics/push-plan.ts";

const NOW = 1_000_000;

describe("PushPlan", () => {
  it("pushes a second after the first request, so that a quiet system shows up", () => {
    expect(new PushPlan().plan(NOW, 0)).toBe(1_000);
  });

  it("leaves 5 s between two pushes", () => {
    expect(new PushPlan().plan(NOW, NOW - 2_000)).toBe(3_000);
  });

  it("plans one push for all the requests before it", () => {
    const plan = new PushPlan();
    plan.plan(NOW, 0);
    expect(plan.plan(NOW + 900, 0)).toBeNull();
  });

  it("plans another as soon as the planned one begins, for what is counted from then on", () => {
    const plan = new PushPlan();
    plan.plan(NOW, 0);
    plan.begin();
    expect(plan.plan(NOW + 1_000, NOW + 1_000)).toBe(5_000);
  });

  it("plans anew when the request that carried the planned push was cancelled", () => {
    const plan = new PushPlan();
    plan.plan(NOW, NOW);
    expect(plan.plan(NOW + 9_999, NOW)).toBeNull();
    expect(plan.plan(NOW + 10_000, NOW)).toBe(1_000);
  });
});
