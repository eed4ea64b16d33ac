import { describe, expect, it } from "vitest";
import { TickClock } from "../../../src/core/tick-clock.ts";

const PERIOD_MS = 1_000;

describe("TickClock", () => {
  it("never ticks when nothing is scheduled", () => {
    const clock = new TickClock();
    expect(clock.nextMs()).toBe(Number.POSITIVE_INFINITY);
    expect(clock.isDue("2v2", 1e15)).toBe(false);
  });

  it("gathers for a quarter of a second before the first tick", () => {
    const clock = new TickClock();
    clock.schedule("2v2", PERIOD_MS, 10_000);
    expect(clock.nextMs()).toBe(10_250);
    expect(clock.isDue("2v2", 10_249)).toBe(false);
    expect(clock.isDue("2v2", 10_250)).toBe(true);
  });

  it("does not put a tick off when more players arrive", () => {
    const clock = new TickClock();
    clock.schedule("2v2", PERIOD_MS, 10_000);
    clock.schedule("2v2", PERIOD_MS, 10_200);
    expect(clock.nextMs()).toBe(10_250);
  });

  it("counts the next period from when the tick was due, so that lateness does not add up", () => {
    const clock = new TickClock();
    clock.schedule("2v2", PERIOD_MS, 0);
    for (const dueMs of [250, 1_250, 2_250, 3_250]) {
      expect(clock.nextMs()).toBe(dueMs);
      clock.ticked("2v2", PERIOD_MS, dueMs + 90);
    }
  });

  it("skips the ticks it missed when it is late by more than a period", () => {
    const clock = new TickClock();
    clock.schedule("2v2", PERIOD_MS, 0);
    clock.ticked("2v2", PERIOD_MS, 60_000);
    expect(clock.nextMs()).toBe(60_001);
    clock.ticked("2v2", PERIOD_MS, 60_001);
    expect(clock.nextMs()).toBe(61_001);
  });

  it("waits a period after its last tick when a pool empties and fills again", () => {
    const clock = new TickClock();
    clock.schedule("2v2", PERIOD_MS, 0);
    clock.ticked("2v2", PERIOD_MS, 250);
    clock.unschedule("2v2");
    clock.schedule("2v2", PERIOD_MS, 300);
    expect(clock.nextMs()).toBe(1_250);
  });

  it("still gathers when its last tick is long ago", () => {
    const clock = new TickClock();
    clock.schedule("2v2", PERIOD_MS, 0);
    clock.ticked("2v2", PERIOD_MS, 250);
    clock.unschedule("2v2");
    clock.schedule("2v2", PERIOD_MS, 90_000);
    expect(clock.nextMs()).toBe(90_250);
  });

  it("wakes for the earliest of its modes", () => {
    const clock = new TickClock();
    clock.schedule("5v5", PERIOD_MS, 500);
    clock.schedule("1v1", PERIOD_MS, 100);
    expect(clock.nextMs()).toBe(350);
    clock.unschedule("1v1");
    expect(clock.nextMs()).toBe(750);
  });
});
