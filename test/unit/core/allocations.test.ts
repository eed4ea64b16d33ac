import { describe, expect, it } from "vitest";
import { Allocations } from "../../../src/core/allocations.ts";

function oneMatch(): Allocations {
  const allocations = new Allocations();
  allocations.add("match-1", 0);
  return allocations;
}

describe("Allocations", () => {
  it("asks at once for a new match", () => {
    const allocations = oneMatch();
    expect(allocations.nextCallMs()).toBe(0);
    expect(allocations.due(0, 4)).toEqual(["match-1"]);
  });

  it("asks for nothing while there is nothing to ask for", () => {
    expect(new Allocations().nextCallMs()).toBe(Number.POSITIVE_INFINITY);
  });

  it("does not ask again while a call is under way", () => {
    const allocations = oneMatch();
    expect(allocations.started("match-1")).toBe(1);
    expect(allocations.due(1e12, 4)).toEqual([]);
    expect(allocations.nextCallMs()).toBe(Number.POSITIVE_INFINITY);
  });

  it("doubles the wait from one second to thirty, and stays there", () => {
    const allocations = oneMatch();
    const waitsS = Array.from({ length: 8 }, () => {
      const nowMs = allocations.nextCallMs();
      allocations.started("match-1");
      allocations.failed("match-1", 0, nowMs);
      return (allocations.nextCallMs() - nowMs) / 1_000;
    });
    expect(waitsS).toEqual([1, 2, 4, 8, 16, 30, 30, 30]);
  });

  it.each([
    ["later if it is asked to", 7_000, 7_000],
    ["no sooner than otherwise", 200, 1_000],
    ["after a minute at most", 3_600_000, 60_000],
  ])("asks again %s", (_, askedMs, expectedMs) => {
    const allocations = oneMatch();
    allocations.started("match-1");
    allocations.failed("match-1", askedMs, 5_000);
    expect(allocations.nextCallMs()).toBe(5_000 + expectedMs);
  });

  it("takes the longest due first, and no more than there is room for", () => {
    const allocations = new Allocations();
    allocations.add("late", 200);
    allocations.add("early", 100);
    allocations.add("future", 900);
    expect(allocations.due(500, 4)).toEqual(["early", "late"]);
    expect(allocations.due(500, 1)).toEqual(["early"]);
  });

  it("forgets a match that is over, also while a call for it is under way", () => {
    const allocations = oneMatch();
    allocations.started("match-1");
    allocations.remove("match-1");
    allocations.failed("match-1", 0, 0);
    expect(allocations.nextCallMs()).toBe(Number.POSITIVE_INFINITY);
  });
});
